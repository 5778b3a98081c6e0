"""The writes of an invoice, each with the way to find what an earlier try may have made (DESIGN 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from lagerbro.economic.client import Economic
from lagerbro.economic.invoice_types import Booking, DraftRef, Invoice, NewDraft
from lagerbro.economic.invoices import WholeDraft
from lagerbro.flows.customer_invoices.changes import changes_in
from lagerbro.flows.customer_invoices.mark import mark
from lagerbro.flows.customer_invoices.plan import (
    answered_amounts,
    bears_any_mark,
    is_alike,
    is_for_its_customer,
    is_marked,
    is_ours,
)
from lagerbro.flows.field_changes import FieldChange, listed_changes
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Step
from lagerbro.wire.errors import FailureKind

DRAFT = "draft"
BOOK = "book"
DELETE = "delete_draft"


class Deleted(msgspec.Struct):
    """A draft of ours that is there no more."""

    draftInvoiceNumber: int


@dataclass(frozen=True, slots=True)
class Steps:
    """The writes of one invoice. `net` is what it comes to without VAT, with e-conomic's sign."""

    economic: Economic
    invoice: CustomerInvoice
    net: Decimal

    def draft(self, body: NewDraft, sent: NewDraft | None) -> Step[Invoice]:
        """Make the draft. Looks among drafts and booked invoices: a person may have booked it meanwhile.

        `sent` is what an earlier try sent, which may have been another body: settings change. None where no try is
        known, or it is to be made anew.
        """
        return Step(
            name=DRAFT,
            answer=Invoice,
            request=body,
            send=lambda key: self.economic.invoices.create_draft(body, key),
            find_existing=lambda: self._standing(body, sent) or self.booked(),
        )

    def book(self, draft: int, number: int | None) -> Step[Invoice]:
        """Book the draft, under Rackbeat's number if one is given."""
        booking = Booking(DraftRef(draft), number)
        return Step(
            name=BOOK,
            answer=Invoice,
            request=booking,
            send=lambda key: self.economic.invoices.book(booking, key),
            find_existing=self.booked,
        )

    def delete(self, draft: int) -> Step[Deleted]:
        """Take back a draft that has just been read as ours."""
        gone = Deleted(draft)

        def send(key: str) -> Deleted:
            self.economic.invoices.delete_draft(draft, key)
            return gone

        def find() -> Deleted | None:
            return gone if self.our_draft(draft) is None else None

        return Step(name=DELETE, answer=Deleted, request=gone, send=send, find_existing=find, is_once_only=False)

    def our_draft(self, number: int) -> WholeDraft | None:
        """The draft of that number, if it bears our mark: numbers of deleted ones are given again (H29)."""
        draft = self.economic.invoices.whole_draft(number)
        return draft if draft is not None and is_marked(draft.invoice, self.invoice) else None

    def booked_instead(self, draft: int) -> Invoice:
        """Our booked invoice, where the draft stands no more; raises `Refusal` where there is none either."""
        booked = self.booked()
        if booked is None:
            code = "draft_unmarked" if self._is_unmarked(draft) else "draft_gone"
            raise Refusal(code, FailureKind.CONFIG, draft=str(draft), mark=mark(self.invoice.number))
        return booked

    def _is_unmarked(self, number: int) -> bool:
        """Whether the draft of that number is ours but for its mark, which somebody has taken off: another one made
        beside it would bill twice."""
        whole = self.economic.invoices.whole_draft(number)
        if whole is None or bears_any_mark(whole.invoice):
            return False
        return is_alike(whole.invoice, self.invoice, self.net)

    def booked(self) -> Invoice | None:
        """Our booked invoice, whatever it comes to: what it says is judged by whoever asks."""
        return self._marked("booked")

    def _standing(self, body: NewDraft, sent: NewDraft | None) -> Invoice | None:
        """Our draft. Raises `Refusal` when it is not what we made, or would make: making another would bill twice."""
        listed = self._marked("drafts")
        if listed is None or listed.draftInvoiceNumber is None:
            return None
        standing = self.our_draft(listed.draftInvoiceNumber)
        if standing is None:
            return None
        changes = changes_in(sent or body, answered_amounts(listed), standing.record)
        if changes:
            raise changed_draft_refusal(listed.draftInvoiceNumber, changes, is_anew=sent is None)
        return listed

    def _marked(self, state: str) -> Invoice | None:
        """The invoice with our mark; where there are several, as a copy keeps the mark, the one most like ours."""
        listed = self.economic.invoices.marked(state, mark(self.invoice.number))
        marked = [invoice for invoice in listed if is_marked(invoice, self.invoice)]
        return max(marked, key=self._likeness, default=None)

    def _likeness(self, invoice: Invoice) -> tuple[bool, bool]:
        return is_ours(invoice, self.invoice, self.net), is_for_its_customer(invoice, self.invoice)


def changed_draft_refusal(draft: int, changes: Sequence[FieldChange], *, is_anew: bool = False) -> Refusal:
    """*Ændret i e-conomic*: what we sent, or would send, and what stands there now (domain-rules H29)."""
    code = "earlier_draft_stands" if is_anew else "draft_changed"
    return Refusal(code, FailureKind.CONFIG, draft=str(draft), changes=listed_changes(changes))
