"""Who a document is for and what it comes to, also while it is refused: as Rackbeat answered when it was last read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from lagerbro.flows.document_heads import amounts_of
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.rackbeat.envelopes import only
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.signs import AS_WRITTEN
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.models import Attempt, Link, Transfer
from lagerbro.wire.numbers import UnfitValueError, UnreadableError, decode_builtins, read

_PATHS: Final[Mapping[str, str]] = {
    "customer_invoice": "/customer-invoices/",
    "supplier_invoice": "/supplier-invoices/",
}


@dataclass(frozen=True, slots=True)
class Document:
    """`net`, `vat` and `gross` as Rackbeat writes them; None where they do not add up."""

    party: str
    party_number: str
    day: str
    currency: str
    net: Decimal | None
    vat: Decimal | None
    gross: Decimal | None
    read_at: datetime


def document_of(transfer: Transfer, link: Link | None) -> Document | None:
    """None for what is no invoice, and where no answer is kept that can be read."""
    path = _PATHS.get(transfer.kind)
    if path is None:
        return None
    answers = Attempt.in_scope.filter(
        transfer=transfer, system="Rackbeat", method="GET", status=200, url__contains=path
    )
    attempt = answers.exclude(answered="").order_by("-pk").first()
    invoice = _invoice(transfer.kind, attempt.answered) if attempt is not None else None
    if attempt is None or invoice is None:
        return None
    party = invoice.customer if isinstance(invoice, CustomerInvoice) else invoice.supplier
    number = invoice.customer_number if isinstance(invoice, CustomerInvoice) else invoice.supplier_number
    name = party.called if party is not None else ""
    amounts = _amounts(invoice)
    return Document(
        name or (link.name if link is not None else ""),
        "" if number is None else str(number),
        invoice.invoice_date,
        invoice.currency,
        *amounts,
        attempt.started_at,
    )


def _invoice(kind: str, text: str) -> CustomerInvoice | SupplierInvoice | None:
    try:
        envelope = decode_builtins(text.encode())
        if not isinstance(envelope, dict) or not envelope:
            return None
        record = only(envelope)
        return read(record, CustomerInvoice) if kind == "customer_invoice" else read(record, SupplierInvoice)
    except (UnreadableError, UnfitValueError, ValueError):  # cut, or no invoice as we know it: the page does without
        return None


def _amounts(invoice: CustomerInvoice | SupplierInvoice) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    try:
        amounts = amounts_of(invoice, AS_WRITTEN)
    except PlanRefusal:
        return None, None, None
    return amounts.net, amounts.vat, amounts.gross
