"""Lines of an invoice: texts, amounts without an item, negative prices, seen in e-conomic (H9, H37, surprises 23)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.sandboxes import Json, nordlys
from tests.world import Company

ACCOUNT = nordlys().rackbeat_account_id
SALE = {"item_id": "NL-100", "quantity": 1, "line_price": "100.00"}
TEXT = {"name": "Leveret 24.11. til porten", "quantity": 0, "line_price": 0}


def lines(company: Company) -> list[dict[str, Any]]:
    """Those of the one document in e-conomic, as far as they say something."""
    (row,) = company.systems.booked() or company.systems.drafts()
    names = ("lineNumber", "description", "quantity", "unitNetPrice", "totalNetAmount")
    return [{name: line[name] for name in names if name in line} for line in row["lines"]]


@pytest.mark.parametrize("text", [TEXT, {**TEXT, "quantity": 1}], ids=["no quantity", "a quantity of nothing"])
@pytest.mark.parametrize("actual", [True, False], ids=["actual quantity", "folded"])
def test_a_text_is_a_line_of_text_in_its_place(company: Company, text: Json, actual: bool) -> None:
    company.decide(use_actual_quantity=actual)
    transfer = company.invoiced(company.systems.invoice(text, SALE, {**TEXT, "name": "Tak for handlen"}))
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    first, sale, last = lines(company)
    assert first == {"lineNumber": 1, "description": "Leveret 24.11. til porten"}
    assert (sale["lineNumber"], sale["totalNetAmount"]) == (2, D("100.00"))
    assert last == {"lineNumber": 3, "description": "Tak for handlen"}
    assert company.systems.entries() == [(5600, D("125.00")), (1012, D("-100.00")), (6902, D("-25.00"))]


def test_a_long_text_is_cut_and_an_empty_one_goes_through(company: Company) -> None:
    number = company.systems.invoice({**TEXT, "name": "x" * 3000}, SALE, book=False)
    store = company.systems.rackbeat.store
    record = store.get(ACCOUNT, "customer-invoices", number) or {}
    record["lines"] = [record["lines"][0], {**record["lines"][0], "id": 999, "name": ""}, record["lines"][1]]
    store.put(ACCOUNT, "customer-invoices", number, record)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert 1000 <= len(lines(company)[0]["description"]) <= 2500


def test_the_credit_note_of_an_invoice_with_texts(company: Company) -> None:
    number = company.systems.invoice(TEXT, SALE)
    company.invoiced(number)
    note = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{note}/book")
    assert company.invoiced(note).state == TransferState.TRANSFERRED
    assert sum(amount for account, amount in company.systems.entries() if account == 5600) == 0


def test_an_amount_without_an_item_is_held_until_it_has_one(company: Company) -> None:
    number = company.systems.invoice(SALE, {"name": "Opstilling", "quantity": 1, "line_price": "250.00"})
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "line_without_item")
    assert transfer.details == {"line": "2", "text": "Opstilling", "amount": "250.00"}
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    work = {"item_id": "V-TIME", "name": "Opstilling", "quantity": 1, "line_price": "250.00"}
    company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", {"lines": [SALE, work]})
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert company.systems.entries()[0] == (5600, D("437.50"))
    assert len(company.systems.booked()) == 1


@pytest.mark.parametrize("texts", [(TEXT,), (TEXT, TEXT)], ids=["one", "two"])
def test_nothing_but_texts_is_refused(company: Company, texts: tuple[Json, ...]) -> None:
    transfer = company.invoiced(company.systems.invoice(*texts))
    assert (transfer.state, transfer.code) == (TransferState.REFUSED, "invoice_without_lines")
    assert company.systems.drafts() == []


@pytest.mark.parametrize(
    ("quantity", "price", "sent"),
    [(1, "-50.00", (D(-1), D("50.00"))), (-1, "-50.00", (D(1), D("50.00"))), (-1, "50.00", (D(-1), D("50.00")))],
)
def test_a_negative_price_is_a_negative_quantity(
    company: Company, quantity: int, price: str, sent: tuple[D, D]
) -> None:
    discount = {"item_id": "V-TIME", "quantity": quantity, "line_price": price}
    number = company.systems.invoice({**SALE, "quantity": 2}, discount)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert [(line["quantity"], line["unitNetPrice"]) for line in lines(company)] == [(D(2), D("100.00")), sent]
    net = D(200) + quantity * D(price)
    assert company.systems.entries()[0] == (5600, net + net / 4)
    note = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{note}/book")
    assert company.invoiced(note).state == TransferState.TRANSFERRED
    assert all(line["unitNetPrice"] >= 0 for row in company.systems.booked() for line in row["lines"])
    assert sum(amount for account, amount in company.systems.entries() if account == 5600) == 0
