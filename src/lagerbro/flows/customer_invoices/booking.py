"""Booking our draft: at once after it was made, or later and then only while it is still what we made.

domain-rules H11, H12, H29: numbers of deleted drafts are given again, a person may have changed or booked the draft,
and an earlier installation of ours may have used the number already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lagerbro.books.choices import NumberTaken
from lagerbro.economic.invoice_types import Invoice, NewDraft
from lagerbro.flows.customer_invoices import diagnosis
from lagerbro.flows.customer_invoices.changes import changes_in
from lagerbro.flows.customer_invoices.plan import answered_amounts, is_marked
from lagerbro.flows.customer_invoices.steps import BOOK, Steps, changed_draft_refusal
from lagerbro.flows.economic_refusals import with_answer
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import OutcomePending, Refusal
from lagerbro.sync.waiting import SEND_WITHIN
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError, NotFoundError, RefusedError


@dataclass(frozen=True, slots=True)
class Booked:
    """`by_hand`: a person booked our draft; nobody's wish for a number was heard."""

    invoice: Invoice
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Booking:
    """Booking the draft of one invoice. `sent` is the body that the draft was made of."""

    work: Work
    invoice: CustomerInvoice
    steps: Steps
    version: str
    sent: NewDraft

    def booked(self, draft: Invoice, asked_at: datetime) -> Booked:
        """The draft booked; `asked_at`: what is known of it is no newer.

        Read first where a run was resumed or the process may have been stopped meanwhile (decision 0009).
        """
        # otherwise the answer that made the draft is seconds old: reading it again would cost every invoice a call
        if (self.work.is_resumed or self._is_long_ago(asked_at)) and not self._is_answered():
            by_hand = self.find_booked_by_hand(draft)
            if by_hand is not None:
                return by_hand
        return self._book_or_adopt(draft)

    def _is_long_ago(self, asked_at: datetime) -> bool:
        return self.work.runtime.clock.now() > asked_at + SEND_WITHIN

    def _is_answered(self) -> bool:
        """Whether an earlier run was told what it booked: that answer stands, whatever became of the draft."""
        known = self.work.intents.latest(BOOK)
        return known is not None and known.state == IntentState.CONFIRMED

    def find_booked_by_hand(self, draft: Invoice) -> Booked | None:
        """None when the draft stands as we made it. Else our invoice as a person booked it; raises `Refusal`."""
        number = _number_of(draft)
        standing = self.steps.our_draft(number)
        if standing is None:
            return Booked(self.steps.booked_instead(number), by_hand=True)
        changes = changes_in(self.sent, answered_amounts(draft), standing.record)
        if changes:
            raise changed_draft_refusal(number, changes)
        return None

    def _book_or_adopt(self, made: Invoice) -> Booked:
        draft = _number_of(made)
        try:
            return Booked(self._book(draft, self.invoice.number))
        except NotFoundError as error:  # a person has booked or deleted the draft in this very moment
            by_hand = self.find_booked_by_hand(made)
            if by_hand is None:
                raise self._refusal(error) from error
            return by_hand
        except RefusedError as error:
            if diagnosis.NUMBER_TAKEN not in error.codes():
                if not isinstance(error, InvalidError):
                    raise  # denied the call, or overtaken: that says nothing of the document
                raise self._refusal(error) from error
            earlier = self.steps.booked()
            if earlier is not None:  # whoever forgot that it is booked has not unmade it
                self.work.write(self.steps.delete(draft), self.version)
                return Booked(earlier)
            if self.work.choices.number_taken is NumberTaken.STOP:
                taken = Refusal("number_taken", FailureKind.CONFIG, number=str(self.invoice.number))
                raise with_answer(taken, error) from error
            return Booked(self._book(draft, None))  # without a number e-conomic gives its next one, which is free

    def _book(self, draft: int, number: int | None) -> Invoice:
        try:
            booked = self.work.write(self.steps.book(draft, number), self.version)
        except OutcomePending as rest:
            if rest.error is None or rest.error.status is None:
                raise
            # a server error may be a refusal in disguise: where the books show a cause, that is told and not waited out
            cause = diagnosis.cause(self.invoice, self.work.clients.economic)
            if cause is None:
                raise
            raise with_answer(cause, rest.error) from rest
        if booked.bookedInvoiceNumber is not None and is_marked(booked, self.invoice):
            return booked
        standing = self.steps.booked()  # an answer may be garbled: what stands there decides
        if standing is None:
            raise self._foreign_draft_refusal(booked, draft)
        return standing

    def _foreign_draft_refusal(self, booked: Invoice, draft: int) -> Refusal:
        """Somebody deleted our draft and got its number for one of theirs within the moment before we booked it."""
        number, customer = booked.bookedInvoiceNumber, booked.customer.customerNumber
        details = {"draft": str(draft), "booked": str(number), "customer": str(customer)}
        return Refusal("foreign_draft_booked", FailureKind.CONFIG, **details)

    def _refusal(self, error: RefusedError) -> Refusal:
        return diagnosis.refusal_of(error, self.invoice, self.work.clients.economic)


def _number_of(draft: Invoice) -> int:
    assert draft.draftInvoiceNumber is not None, "a draft has a number"
    return draft.draftInvoiceNumber
