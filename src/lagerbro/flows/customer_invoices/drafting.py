"""Making the draft of a customer invoice: exactly one, and what e-conomic refuses is told by its cause."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from lagerbro.economic.invoice_types import Invoice, NewDraft
from lagerbro.flows.customer_invoices import diagnosis
from lagerbro.flows.customer_invoices.steps import DRAFT, Steps
from lagerbro.flows.customers.layouts import CUSTOMER_LAYOUT
from lagerbro.flows.economic_refusals import with_answer
from lagerbro.flows.known_references.stale import StaleReferenceError, raise_if_stale
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import WaitsFor
from lagerbro.sync.work import Work
from lagerbro.wire.errors import InvalidError
from lagerbro.wire.numbers import decode


@dataclass(frozen=True, slots=True)
class Drafting:
    """The draft of one invoice in the version as it was read."""

    work: Work
    invoice: CustomerInvoice
    steps: Steps
    version: str
    plan: Callable[[], NewDraft]
    """The body anew, where something that was known is not in e-conomic any more."""

    def draft(self, body: NewDraft) -> Invoice:
        """Make it of the body."""
        try:
            return self._drafted(body)
        except StaleReferenceError:
            return self._drafted(self.plan())

    def _drafted(self, body: NewDraft) -> Invoice:
        """A write whose outcome is not known is carried on as it was decided: the draft is held against that body
        afterwards, and its key speaks of it. Where that is refused by now, what is wanted today is made."""
        begun = self._in_doubt()
        if begun is not None and begun != body:
            with suppress(InvalidError):
                return self.work.write(self.steps.draft(begun, begun), self.version)
        try:
            return self.work.write(self.steps.draft(body, body_sent(self.work, self.version)), self.version)
        except InvalidError as error:
            raise_if_stale(self.work, error)
            self._raise_if_layout_gone(error, body)
            missing = diagnosis.missing_records(error, self.invoice)
            # forgotten first: who waits for a record that is still linked would find the link and go on
            for kind, key in missing:
                self.work.links.forget(kind, key)
            if missing:
                raise WaitsFor(tuple(missing)) from error
            named = diagnosis.setting_missing(error, body, self.invoice.due_date or "–")
            if named is not None:
                raise with_answer(named, error) from error
            raise diagnosis.refusal_of(error, self.invoice, self.work.clients.economic, body) from error

    def _raise_if_layout_gone(self, error: InvalidError, body: NewDraft) -> None:
        """Only a layout that was chosen in the settings is held where it is gone (domain-rules H14); the one that
        e-conomic had on the customer is forgotten, and the default takes its place."""
        gone = body.layout.layoutNumber
        is_chosen = gone in self.work.choices.layouts.values() or gone == self.work.choices.default_layout
        if not is_chosen and any(one.path.startswith("layout") for one in error.errors):
            self.work.links.forget(CUSTOMER_LAYOUT, str(body.customer.customerNumber))
            raise StaleReferenceError from error

    def _in_doubt(self) -> NewDraft | None:
        """What was sent, or was to be sent, where nobody knows what became of it."""
        made = self.work.intents.latest(DRAFT)
        return body_sent(self.work, self.version) if made is not None and made.state == IntentState.OPEN else None


def body_sent(work: Work, version: str) -> NewDraft | None:
    """The body that the draft was made of: an earlier run's, whose settings may have been others."""
    made = work.intents.latest(DRAFT)
    is_this = made is not None and made.version == version and made.request
    return decode(made.request.encode(), NewDraft) if made is not None and is_this else None
