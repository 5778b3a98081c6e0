"""The look at invoices that were booked in e-conomic and did not come from Rackbeat. An idle one costs one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro.economic.sales_documents.types import ListedInvoice
from lagerbro.flows.customer_invoices.made import BOOKED_LINK
from lagerbro.flows.customer_invoices.mark import marked_key
from lagerbro.flows.sections import Section
from lagerbro.sync.flow import Flow, record_of
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing

ECONOMIC_INVOICES_POLL: Final = "economic_invoices_poll"
OF_CUSTOMER_INVOICES: Final = "customer_invoice"


@dataclass(frozen=True, slots=True)
class EconomicInvoicesPoll:
    """Asks once for each booked invoice with a higher number than was seen. The very first look only remembers where it
    begins: what was booked before the section was switched on is not touched (domain-rules F2)."""

    name: str
    flow: Flow
    section: Section
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        if not self.section.is_on(context.choices):
            return RoutineResult()  # what is booked meanwhile is not taken afterwards
        economic, last = context.clients.economic, context.remembered.get("last")
        if last is None:
            return RoutineResult(remembered={"last": economic.invoices.last_booked_number() or 0})
        listed = economic.booked_invoices.after(last)
        wanted = [one for one in listed if not _is_ours(context, one)]
        records = tuple(record_of(self.flow, str(one.bookedInvoiceNumber)) for one in wanted)
        numbers = [one.bookedInvoiceNumber for one in listed]
        return RoutineResult(records, remembered={"last": max([last, *numbers])})


def _is_ours(context: RoutineContext, listed: ListedInvoice) -> bool:
    """Whether it bears the mark of an invoice of Rackbeat's. One that is booked under another number is looked at."""
    key = marked_key(listed.other)
    if key is None:
        return False
    link = context.links.get(OF_CUSTOMER_INVOICES, key)
    is_copy = link is not None and link.economic_kind == BOOKED_LINK
    return not (is_copy and link is not None and link.economic_key != str(listed.bookedInvoiceNumber))
