"""The look at our drafts in e-conomic: one that is not there any more has been booked by a person, or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro.flows.customer_invoices.flow import DRAFT_LINK
from lagerbro.flows.customer_invoices.mark import MARK, carries
from lagerbro.sync.flow import Flow
from lagerbro.sync.models import Link
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing

DRAFTS_POLL: Final = "drafts_poll"


@dataclass(frozen=True, slots=True)
class DraftsPoll:
    """Costs no call while no draft of ours stands in e-conomic. Asks once for each that has gone."""

    name: str
    flow: Flow
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        """List our drafts and ask for the invoices whose draft is not among them."""
        rows = Link.objects.filter(epoch=context.agreement.ledger_epoch, kind=self.flow.kind, economic_kind=DRAFT_LINK)
        linked = dict(rows.values_list("rackbeat_key", "economic_key"))
        if not linked:
            return RoutineResult()
        listed = context.clients.economic.invoices.drafts_marked(MARK)
        standing = {str(draft.draftInvoiceNumber): draft.other for draft in listed}
        gone = sorted(key for key, draft in linked.items() if not carries(standing.get(draft, ""), int(key)))
        news = [key for key in gone if key not in context.mark.get("asked", ())]
        return RoutineResult(tuple((self.flow.kind, key, self.flow.rank) for key in news), mark={"asked": gone})
