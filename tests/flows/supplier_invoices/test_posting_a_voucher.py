"""A booked supplier invoice becomes one voucher in the journal, and what is booked of it stands in the ledger (C8)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.supplier_invoices.conftest import Buyer
from tests.flows.supplier_invoices.purchases import JOURNAL

BIKE = {"item_id": "NL-100", "quantity": 5, "line_price": 2000}
GEAR = {"item_id": "NL-300", "quantity": 4, "line_price": 500}


def test_from_booking_to_the_ledger(buyer: Buyer) -> None:
    number = buyer.invoice(BIKE, {"item_id": "NL-100", "quantity": 1, "line_price": 100}, due_date="2026-12-02")
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "")
    assert buyer.vouchers() == [(1310, "I25", D("-12625.00"))]
    (entry,) = buyer.drafts()
    assert (entry["voucher"], entry["supplier"], entry["supplierInvoiceNumber"]) == (40001, 50001, "F-77")
    assert (entry["date"], entry["dueDate"], entry["currency"]) == ("2026-11-24", "2026-12-02", "DKK")
    assert entry["text"] == f"F-77 · Dansk Cykelimport A/S · RB-K{number}"
    link = buyer.link(number)
    assert (link.economic_kind, link.economic_key) == ("voucher_draft", "2026-40001")
    assert link.amounts()[0] == link.amounts()[1]
    assert buyer.ledger() == {}
    buyer.book_journal()
    assert buyer.ledger() == {1310: D("10100.00"), 6903: D("2525.00"), 6800: D("-12625.00")}
    assert buyer.posted(number).state == TransferState.TRANSFERRED
    assert buyer.link(number).economic_kind == "voucher_booked"


def test_calls_with_everything_known(buyer: Buyer) -> None:
    buyer.posted(buyer.invoice(own="F-1"))
    number = buyer.invoice(own="F-2")
    transfer = buyer.posted(number)
    assert buyer.company.calls(transfer) == [
        f"GET /api/supplier-invoices/{number}",
        "GET /journalsapi/v15.0.0/draft-entries",
        "GET /bookedEntriesapi/v4.0.0/booked-entries",
        f"POST /journals/{JOURNAL}/vouchers",
        f"POST /api/supplier-invoices/{number}/notes",
    ]


def test_calls_of_a_credit_note(buyer: Buyer) -> None:
    """One read more: its direction is that of the invoice that it credits (H32)."""
    number = buyer.invoice(own="F-1")
    buyer.posted(number)
    credit = buyer.credit(number)
    buyer.rewrite(credit, invoice_number="K-1")
    assert buyer.company.calls(buyer.posted(credit)) == [
        f"GET /api/supplier-invoices/{credit}",
        f"GET /api/supplier-invoices/{number}",
        "GET /journalsapi/v15.0.0/draft-entries",
        "GET /bookedEntriesapi/v4.0.0/booked-entries",
        f"POST /journals/{JOURNAL}/vouchers",
        f"POST /api/supplier-invoices/{credit}/notes",
    ]


def test_calls_of_one_without_the_suppliers_number(buyer: Buyer) -> None:
    """Nothing to look for: one read and one write."""
    buyer.posted(buyer.invoice(own="F-1"))
    number = buyer.invoice(own="")
    assert buyer.company.calls(buyer.posted(number)) == [
        f"GET /api/supplier-invoices/{number}",
        f"POST /journals/{JOURNAL}/vouchers",
        f"POST /api/supplier-invoices/{number}/notes",
    ]


def test_asking_again_changes_nothing(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    buyer.systems.clock.sleep_s(120)
    again = buyer.posted(number)
    assert (again.state, again.code) == (TransferState.DRAFTED, "")
    assert buyer.company.calls(again) == [f"GET /api/supplier-invoices/{number}", f"GET /journals/{JOURNAL}/entries"]
    assert len(buyer.drafts()) == 1


def test_a_credit_note_is_the_other_way_round(buyer: Buyer) -> None:
    number = buyer.invoice()
    buyer.posted(number)
    credit = buyer.credit(number)
    buyer.rewrite(credit, invoice_number="K-1")
    assert buyer.posted(credit).state == TransferState.DRAFTED
    assert buyer.vouchers() == [(1310, "I25", D("-1250.00")), (1310, "I25", D("1250.00"))]
    assert buyer.transfer(credit).document_type == "supplier_credit"
    buyer.book_journal()
    assert buyer.ledger() == {}


@pytest.mark.parametrize(
    ("supplier", "expected"),
    [
        (50006, {1320: D("7460.00"), 6805: D("-7460.00"), 6903: D("1865.00"), 6904: D("-1865.00")}),
        (50012, {1330: D("6871.20"), 6805: D("-6871.20"), 6903: D("1717.80"), 6907: D("-1717.80")}),
    ],
)
def test_abroad_in_its_currency(buyer: Buyer, supplier: int, expected: dict[int, D]) -> None:
    number = buyer.invoice(supplier=supplier)
    transfer = buyer.posted(number)
    assert (transfer.state, transfer.details) == (TransferState.DRAFTED, {})
    buyer.book_journal()
    assert buyer.ledger() == expected


def test_off_moves_nothing(buyer: Buyer) -> None:
    buyer.company.decide(suppliers_enabled=False)
    number = buyer.invoice()
    assert (buyer.posted(number).code, buyer.drafts()) == ("purchases_off", [])
    buyer.company.decide(suppliers_enabled=True)
    assert buyer.posted(number).state == TransferState.DRAFTED


def test_a_draft_in_rackbeat_waits_for_its_booking(buyer: Buyer) -> None:
    number = buyer.invoice(book=False)
    assert (buyer.posted(number).code, buyer.drafts()) == ("invoice_not_booked", [])
    buyer.book(number)
    assert buyer.posted(number).state == TransferState.DRAFTED
