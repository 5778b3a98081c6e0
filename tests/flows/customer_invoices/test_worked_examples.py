"""The worked examples C1–C3, C5 and C6 of domain-rules as tables in e-conomic's ledger.

C4 is in `test_one_stop`, C7 in `flows.settings.test_sales`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import Json
from tests.world import Company

pytestmark = pytest.mark.django_db
DANISH, GERMAN, NORWEGIAN = 10001, 10046, 10054
DEBTORS, DEBTORS_ABROAD, SALES, SALES_EU, SALES_ABROAD, VAT = 5600, 5605, 1012, 1020, 1030, 6902
TEN: Json = {"item_id": "NL-100", "quantity": 10, "line_price": "200.00"}
THOUSAND: Json = {"item_id": "NL-100", "quantity": 1, "line_price": "1000.00"}


@dataclass(frozen=True)
class Example:
    """What is sold to whom, and every entry that it makes, in kroner."""

    name: str
    customer: int
    line: Json
    entries: tuple[tuple[int, str], ...]
    head: Json = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


EXAMPLES = (
    Example("C1 Danish, 25 %", DANISH, TEN, ((DEBTORS, "2500.00"), (SALES, "-2000.00"), (VAT, "-500.00"))),
    Example("C2 EU business", GERMAN, TEN, ((DEBTORS_ABROAD, "2000.00"), (SALES_EU, "-2000.00")), {"currency": "DKK"}),
    Example(
        "C3 export", NORWEGIAN, TEN, ((DEBTORS_ABROAD, "2000.00"), (SALES_ABROAD, "-2000.00")), {"currency": "DKK"}
    ),
    Example(
        "C6 EUR to a German business",
        GERMAN,
        THOUSAND,
        ((DEBTORS_ABROAD, "7460.00"), (SALES_EU, "-7460.00")),
        {"currency": "EUR", "currency_rate": "7.46"},
    ),
    Example(
        "C6 EUR in Denmark",
        DANISH,
        THOUSAND,
        ((DEBTORS, "9325.00"), (SALES, "-7460.00"), (VAT, "-1865.00")),
        {"currency": "EUR", "currency_rate": "7.46"},
    ),
)


def ledger(company: Company) -> list[tuple[int, str]]:
    return [(account, f"{amount:.2f}") for account, amount in company.systems.entries()]


@pytest.mark.parametrize("use_actual_quantity", [True, False], ids=["actual", "folded"])
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_ledger_of_an_example(company: Company, example: Example, use_actual_quantity: bool) -> None:
    company.decide(use_actual_quantity=use_actual_quantity)
    number = company.systems.invoice(example.line, customer=example.customer, **example.head)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    assert ledger(company) == list(example.entries)
    assert sum(D(amount) for _, amount in ledger(company)) == 0


@pytest.mark.parametrize("book", [True, False], ids=["booked", "draft"])
def test_c5_two_of_ten_are_credited(company: Company, book: bool) -> None:
    company.decide(book_on_booking=book)
    number = company.systems.invoice(TEN, customer=DANISH)
    company.invoiced(number)
    before = ledger(company)
    note: Any = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")
    line = note["lines"][0]
    kept = {name: line[name] for name in ("id", "item_id", "line_price", "credited_line_id") if name in line}
    lines = [{**kept, "item_id": "NL-100", "quantity": 2}]
    company.systems.in_rackbeat("PUT", f"customer-invoices/{note['number']}", {"lines": lines})
    company.systems.in_rackbeat("POST", f"customer-invoices/{note['number']}/book")
    transfer = company.invoiced(note["number"])
    assert transfer.state == (TransferState.TRANSFERRED if book else TransferState.DRAFTED)
    if book:
        assert ledger(company)[len(before) :] == [(DEBTORS, "-500.00"), (SALES, "400.00"), (VAT, "100.00")]
    else:
        assert ledger(company) == []
        assert sorted(row["grossAmount"] for row in company.systems.drafts()) == [D("-500.00"), D("2500.00")]
