"""The daily stock value: what would make it wrong, and what would keep it from running at all (A26–A30, H27)."""

from __future__ import annotations

from typing import Final

from lagerbro.agreements.fitness import account_misfits
from lagerbro.books.choices import split_place
from lagerbro.books.stock_split import CONTRA_ALONE, conflicts
from lagerbro.checks.accounts import REASONS
from lagerbro.checks.check import Area, Check, Fault, Faults, FindFaults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts
from lagerbro.checks.grid import shortened_list

SPLIT_FIELD: Final = "stock_split_accounts"


@check("stock_frequency_not_chosen", Severity.BLOCKS, Area.STOCK_VALUE, field="stock_frequency")
def frequency_not_chosen(facts: Facts) -> Faults:
    return fault_if(facts.choices.stock_frequency is None)


@check("stock_accounts_equal", Severity.BLOCKS, Area.STOCK_VALUE, field="stock_contra_account")
def accounts_equal(facts: Facts) -> Faults:
    """Debit and credit on the same account would say nothing, every night."""
    stock, contra = facts.choices.stock_account, facts.choices.stock_contra_account
    return fault_if(stock is not None and stock == contra, number=stock)


@check("economic_inventory_on", Severity.BLOCKS, Area.STOCK_VALUE, remedy=Remedy.ECONOMIC_APPS)
def inventory_on(facts: Facts) -> Faults:
    """e-conomic posts the cost of goods itself then, and the stock would be posted twice (economic-api 10)."""
    groups = facts.product_groups
    if groups is None:
        return None
    names = [group.name or str(group.number) for group in groups.values() if group.inventory_enabled]
    return fault_if(bool(names), groups=shortened_list(names))


def _split_faults(facts: Facts, codes: frozenset[str]) -> Faults:
    """A fault for each account of the split that has one of the misfits, at the first of its cells."""
    accounts = facts.accounts
    if accounts is None:
        return None
    faults: dict[int, Fault] = {}
    for cell, number in _cells(facts):
        account = accounts.get(number)
        key = f"{SPLIT_FIELD}:{cell}"
        found = {"gone"} if account is None else {one.code for one in account_misfits(key, account, facts.directory)}
        if found & codes:
            details = {"number": str(number), "name": account.name if account else ""}
            details |= {"vat_code": account.vat_code if account else ""}
            faults.setdefault(number, Fault(details, key))
    return list(faults.values())


def _cells(facts: Facts) -> list[tuple[str, int]]:
    """Those of the split that is chosen."""
    split = facts.choices.stock_split
    return [
        (cell, account)
        for cell, account in sorted(facts.choices.stock_split_accounts.items())
        if split_place(cell)[0] is split
    ]


def _split_check(code: str, misfits: frozenset[str]) -> Check:
    find: FindFaults = lambda facts: _split_faults(facts, misfits)  # noqa: E731 - one look for each reason
    return Check(code, Severity.BLOCKS, Area.STOCK_VALUE, find, SPLIT_FIELD, Remedy.ECONOMIC_ACCOUNTS)


SPLIT_CHECKS: Final = (
    _split_check("stock_split_missing", frozenset({"gone"})),
    *(_split_check(f"stock_split_{reason}", codes) for reason, codes in REASONS.items()),
)


@check("stock_split_conflict", Severity.BLOCKS, Area.STOCK_VALUE, field=SPLIT_FIELD)
def split_conflict(facts: Facts) -> Faults:
    """A stock account with two contra accounts, or a contra account that holds stock: nothing could tie."""
    return [
        Fault({"number": str(found.account)}, f"{SPLIT_FIELD}:{found.cell}")
        for found in conflicts(facts.choices)
        if found.kind != CONTRA_ALONE
    ]


CHECKS: Final = (*SPLIT_CHECKS, split_conflict, frequency_not_chosen, accounts_equal, inventory_on)
