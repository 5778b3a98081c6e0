"""Which account and VAT code a line goes to, and when the fallback account takes it (A11, A12, H2, H19, H20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from lagerbro.agreements.directory import Account, Directory, Journal, VatKind
from lagerbro.books.choices import NO_ITEM_GROUP
from lagerbro.books.zones import Zone
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices.accounts import Fallback, LineAccount, line_account
from tests.flows.supplier_invoices.purchases import GRID, JOURNAL, choices, directory


def with_account(number: int, **changes: Any) -> Directory:
    known = directory()
    changed = {name: value for name, value in known.accounts.items() if name != number}
    if changes:
        changed[number] = msgspec.structs.replace(known.accounts[number], **changes)
    return msgspec.structs.replace(known, accounts=changed)


def with_code(code: str, **changes: Any) -> Directory:
    known = directory()
    codes = {name: value for name, value in known.vat_codes.items() if name != code}
    if changes:
        codes[code] = msgspec.structs.replace(known.vat_codes[code], **changes)
    return msgspec.structs.replace(known, vat_codes=codes)


@pytest.mark.parametrize(
    ("group", "zone", "account", "code"),
    [
        ("1", Zone.DOMESTIC, 1310, "I25"),
        ("1", Zone.EU, 1320, "IEUV"),
        ("1", Zone.ABROAD, 1330, "IVV"),
        ("5", Zone.DOMESTIC, 1311, "I25"),
        ("5", Zone.EU, 1321, "IEUV"),
        ("5", Zone.ABROAD, 1331, "IVV"),
        (NO_ITEM_GROUP, Zone.DOMESTIC, 1340, "I25"),
    ],
)
def test_the_decided_account_with_its_own_code(group: str, zone: Zone, account: int, code: str) -> None:
    assert line_account(group, zone, choices(), directory()) == LineAccount(account, code)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (with_account(1321, barred=True), "barred"),
        (with_account(1321, blocked=True), "blocked"),
        (with_account(1321, type="heading"), "not_postable"),
        (with_account(1321), "missing"),
    ],
)
def test_an_account_that_cannot_be_used_gives_its_code_to_the_fallback(known: Directory, reason: str) -> None:
    found = line_account("5", Zone.EU, choices(), known)
    assert found == LineAccount(1390, "IEUV", Fallback("5", Zone.EU, 1321, reason))


def test_a_new_group_goes_to_the_fallback_with_the_code_of_its_column() -> None:
    found = line_account("9", Zone.EU, choices(), directory())
    assert found == LineAccount(1390, "IEUV", Fallback("9", Zone.EU, None, "undecided"))


def test_a_column_of_several_codes_tells_none() -> None:
    several = choices(purchase_accounts={**GRID, "6.eu": 1310})
    with pytest.raises(PlanRefusal) as refused:
        line_account("9", Zone.EU, several, directory())
    assert refused.value.code == "purchase_account_undecided"
    assert refused.value.details == {"product_group": "9", "zone": "eu", "account": "", "because": "undecided"}


def test_not_used_is_a_decision() -> None:
    with pytest.raises(PlanRefusal) as refused:
        line_account("1", Zone.EU, choices(purchase_accounts={**GRID, "1.eu": "not_used"}), directory())
    assert (refused.value.code, refused.value.kind) == ("purchase_group_not_used", "config")
    assert refused.value.details == {"product_group": "1 Cykler", "zone": "eu"}


def test_the_exempt_zone_has_its_column_and_else_a_fallback_without_code() -> None:
    exempt = {**GRID, "1.domestic_exempt": 1360}
    assert line_account("1", Zone.DOMESTIC_EXEMPT, choices(purchase_accounts=exempt), directory()) == LineAccount(
        1360, ""
    )
    undecided = Fallback("1", Zone.DOMESTIC_EXEMPT, None, "undecided")
    assert line_account("1", Zone.DOMESTIC_EXEMPT, choices(fallback_account=1360), directory()) == LineAccount(
        1360, "", undecided
    )


@dataclass(frozen=True)
class Unfit:
    code: str
    known: Directory
    changes: dict[str, Any]
    zone: Zone = Zone.EU


def _locked() -> Directory:
    journal = Journal(JOURNAL, "Leverandørfakturaer", locks_vat_codes=True)
    return msgspec.structs.replace(with_account(1321, barred=True), journals={JOURNAL: journal})


@pytest.mark.parametrize(
    "unfit",
    [
        Unfit("fallback_missing", with_account(1321, barred=True), {"fallback_account": None}),
        Unfit("fallback_unusable", with_account(1321, barred=True), {"fallback_account": 1321}),
        Unfit("fallback_unusable", with_account(1321, barred=True), {"fallback_account": 4}),
        Unfit("fallback_vat_locked", _locked(), {}),
        Unfit("fallback_carries_vat", directory(), {}, Zone.DOMESTIC_EXEMPT),
        Unfit("purchase_vat_code_unusable", with_code("IEUV"), {}),
        Unfit("purchase_vat_code_unusable", with_code("IEUV", barred=True), {}),
        Unfit("purchase_vat_code_unusable", with_code("IEUV", kind=VatKind.SALES), {}),
    ],
    ids=lambda unfit: unfit.code,
)
def test_what_neither_account_can_take_is_held(unfit: Unfit) -> None:
    with pytest.raises(PlanRefusal) as refused:
        line_account("5", unfit.zone, choices(**unfit.changes), unfit.known)
    assert (refused.value.code, refused.value.kind) == (unfit.code, "config")


def test_a_locked_journal_takes_a_fallback_of_the_same_code() -> None:
    known = msgspec.structs.replace(
        with_account(1311, barred=True), journals={JOURNAL: Journal(JOURNAL, "L", locks_vat_codes=True)}
    )
    found = line_account("5", Zone.DOMESTIC, choices(), known)
    assert (found.account, found.vat_code) == (1390, "I25")


def test_an_account_without_code_needs_none() -> None:
    known = msgspec.structs.replace(directory(), accounts={7000: Account(7000, "Uden moms", "profitAndLoss")})
    assert line_account("1", Zone.DOMESTIC, choices(purchase_accounts={"1.domestic": 7000}), known) == LineAccount(
        7000, ""
    )
