"""Which account and VAT code a line of a supplier invoice goes to, and why it goes elsewhere than decided. Pure.

The account is the one that was decided for the line's product group and the invoice's zone (domain-rules A12), the
VAT code is that account's, and both are sent (H19, economic-api 9.5). Where the decided account cannot be used, the
line goes to the fallback account with the decided account's code, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lagerbro.agreements.directory import Account, Directory, VatCode, VatKind
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, Choices, grid_cell
from lagerbro.books.zones import Zone
from lagerbro.flows.refusals import CONFIG, PlanRefusal

UNDECIDED: Final = "undecided"
MISSING: Final = "missing"
BARRED: Final = "barred"
BLOCKED: Final = "blocked"
NOT_POSTABLE: Final = "not_postable"


@dataclass(frozen=True, slots=True)
class Fallback:
    """Why a cell's account is not used: one of the reasons above. `account` is None where nothing was decided."""

    group: str
    zone: Zone
    account: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class LineAccount:
    """Where a line goes. `vat_code` is empty where the account has none."""

    account: int
    vat_code: str
    fallback: Fallback | None = None


def line_account(group: str, zone: Zone, choices: Choices, directory: Directory) -> LineAccount:
    """The account and the code for a product group, or `NO_ITEM_GROUP`, in a zone; raises `PlanRefusal`."""
    decided = choices.purchase_account(group, zone)
    if decided == NOT_USED:
        raise PlanRefusal(
            "purchase_group_not_used", CONFIG, product_group=group_label(group, directory), zone=zone.value
        )
    account = directory.accounts.get(decided) if isinstance(decided, int) else None
    reason = _why_unusable(account) if isinstance(decided, int) else UNDECIDED
    if not reason:
        assert account is not None
        return LineAccount(account.number, _usable_vat_code(account.vat_code, account.number, zone, directory))
    fallback = Fallback(group, zone, decided if isinstance(decided, int) else None, reason)
    code = account.vat_code if account is not None else _vat_code_of_zone(zone, fallback, choices, directory)
    return _fallback_line_account(fallback, code, choices, directory)


def group_label(group: str, directory: Directory) -> str:
    """A product group as people know it: its number and name; empty for lines without an item."""
    if group == NO_ITEM_GROUP:
        return ""
    record = directory.rackbeat_groups.get(int(group)) if group.isascii() and group.isdigit() else None
    return f"{group} {record.name}" if record is not None and record.name else group


def _why_unusable(account: Account | None) -> str:
    if account is None:
        return MISSING
    if not account.takes_entries:
        return NOT_POSTABLE
    if account.barred:
        return BARRED
    return BLOCKED if account.blocked else ""


def _fallback_line_account(fallback: Fallback, code: str, choices: Choices, directory: Directory) -> LineAccount:
    facts = fallback_details(fallback, directory)
    if choices.fallback_account is None:
        raise PlanRefusal("fallback_missing", CONFIG, **facts)
    account = directory.accounts.get(choices.fallback_account)
    reason = _why_unusable(account)
    if reason or account is None:
        raise PlanRefusal(
            "fallback_unusable",
            CONFIG,
            **facts,
            fallback=str(choices.fallback_account),
            fallback_because=reason or MISSING,
        )
    if locks_vat_codes(choices, directory) and code != account.vat_code:
        journal = str(choices.supplier_journal)
        raise PlanRefusal("fallback_vat_locked", CONFIG, **facts, fallback=str(account.number), journal=journal)
    if not code and account.vat_code:  # what e-conomic does without a code is not public (economic-api 9.5)
        details = {**facts, "fallback": str(account.number), "vat": account.vat_code}
        raise PlanRefusal("fallback_carries_vat", CONFIG, **details)
    return LineAccount(
        account.number, _usable_vat_code(code, fallback.account or account.number, fallback.zone, directory), fallback
    )


def locks_vat_codes(choices: Choices, directory: Directory) -> bool:
    """Whether the journal takes no other code than an account's own."""
    journal = directory.journals.get(choices.supplier_journal or 0)
    return journal is not None and journal.locks_vat_codes


def _vat_code_of_zone(zone: Zone, fallback: Fallback, choices: Choices, directory: Directory) -> str:
    """The code of a cell whose account cannot tell it."""
    code = usual_vat_code(zone, choices, directory)
    if code is None:
        raise PlanRefusal("purchase_account_undecided", CONFIG, **fallback_details(fallback, directory))
    return code


def usual_vat_code(zone: Zone, choices: Choices, directory: Directory) -> str | None:
    """The code that all decided accounts of the column have, empty in the exempt zone; None where they differ."""
    if zone is Zone.DOMESTIC_EXEMPT:
        return ""
    codes = {account.vat_code for account in _accounts_decided_in(zone, choices, directory)}
    return codes.pop() if len(codes) == 1 else None


def _accounts_decided_in(zone: Zone, choices: Choices, directory: Directory) -> Iterable[Account]:
    rows = (*directory.rows, *(name.rpartition(".")[0] for name in choices.purchase_accounts))
    for row in dict.fromkeys(rows):
        number = choices.purchase_accounts.get(grid_cell(row, zone))
        if isinstance(number, int) and number in directory.accounts:
            yield directory.accounts[number]


def fallback_details(fallback: Fallback, directory: Directory) -> dict[str, str]:
    """What a sentence names of a cell that could not be used."""
    account = str(fallback.account) if fallback.account is not None else ""
    group = group_label(fallback.group, directory)
    return {"product_group": group, "zone": fallback.zone.value, "account": account, "because": fallback.reason}


def _usable_vat_code(code: str, account: int, zone: Zone, directory: Directory) -> str:
    """The code, if it can be posted with: known, not barred, and not one of sales."""
    if not code:
        return ""
    record = directory.vat_codes.get(code)
    reason = _why_code_unusable(record)
    if reason:
        details = {"account": str(account), "vat": code, "because": reason, "zone": zone.value}
        raise PlanRefusal("purchase_vat_code_unusable", CONFIG, **details)
    return code


def _why_code_unusable(code: VatCode | None) -> str:
    if code is None:
        return "vat_missing"
    if code.barred:
        return "vat_barred"
    return "vat_of_sales" if code.kind is VatKind.SALES else ""
