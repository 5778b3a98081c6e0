"""The look at our drafts in e-conomic: one that is not there any more has been booked by a person, or deleted; one that
comes to something else has been changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.economic.invoice_types import Invoice, StandingDraft
from lagerbro.flows.customer_invoices.made import DRAFT_LINK
from lagerbro.flows.customer_invoices.mark import MARK, has_mark
from lagerbro.flows.customer_invoices.steps import DRAFT
from lagerbro.money import rounded
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.flow import Flow, record_of
from lagerbro.sync.models import Intent, IntentState, Link
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.wire.numbers import decode

DRAFTS_POLL: Final = "drafts_poll"


@dataclass(frozen=True, slots=True)
class OurDraft:
    """`gross`: what it came to when it was last read."""

    number: str
    gross: Decimal | None


@dataclass(frozen=True, slots=True)
class DraftsPoll:
    """Costs no call while no draft of ours stands in e-conomic. Asks once for each that has gone or been changed."""

    name: str
    flow: Flow
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        """List our drafts and ask for the invoices whose draft is not among them as it was."""
        drafts = self._linked_drafts(context) | self._held_drafts()
        if not drafts:
            return RoutineResult()
        listed = context.clients.economic.invoices.drafts_marked(MARK)
        current = {str(draft.draftInvoiceNumber): draft for draft in listed}
        changed = {key: _change(key, draft, current.get(draft.number)) for key, draft in drafts.items()}
        remembered = sorted(f"{key}{change}" for key, change in changed.items() if change is not None)
        before = context.remembered.get("asked", ())
        news = sorted(key for key, change in changed.items() if change is not None and f"{key}{change}" not in before)
        return RoutineResult(tuple(record_of(self.flow, key) for key in news), remembered={"asked": remembered})

    def _linked_drafts(self, context: RoutineContext) -> dict[str, OurDraft]:
        """The drafts that are to be drafts, by the invoice's number."""
        rows = Link.in_scope.filter(epoch=context.agreement.ledger_epoch, kind=self.flow.kind, economic_kind=DRAFT_LINK)
        by_key = rows.values_list("rackbeat_key", "economic_key", "economic_gross")
        return {key: OurDraft(number, gross) for key, number, gross in by_key}

    def _held_drafts(self) -> dict[str, OurDraft]:
        """Those that could not be booked, for as long as they wait for somebody."""
        rows = Intent.in_scope.filter(
            transfer__kind=self.flow.kind, transfer__state__in=STOPPED, step=DRAFT, state=IntentState.CONFIRMED
        )
        by_key = {key: decode(answer.encode(), Invoice) for key, answer in rows.values_list("transfer__key", "answer")}
        return {
            key: OurDraft(str(one.draftInvoiceNumber), rounded(one.grossAmount))
            for key, one in by_key.items()
            if one.draftInvoiceNumber is not None
        }


def _change(key: str, made: OurDraft, current: StandingDraft | None) -> str | None:
    """What is to be asked about a draft, as it is remembered; None where it is as it was, as far as a list tells."""
    if current is None or not has_mark(current.other, int(key)):
        return ""
    gross = current.gross
    return None if gross is None or gross == made.gross else f"={gross}"
