"""An invoice that was unbooked, changed or deleted in Rackbeat after something was made of it: told with both sides as
they are now, and never acted upon by itself (domain-rules H18).

Both systems are read anew. Where nothing of it stands in e-conomic any more, there is nothing to tell: what is booked
in Rackbeat later is transferred like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.books.totals import Amounts
from lagerbro.economic.invoice_types import Invoice
from lagerbro.flows.after_transfer import CHANGED, CHANGED_DRAFT, DELETED, DELETED_DRAFT, UNBOOKED, UNBOOKED_DRAFT
from lagerbro.flows.customer_invoices.made import (
    BOOKED_LINK,
    DRAFT_LINK,
    MadeDocument,
    credited_by,
    pending_intent,
    version_of,
)
from lagerbro.flows.customer_invoices.mark import has_mark, mark
from lagerbro.flows.customer_invoices.plan import answered_amounts
from lagerbro.flows.document_heads import amounts_of, factor_of
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, OutcomePending, Refusal, Skipped, Transferred
from lagerbro.sync.reasons import Reason
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind


@dataclass(frozen=True, slots=True)
class Standing:
    """What of ours stands in e-conomic now."""

    economic_kind: str
    number: str
    amounts: Amounts
    currency: str

    @property
    def is_booked(self) -> bool:
        return self.economic_kind == BOOKED_LINK


def is_as_made(invoice: CustomerInvoice | None, made: MadeDocument) -> bool:
    """Whether Rackbeat has the very thing of which something was made."""
    return invoice is not None and invoice.is_booked and made.version == version_of(invoice)


@dataclass(frozen=True, slots=True)
class ChangeAfterTransfer:
    """`invoice` is what Rackbeat has now, None when it has been deleted there."""

    work: Work
    invoice: CustomerInvoice | None
    made: MadeDocument

    def outcome(self) -> Outcome | None:
        """None when nothing was made of it after all, so that it can be transferred like a new one."""
        standing = self._standing()
        if standing is not None:
            return self._outcome_with_both_sides(standing)
        if self.invoice is not None and self.invoice.is_booked:
            if not self.made.is_certain:
                return None
            raise Refusal("draft_gone", FailureKind.CONFIG, draft=str(self.made.draft or "–"))
        self.work.links.forget(self.work.transfer.kind, self.work.transfer.key)
        return Skipped("invoice_deleted" if self.invoice is None else "invoice_not_booked")

    def _outcome_with_both_sides(self, standing: Standing) -> Outcome:
        ours, link = self._rackbeat_amounts(), self.made.link
        facts = LinkFacts(
            economic_kind=standing.economic_kind,
            economic_key=standing.number,
            version=self.made.version,
            name=self._name(),
            currency=standing.currency,
            rackbeat=ours or (link.amounts()[0] if link else standing.amounts),
            economic=standing.amounts,
        )
        reason = self._reason(standing, str(ours.gross) if ours else "–")
        if standing.is_booked:
            return Transferred(facts, reason.code, reason.details, needs_person=True)
        return Drafted(facts, reason.code, reason.details)

    def _reason(self, standing: Standing, ours: str) -> Reason:
        is_booked, number, theirs = standing.is_booked, standing.number, str(standing.amounts.gross)
        if self.invoice is None:
            return Reason(DELETED if is_booked else DELETED_DRAFT, {"number": number, "theirs": theirs})
        if not self.invoice.is_booked:
            code = UNBOOKED if is_booked else UNBOOKED_DRAFT
            return Reason(code, {"number": number, "ours": ours, "theirs": theirs})
        code = CHANGED if is_booked else CHANGED_DRAFT
        before, now = self.made.version, version_of(self.invoice)
        return Reason(code, {"number": number, "ours": ours, "theirs": theirs, "before": before, "now": now})

    def _name(self) -> str:
        if self.invoice is not None and self.invoice.customer is not None:
            return self.invoice.customer.called
        return self.made.link.name if self.made.link else ""

    def _rackbeat_amounts(self) -> Amounts | None:
        """What it comes to in Rackbeat now. One that is not booked may be in the middle of being changed."""
        if self.invoice is None:
            return None
        try:
            return amounts_of(self.invoice, factor_of(self.invoice, credited_by(self.work, self.invoice)))
        except PlanRefusal:
            return None

    def _standing(self) -> Standing | None:
        """Ours, as it stands in e-conomic now. What is booked cannot have changed, so it is not read again."""
        link = self.made.link
        if link is not None and self.made.is_booked:
            return Standing(link.economic_kind, link.economic_key, link.amounts()[1], link.currency)
        pending = pending_intent(self.work)
        if pending is not None:
            raise OutcomePending(pending.in_flight_until)
        # drafts before booked ones: what is booked between the two looks is found by the second
        invoice = self._draft() or self._marked_invoice("drafts") or self._marked_invoice("booked")
        if invoice is None:
            return None
        kind = DRAFT_LINK if invoice.bookedInvoiceNumber is None else BOOKED_LINK
        number = invoice.bookedInvoiceNumber or invoice.draftInvoiceNumber
        return Standing(kind, str(number), answered_amounts(invoice), invoice.currency)

    def _draft(self) -> Invoice | None:
        number = self.made.draft
        draft = self.work.clients.economic.invoices.draft(number) if number is not None else None
        return draft if draft is not None and self._is_ours(draft) else None

    def _marked_invoice(self, state: str) -> Invoice | None:
        listed = self.work.clients.economic.invoices.marked(state, mark(int(self.work.transfer.key)))
        return next((invoice for invoice in listed if self._is_ours(invoice)), None)

    def _is_ours(self, invoice: Invoice) -> bool:
        return has_mark(invoice.references.other, int(self.work.transfer.key))
