"""A8–A14 with every value from end to end: Rackbeat → flow → e-conomic's journal, booked there, and the ledger.

Each row is a setting with one of its values; a test sees to it that no setting of the purchase side and none of their
values is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal as D
from typing import Any, Final

import pytest

from lagerbro.agreements.questions import QUESTIONS, Control, Section
from lagerbro.books.choices import NOT_USED
from lagerbro.sync.models import TransferState
from tests.flows.purchases.buying import group_of, new_group, new_supplier, supplier_of
from tests.flows.supplier_invoices.conftest import Buyer
from tests.flows.supplier_invoices.purchases import JOURNAL
from tests.flows.supplier_invoices.test_closed_periods import bar_period

EU, ABROAD = 50006, 50012
Ledger = dict[int, D]
DOMESTIC: Final = {1310: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")}
Prepare = Callable[[Buyer], int]


def invoice_of(supplier: int = 50001, **more: Any) -> Prepare:
    return lambda buyer: buyer.invoice(supplier=supplier, **more)


def of_a_new_group(buyer: Buyer) -> int:
    """Group and supplier are made on the way."""
    return buyer.invoice(supplier=new_supplier(buyer.company, 50101, group=new_group(buyer.company)))


def with_barred_account(buyer: Buyer) -> int:
    buyer.bar(1310)
    return buyer.invoice()


def in_exempt_zone(buyer: Buyer) -> int:
    number = buyer.invoice(book=False)
    lines = [{"item_id": "NL-100", "quantity": 1, "line_price": 1000, "vat_percentage": 0}]
    buyer.systems.in_rackbeat("PUT", f"supplier-invoices/{number}", {"lines": lines})
    buyer.book(number)
    account = {"vat_zone": "domestic_exempt", "total_vat": 0, "total_total": 1000, "total_subtotal": 1000}
    buyer.rewrite(number, **account)
    return number


def in_barred_period(buyer: Buyer) -> int:
    bar_period(buyer, shut=True)
    return buyer.invoice(invoice_date="2026-10-15")


@dataclass(frozen=True)
class Row:
    """`code`: what the transfer says; `ledger`: what is booked of it, empty where nothing may move. `dated`: the day of
    the posting, where it is what the setting decides."""

    row: str
    setting: str
    value: Any
    ledger: Ledger
    code: str = ""
    state: TransferState = TransferState.DRAFTED
    prepare: Prepare = field(default_factory=invoice_of)
    journal: int = JOURNAL
    dated: str = ""

    def __str__(self) -> str:
        return f"{self.row} {self.setting} {self.value}"


NEEDS = TransferState.NEEDS_YOU
ROWS: Final = (
    Row("A8", "suppliers_enabled", True, DOMESTIC),
    Row("A8", "suppliers_enabled", False, {}, "purchases_off", TransferState.CANCELLED),
    Row("A9", "supplier_group_account", 6800, DOMESTIC, prepare=of_a_new_group),
    Row(
        "A9",
        "supplier_group_account",
        6805,
        {1310: D("1000.00"), 6903: D("250.00"), 6805: D("-1250.00")},
        prepare=of_a_new_group,
    ),
    Row("A9", "supplier_group_account", None, {}, "supplier_not_transferred", NEEDS, of_a_new_group),
    Row("A10", "supplier_journal", JOURNAL, DOMESTIC),
    Row("A10", "supplier_journal", 1, DOMESTIC, journal=1),
    Row("A10", "supplier_journal", None, {}, "supplier_journal_not_chosen", NEEDS),
    Row(
        "A11",
        "fallback_account",
        1390,
        {1390: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")},
        "fallback_used",
        NEEDS,
        with_barred_account,
    ),
    Row(
        "A11",
        "fallback_account",
        1340,
        {1340: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")},
        "fallback_used",
        NEEDS,
        with_barred_account,
    ),
    Row("A11", "fallback_account", None, {}, "fallback_missing", NEEDS, with_barred_account),
    Row("A12", "purchase_accounts:1.domestic", 1310, DOMESTIC),
    Row(
        "A12",
        "purchase_accounts:1.domestic",
        1340,
        {1340: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")},
    ),
    Row("A12 H2", "purchase_accounts:1.domestic", NOT_USED, {}, "purchase_group_not_used", NEEDS),
    Row(
        "A12",
        "purchase_accounts:1.eu",
        1320,
        {1320: D("7460.00"), 6903: D("1865.00"), 6904: D("-1865.00"), 6805: D("-7460.00")},
        prepare=invoice_of(EU),
    ),
    Row("A12 H2", "purchase_accounts:1.eu", NOT_USED, {}, "purchase_group_not_used", NEEDS, invoice_of(EU)),
    Row(
        "A12",
        "purchase_accounts:1.abroad",
        1330,
        {1330: D("6871.20"), 6903: D("1717.80"), 6907: D("-1717.80"), 6805: D("-6871.20")},
        prepare=invoice_of(ABROAD),
    ),
    Row("A12 H2", "purchase_accounts:1.abroad", NOT_USED, {}, "purchase_group_not_used", NEEDS, invoice_of(ABROAD)),
    Row(
        "F6 H20",
        "purchase_accounts:1.domestic_exempt",
        1360,
        {1360: D("1000.00"), 6800: D("-1000.00")},
        prepare=in_exempt_zone,
    ),
    Row("F6 H20", "purchase_accounts:1.domestic_exempt", None, {}, "fallback_carries_vat", NEEDS, in_exempt_zone),
    # A suggestion is no decision: its account is not posted on (A13).
    Row(
        "A13",
        "purchase_accounts:1.domestic",
        None,
        {1390: D("1000.00"), 6903: D("250.00"), 6800: D("-1250.00")},
        "fallback_used",
        NEEDS,
    ),
    # An account of the balance sheet is flagged on the page and obeyed (A14).
    Row("A14", "purchase_accounts:1.domestic", 5820, {5820: D("1250.00"), 6800: D("-1250.00")}),
    Row("D19", "closed_period", "hold", {}, "purchase_period_barred", NEEDS, in_barred_period),
    Row(
        "D19",
        "closed_period",
        "first_open",
        DOMESTIC,
        "posted_on_another_day",
        prepare=in_barred_period,
        dated="2026-11-01",
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(buyer: Buyer, row: Row) -> None:
    buyer.company.decide(**{row.setting.replace(":", "__"): row.value})
    number = row.prepare(buyer)
    buyer.posted(number)
    buyer.company.drain()
    transfer = buyer.transfer(number)
    assert (transfer.state, transfer.code) == (row.state, row.code), transfer.details
    drafts = buyer.drafts(row.journal)
    assert bool(drafts) == bool(row.ledger)
    assert buyer.ledger() == {}, "nothing is booked by us"
    if row.dated:
        assert [entry["date"] for entry in drafts] == [row.dated]
    if drafts:
        buyer.book_journal(row.journal)
        assert buyer.ledger() == row.ledger
        assert buyer.posted(number).state == TransferState.TRANSFERRED
    if row.prepare is of_a_new_group and row.value is not None:
        assert (group_of(buyer.company, 7) or {})["account"]["accountNumber"] == row.value
    if row.value is False:
        new_supplier(buyer.company, 50102)
        buyer.company.ask("supplier", 50102)
        buyer.company.drain()
        assert supplier_of(buyer.company, 50102) is None


def test_every_setting_of_the_section_is_here_with_every_value() -> None:
    tried: dict[str, set[Any]] = {}
    for row in ROWS:
        tried.setdefault(row.setting.partition(":")[0], set()).add(row.value)
    of_the_section = {one.key: one for one in QUESTIONS if one.section in (Section.SUPPLIERS, Section.POSTING)}
    assert tried.keys() == of_the_section.keys()
    for key, question in of_the_section.items():
        match question.control:
            case Control.SWITCH:
                assert tried[key] == {True, False}
            case Control.OPTION:
                assert tried[key] == set(question.options)
            case Control.ACCOUNT | Control.JOURNAL:
                assert None in tried[key]
                assert len(tried[key]) >= 3, "two that are chosen, and none"
            case Control.GRID:
                assert {NOT_USED, None} < tried[key]
            case _:
                pytest.fail(f"{key} is asked in a way that this table does not know")
    cells = {row.setting.rpartition(".")[2] for row in ROWS if row.setting.startswith("purchase_accounts")}
    assert cells == {"domestic", "eu", "abroad", "domestic_exempt"}
    rows = {one.partition(" ")[0] for one in (row.row for row in ROWS)}
    named = {one.row for one in of_the_section.values()} | {n for one in of_the_section.values() for n in one.notes}
    assert named <= rows | {"A13", "A14"}
    assert {"A8", "A9", "A10", "A11", "A12", "A13", "A14"} <= rows
