"""A planned supplier invoice as one voucher of draft entries (economic-api 8.2; domain-rules C8, H21, H22)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from lagerbro.economic.types import AccountRef, SupplierRef
from lagerbro.economic.voucher_types import (
    CurrencyRef,
    NewEntries,
    NewVoucher,
    SupplierInvoiceEntry,
    VatCodeRef,
    YearRef,
)
from lagerbro.flows.supplier_invoices.mark import numbers_in, numbers_text, voucher_text
from lagerbro.flows.supplier_invoices.parts import Part
from lagerbro.flows.texts import cut
from lagerbro.money import rate_per_100
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice

OWN_NUMBER_MAX: Final = 30  # economic-api 8.2
NAME_MAX: Final = 60
OWN_DATE: Final = "Fakturadato"
ORDER: Final = "Bestilling"
RECEIPT: Final = "Modtagelse"
"""As the article calls them: the text stands in the ledger, whose language is Danish."""


def voucher_of(
    invoice: SupplierInvoice,
    parts: Iterable[Part],
    supplier: int,
    base_currency: str,
    *,
    year: str,
    day: str,
    receipts: Iterable[str] = (),
) -> NewVoucher:
    """The voucher: an entry for each part, seen from the supplier, so that an invoice is negative (H22).

    `day` is the invoice's own date, or the open day that it is posted on instead; `receipts`: the numbers of those that
    the goods came on.
    """
    text = _text(invoice, day, receipts)
    is_foreign = invoice.currency != base_currency
    rate = rate_per_100(invoice.currency_rate or Decimal(0)) if is_foreign else None
    due = invoice.due_date or ""
    entries = [
        SupplierInvoiceEntry(
            amount=-part.amount,
            date=day,
            text=text,
            supplier=SupplierRef(supplier),
            supplierInvoiceNumber=own_number(invoice),
            dueDate=due if due >= day else "",
            contraAccount=AccountRef(part.account),
            contraVatAccount=VatCodeRef(part.vat_code) if part.vat_code else None,
            currency=CurrencyRef(invoice.currency),
            exchangeRate=rate,
        )
        for part in parts
    ]
    return NewVoucher(accountingYear=YearRef(year), entries=NewEntries(supplierInvoices=entries))


def own_number(invoice: SupplierInvoice) -> str:
    """The supplier's own number of the invoice, as far as e-conomic takes it."""
    return " ".join((invoice.invoice_number or "").split())[:OWN_NUMBER_MAX]


def _text(invoice: SupplierInvoice, day: str, receipts: Iterable[str]) -> str:
    """The supplier's number and name first, then the invoice's own date where it is posted on another, then the orders
    and the receipts (H21)."""
    supplier = invoice.supplier
    own_date = invoice.invoice_date
    parts = (
        own_number(invoice),
        cut(supplier.called if supplier else "", NAME_MAX),
        f"{OWN_DATE} {own_date}" if own_date != day else "",
        numbers_text(ORDER, numbers_in(invoice.purchase_orders)),
        numbers_text(RECEIPT, receipts),
    )
    return voucher_text(invoice.number, parts)
