"""The voucher as it is sent: signs, texts, dates, numbers, currency (H21, H22, C6, economic-api 8.2)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.economic.voucher_types import SupplierInvoiceEntry
from lagerbro.flows.supplier_invoices.mapping import voucher_of
from lagerbro.flows.supplier_invoices.mark import TEXT_MAX, has_mark
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.wire.numbers import encode
from tests.flows.supplier_invoices.purchases import GEAR, invoice, line, planned


def entry_of(document: SupplierInvoice, day: str = "2026-11-24", factor: int = 1) -> SupplierInvoiceEntry:
    voucher = voucher_of(document, planned(document, factor).parts, 50001, "DKK", year="2026", day=day)
    (entry,) = voucher.entries.supplierInvoices
    return entry


def test_an_invoice_as_it_is_sent() -> None:
    document = invoice(line(100), line(20, GEAR), due_date="2026-12-02", purchase_orders=[1001, 1002])
    parts = planned(document).parts
    voucher = voucher_of(document, parts, 50001, "DKK", year="2026", day="2026-11-24", receipts=["7"])
    text = "F-77 · Dansk Cykelimport A/S · Bestilling 1001, 1002 · Modtagelse 7 · RB-K1001"
    assert (
        encode(voucher).decode()
        == encode(
            {
                "accountingYear": {"year": "2026"},
                "entries": {
                    "supplierInvoices": [
                        {
                            "amount": D(amount),
                            "date": "2026-11-24",
                            "text": text,
                            "supplier": {"supplierNumber": 50001},
                            "supplierInvoiceNumber": "F-77",
                            "dueDate": "2026-12-02",
                            "contraAccount": {"accountNumber": account},
                            "contraVatAccount": {"vatCode": "I25"},
                            "currency": {"code": "DKK"},
                        }
                        for amount, account in (("-125.00", 1310), ("-25.00", 1311))
                    ]
                },
            }
        ).decode()
    )


def test_a_credit_note_is_positive_seen_from_the_supplier() -> None:
    assert entry_of(invoice(line(100)), factor=-1).amount == D("125.00")


def test_a_foreign_currency_has_its_rate_per_hundred() -> None:
    document = invoice(line(100, vat=0), zone="eu", currency="EUR", currency_rate=D("7.4612"))
    entry = entry_of(document)
    assert entry.currency is not None
    assert (entry.currency.code, entry.exchangeRate) == ("EUR", D("746.120000"))


@pytest.mark.parametrize("due", [None, "", "2026-11-23", "nonsense"[:0]])
def test_a_due_date_before_the_invoice_is_left_out(due: str | None) -> None:
    assert entry_of(invoice(line(1), due_date=due)).dueDate == ""


def test_the_invoices_own_date_stands_in_the_text_where_it_is_posted_on_another() -> None:
    entry = entry_of(invoice(line(1), invoice_date="2026-10-15"), day="2026-11-01")
    assert (entry.date, entry.text) == (
        "2026-11-01",
        "F-77 · Dansk Cykelimport A/S · Fakturadato 2026-10-15 · RB-K1001",
    )


@pytest.mark.parametrize("odd", [None, 7, {"number": 1}, [None, True, {"id": 3}, [1], 2.5], "1001"])
def test_whatever_stands_in_place_of_the_orders_the_invoice_is_sent(odd: Any) -> None:
    assert entry_of(invoice(line(1), purchase_orders=odd)).text == "F-77 · Dansk Cykelimport A/S · RB-K1001"


def test_long_texts_are_cut_and_the_mark_is_not() -> None:
    document = invoice(line(1), invoice_number="9" * 10_000, purchase_orders=list(range(10_000)))
    entry = entry_of(document)
    assert entry.supplierInvoiceNumber == "9" * 30
    assert len(entry.text) <= TEXT_MAX
    assert has_mark(entry.text, 1001)


def test_a_mark_is_of_one_number_only() -> None:
    assert has_mark("F-77 · RB-K104", 104)
    assert has_mark("RB-K104 rettet af Jens", 104)
    assert not has_mark("F-77 · RB-K104", 10)
    assert not has_mark("RB-104", 104)
