"""What stands of a record in both systems, as far as was read: never more than is known to be so now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro.economic.invoice_types import Invoice
from lagerbro.flows.after_transfer import DELETED_CODES, UNBOOKED_CODES
from lagerbro.flows.customer_invoices.made import DRAFT_LINK
from lagerbro.flows.customer_invoices.steps import DRAFT
from lagerbro.sync.models import Intent, IntentState, Link, Transfer
from lagerbro.wire.numbers import decode

GONE: Final = frozenset({"draft_gone", "foreign_draft_booked", "invoice_deleted"})
"""Codes of documents whose draft stands nowhere any more."""


@dataclass(frozen=True, slots=True)
class Sides:
    """`link`: None where nothing stands in e-conomic, or a draft that is not linked yet (`draft`).

    `is_gone`: something of it stood there and does not any more. `is_unbooked` and `is_deleted` are in Rackbeat.
    """

    link: Link | None = None
    draft: int | None = None
    is_gone: bool = False
    is_unbooked: bool = False
    is_deleted: bool = False


def sides(transfer: Transfer, link: Link | None) -> Sides:
    """Of one transfer, with the link that is kept of it."""
    if transfer.code in GONE and (link is None or link.economic_kind == DRAFT_LINK):
        return Sides(is_gone=True)
    return Sides(
        link=link,
        draft=None if link else _draft_number(transfer),
        is_unbooked=transfer.code in UNBOOKED_CODES,
        is_deleted=transfer.code in DELETED_CODES,
    )


def _draft_number(transfer: Transfer) -> int | None:
    """The draft that was made before the transfer stopped: it stands in e-conomic and waits for the booking."""
    made = Intent.in_scope.filter(transfer=transfer, step=DRAFT, state=IntentState.CONFIRMED).first()
    return decode(made.answer.encode(), Invoice).draftInvoiceNumber if made else None
