"""The two writes of an invoice, each with the way to find what an earlier try may have made (DESIGN 4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lagerbro.economic.client import Economic
from lagerbro.economic.invoice_types import Booking, DraftRef, Invoice, NewDraft
from lagerbro.flows.customer_invoices.mark import mark
from lagerbro.flows.customer_invoices.plan import customer_of, is_marked, is_ours
from lagerbro.rackbeat.types import CustomerInvoice
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Step
from lagerbro.wire.errors import FailureKind

DRAFT = "draft"
BOOK = "book"


@dataclass(frozen=True, slots=True)
class Steps:
    """The writes of one invoice. `net` is what it comes to without VAT, with e-conomic's sign."""

    economic: Economic
    invoice: CustomerInvoice
    net: Decimal

    def draft(self, body: NewDraft) -> Step[Invoice]:
        """Make the draft. Looks among drafts and booked invoices: a person may have booked it meanwhile."""
        return Step(
            name=DRAFT,
            answer=Invoice,
            request=body,
            send=lambda key: self.economic.invoices.create_draft(body, key),
            look=lambda: self.found("drafts") or self.found("booked"),
        )

    def book(self, draft: int, number: int | None) -> Step[Invoice]:
        """Book the draft, under Rackbeat's number if one is given."""
        booking = Booking(DraftRef(draft), number)
        return Step(
            name=BOOK,
            answer=Invoice,
            request=booking,
            send=lambda key: self.economic.invoices.book(booking, key),
            look=lambda: self.found("booked"),
        )

    def found(self, state: str) -> Invoice | None:
        """Our invoice among the `drafts` or the `booked` ones.

        Raises `Refusal` when one with our mark is no longer what we made: making another would bill twice.
        """
        listed = self.economic.invoices.marked(state, mark(self.invoice.number), customer_of(self.invoice))
        marked = [found for found in listed if is_marked(found, self.invoice)]
        ours = next((found for found in marked if is_ours(found, self.invoice, self.net)), None)
        if ours is None and marked:
            number = marked[0].draftInvoiceNumber or marked[0].bookedInvoiceNumber
            raise Refusal("draft_changed", FailureKind.CONFIG, draft=str(number))
        return ours
