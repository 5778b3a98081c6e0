"""What was made of an invoice in e-conomic, as far as is known without asking there."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.economic.invoice_types import Invoice
from lagerbro.flows.customer_invoices.steps import BOOK, DRAFT
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.models import Intent, IntentState, Link
from lagerbro.sync.work import Work
from lagerbro.wire.numbers import decode

DRAFT_LINK = "draft"
BOOKED_LINK = "booked_invoice"


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """`version`: what was sent of it; `link`: None while its transfer is not finished.

    `draft`: its number, None where only a look can tell; `is_certain`: whether e-conomic has said that it made
    something.
    """

    version: str
    link: Link | None = None
    draft: int | None = None
    is_certain: bool = True

    @property
    def is_booked(self) -> bool:
        """Whether a link says so: what is booked stays as it is."""
        return self.link is not None and self.link.economic_kind == BOOKED_LINK


def made_of(work: Work) -> MadeDocument | None:
    """None when nothing was made, and nothing is under way."""
    link = work.links.get(work.transfer.kind, work.transfer.key)
    sent = work.intents.latest(DRAFT)
    if link is not None:
        draft = int(link.economic_key) if link.economic_kind == DRAFT_LINK else None
        return MadeDocument(link.version, link, draft)
    if sent is None or sent.state not in (IntentState.OPEN, IntentState.CONFIRMED):
        return None
    is_certain = sent.state == IntentState.CONFIRMED
    draft = decode(sent.answer.encode(), Invoice).draftInvoiceNumber if is_certain else None
    return MadeDocument(sent.version, None, draft, is_certain)


def pending_intent(work: Work) -> Intent | None:
    """A write of it that may still be in flight."""
    latest = (work.intents.latest(step) for step in (DRAFT, BOOK))
    now = work.runtime.clock.now()
    return next((one for one in latest if one and one.state == IntentState.OPEN and now < one.in_flight_until), None)


def version_of(invoice: CustomerInvoice) -> str:
    """Rackbeat's version of a booked invoice: when it was booked."""
    return (invoice.booked_at or "booked")[:64]


def credited_by(work: Work, invoice: CustomerInvoice) -> CustomerInvoice | None:
    """The invoice that a credit note names: the one more read that its direction costs (domain-rules H32)."""
    number = invoice.credited_number
    return None if number is None else work.clients.rackbeat.customer_invoice(number)
