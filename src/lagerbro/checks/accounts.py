"""The accounts that are chosen one by one: each may be missing, deleted, barred, or of a kind that cannot work (H6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lagerbro.agreements.fitness import account_misfits
from lagerbro.checks.check import Area, Check, Faults, FindFaults, Remedy, Severity, fault_if
from lagerbro.checks.facts import Facts


@dataclass(frozen=True, slots=True)
class Picker:
    """A setting that names an account. `severity`: how bad it is when the one that was chosen does not work; choosing
    none is always in the way, the fallback account included (A11: one must be chosen)."""

    field: str
    area: Area
    severity: Severity


PICKERS: Final = (
    Picker("supplier_group_account", Area.PURCHASES, Severity.BLOCKS),
    Picker("fallback_account", Area.PURCHASES, Severity.SHOULD),
    Picker("stock_account", Area.STOCK_VALUE, Severity.BLOCKS),
    Picker("stock_contra_account", Area.STOCK_VALUE, Severity.BLOCKS),
)
REASONS: Final = {
    "barred": frozenset({"barred"}),
    "blocked": frozenset({"blocked"}),
    "wrong_type": frozenset({"not_postable", "not_balance_sheet"}),
    "with_vat_code": frozenset({"carries_vat"}),
}
"""What a check says, and the misfits (`agreements.fitness`) that it says it for."""

_CANNOT: Final = {
    "supplier_group_account": ("blocked", "with_vat_code"),
    "fallback_account": ("with_vat_code",),
}
"""What cannot be wrong with an account: a control account may be blocked (H6), and costs may carry VAT."""


def _checks(picker: Picker) -> Iterator[Check]:
    looks = {"not_chosen": _find_not_chosen(picker), "missing": _find_missing(picker)}
    reasons = [reason for reason in REASONS if reason not in _CANNOT.get(picker.field, ())]
    for reason, find in {**looks, **{reason: _find_misfit(picker, REASONS[reason]) for reason in reasons}}.items():
        code = f"{picker.field}_{reason}"
        severity = Severity.BLOCKS if reason == "not_chosen" else picker.severity
        yield Check(code, severity, picker.area, find, picker.field, Remedy.ECONOMIC_ACCOUNTS)


def _find_not_chosen(picker: Picker) -> FindFaults:
    return lambda facts: fault_if(_number(facts, picker) is None)


def _find_missing(picker: Picker) -> FindFaults:
    def find(facts: Facts) -> Faults:
        number, accounts = _number(facts, picker), facts.accounts
        if number is None or accounts is None:
            return None
        return fault_if(number not in accounts, number=number)

    return find


def _find_misfit(picker: Picker, codes: frozenset[str]) -> FindFaults:
    def find(facts: Facts) -> Faults:
        account = (facts.accounts or {}).get(_number(facts, picker) or 0)
        if account is None:
            return None
        misfit_codes = {misfit.code for misfit in account_misfits(picker.field, account, facts.directory)}
        return fault_if(bool(misfit_codes & codes), number=account.number, name=account.name, vat_code=account.vat_code)

    return find


def _number(facts: Facts, picker: Picker) -> int | None:
    number: int | None = getattr(facts.choices, picker.field)
    return number


CHECKS: Final = tuple(made for picker in PICKERS for made in _checks(picker))
