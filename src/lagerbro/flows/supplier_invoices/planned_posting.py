"""The posting as the transfer's page shows it: of a voucher that was made, or of one that is held and was planned."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.flows.document_heads import base_rate
from lagerbro.flows.supplier_invoices.invoice_run import InvoiceRun
from lagerbro.flows.supplier_invoices.parts import Part
from lagerbro.flows.supplier_invoices.plan import Purchase
from lagerbro.flows.supplier_invoices.steps import SentVoucher
from lagerbro.money import ONE, quotient_of
from lagerbro.wire.numbers import decode, encode

PLANNED: Final = "planned"
"""The detail of a held transfer that has what was planned."""
_HUNDRED: Final = Decimal(100)


class PlannedPart(msgspec.Struct):
    """An amount with VAT, debit positive, in the invoice's currency."""

    account: int
    vat_code: str
    amount: Decimal


class PlannedPosting(msgspec.Struct):
    """`rate`: what one unit of the currency is worth in the base currency. `control_account`: the supplier's,
    0 where it is not known."""

    currency: str
    rate: Decimal
    control_account: int = msgspec.field(name="creditor")
    parts: list[PlannedPart]

    def as_parts(self) -> list[Part]:
        return [Part(one.account, one.vat_code, one.amount, Decimal(0), 0) for one in self.parts]


def planned_posting(run: InvoiceRun, purchase: Purchase) -> PlannedPosting:
    """What would be posted."""
    parts = [PlannedPart(part.account, part.vat_code, part.amount) for part in purchase.parts]
    rate = base_rate(run.invoice, run.work.agreement.base_currency)
    return PlannedPosting(run.invoice.currency, rate, run.control_account, parts)


def sent_posting(sent: SentVoucher) -> PlannedPosting | None:
    """What was posted; None for a voucher without entries."""
    entries = sent.voucher.entries.supplierInvoices
    if not entries:
        return None
    first = entries[0]
    parts = [
        PlannedPart(
            entry.contraAccount.accountNumber if entry.contraAccount else 0,
            entry.contraVatAccount.vatCode if entry.contraVatAccount else "",
            -entry.amount,
        )
        for entry in entries
    ]
    rate = ONE if first.exchangeRate is None else quotient_of(first.exchangeRate, _HUNDRED)
    return PlannedPosting(first.currency.code if first.currency else "", rate, sent.control_account, parts)


def posting_text(posting: PlannedPosting) -> str:
    return encode(posting).decode()


def posting_of_text(text: str) -> PlannedPosting:
    return decode(text.encode(), PlannedPosting)
