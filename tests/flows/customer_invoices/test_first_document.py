"""The first document: a booked Rackbeat invoice becomes a booked e-conomic invoice, seen in the ledger."""

from __future__ import annotations

from decimal import Decimal as D

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Intent, IntentState, Link, TransferState
from tests.world import Company


def test_from_booking_to_the_ledger(company: Company) -> None:
    number = company.systems.invoice(
        {"item_id": "NL-100", "quantity": 2}, {"item_id": "V-TIME", "quantity": "1.5", "discount_percentage": 10}
    )
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    # 2 × 3,196.00 + 1.5 × 520.00 − 10 % = 6,392.00 + 702.00; the bicycle sells on 1012, the hour on 1014
    assert company.systems.entries() == [
        (5600, D("8867.50")),
        (1012, D("-6392.00")),
        (1014, D("-702.00")),
        (6902, D("-1773.50")),
    ]
    assert [row["bookedInvoiceNumber"] for row in company.systems.booked()] == [number]
    assert company.systems.drafts() == []
    with agreement_scope(company.agreement.pk):
        link = Link.in_scope.get(kind="customer_invoice")
        assert (link.rackbeat_key, link.economic_kind, link.economic_key) == (
            str(number),
            "booked_invoice",
            str(number),
        )
        assert link.amounts()[0] == link.amounts()[1]
        assert link.gross == D("8867.50")
        assert set(Link.in_scope.values_list("kind", "economic_key")) == {
            ("customer", "10001"),
            ("product", "NL-100"),
            ("product", "V-TIME"),
            ("payment_terms", "1"),
            ("unit", "1"),
            ("unit", "4"),
            ("customer_invoice", str(number)),
        }


def test_one_read_and_two_writes_when_everything_is_known(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert transfer.state == TransferState.TRANSFERRED
    assert company.calls(transfer) == [
        f"GET /api/customer-invoices/{number}",
        "POST /invoices/drafts",
        f"PUT /invoices/booked/{number}",
    ]


def test_asking_again_changes_nothing(company: Company) -> None:
    number = company.systems.invoice()
    first = company.invoiced(number)
    entries = company.systems.entries()
    company.ask("customer_invoice", number)
    company.ask("customer_invoice", number)
    again = company.invoiced(number)
    assert (again.state, again.runs) == (TransferState.TRANSFERRED, first.runs + 1)
    assert company.calls(again) == [f"GET /api/customer-invoices/{number}"]
    assert company.systems.entries() == entries
    assert company.drain().transfers == 0
    with agreement_scope(company.agreement.pk):
        assert set(Intent.in_scope.values_list("state", flat=True)) == {IntentState.SETTLED}


def test_booking_off_stops_at_the_draft(company: Company) -> None:
    company.decide(book_on_booking=False)
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "")
    assert company.systems.entries() == []
    (draft,) = company.systems.drafts()
    assert draft["references"]["other"] == f"RB-{number}"
    assert company.invoiced(number).state == TransferState.DRAFTED
    assert len(company.systems.drafts()) == 1


def test_never_book_ean_keeps_those_as_drafts(company: Company) -> None:
    company.decide(never_book_ean=True)
    ean = company.systems.invoice(customer=10034)
    plain = company.systems.invoice()
    assert company.invoiced(ean).state == TransferState.DRAFTED
    assert company.invoiced(plain).state == TransferState.TRANSFERRED
    company.decide(never_book_ean=False)
    booked = company.systems.invoice(customer=10034)
    assert company.invoiced(booked).state == TransferState.TRANSFERRED
    assert company.systems.booked()[-1]["recipient"]["ean"] == company.systems.drafts()[0]["recipient"]["ean"]


def test_foreign_currency_carries_rackbeats_rate(company: Company) -> None:
    number = company.systems.invoice({"item_id": "BK-100", "quantity": 10, "line_price": "100.00"}, customer=10046)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert (booked["currency"], booked["exchangeRate"]) == ("EUR", D("746.000000"))
    assert company.systems.entries() == [(5605, D("7460.00")), (1020, D("-7460.00"))]


def test_a_credit_note_turns_the_entries_round(company: Company) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 2})
    company.invoiced(number)
    credit = company.systems.in_rackbeat("POST", f"customer-invoices/{number}/create-creditnote")["number"]
    company.systems.in_rackbeat("POST", f"customer-invoices/{credit}/book")
    assert company.invoiced(credit).state == TransferState.TRANSFERRED
    assert company.systems.entries() == [
        (5600, D("7990.00")),
        (1012, D("-6392.00")),
        (6902, D("-1598.00")),
        (5600, D("-7990.00")),
        (1012, D("6392.00")),
        (6902, D("1598.00")),
    ]


def test_more_than_two_decimals_keep_their_value(company: Company) -> None:
    number = company.systems.invoice(
        {"item_id": "LADFRAGT", "quantity": "1.125", "line_price": "88.88"},
        {"item_id": "LADFRAGT", "quantity": 1000, "line_price": "12.345"},
        {"item_id": "LADFRAGT", "quantity": "0.004", "line_price": 5000},
    )
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert booked["netAmount"] == D("99.99") + D("12345.00") + D("20.00")
    assert [(line["quantity"], line["unitNetPrice"]) for line in booked["lines"]] == [
        (1, D("99.99")),
        (1, D("12345.00")),
        (1, D("20.00")),
    ]
    assert booked["lines"][0]["description"] == "Fragt pr. kg\n1,125 kg × 88,88"


def test_sales_off_moves_nothing(company: Company) -> None:
    company.decide(sales_enabled=False)
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.CANCELLED, "sales_off")
    assert (company.systems.drafts(), company.systems.booked()) == ([], [])
    company.decide(sales_enabled=True)
    assert company.invoiced(number).state == TransferState.TRANSFERRED


def test_an_unbooked_invoice_waits_for_its_booking(company: Company) -> None:
    number = company.systems.invoice(book=False)
    assert company.invoiced(number).code == "invoice_not_booked"
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    assert company.invoiced(number).state == TransferState.TRANSFERRED
