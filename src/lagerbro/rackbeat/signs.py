"""Which way a document's amounts point (rackbeat-api 3.8): one factor for the whole document, never one per line."""

from __future__ import annotations

from decimal import Decimal

from lagerbro.rackbeat.types import CustomerInvoice


class ContradictionError(ValueError):
    """Subtotal, VAT and total of a document do not agree in sign: somebody has to look at it."""


def sign_factor(invoice: CustomerInvoice) -> int:
    """-1 for a credit note whose total is written as a positive amount, else 1; raises `ContradictionError`."""
    signs = {_sign(amount) for amount in (invoice.total_subtotal, invoice.total_vat, invoice.total_total)} - {0}
    if len(signs) > 1:
        raise ContradictionError(
            f"{invoice.total_subtotal} + {invoice.total_vat} = {invoice.total_total}: the signs contradict each other"
        )
    return -1 if invoice.is_creditnote and invoice.total_total > 0 else 1


def _sign(amount: Decimal) -> int:
    return (amount > 0) - (amount < 0)
