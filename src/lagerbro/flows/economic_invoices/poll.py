"""The look at invoices that were booked in e-conomic and did not come from Rackbeat. An idle one costs one call.

e-conomic tells of no invoice when it was booked, so what is new is known by its number. Two series may stand in one
agreement, and Rackbeat's may run ahead of e-conomic's own: once a day the invoices of the latest weeks are listed too,
for one that was booked under a lower number than had been seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lagerbro.economic.sales_documents.types import ListedInvoice
from lagerbro.flows.customer_invoices.made import BOOKED_LINK
from lagerbro.flows.customer_invoices.mark import marked_key
from lagerbro.flows.economic_invoices.seen import Ranges, is_within, ranges_of
from lagerbro.flows.polls.position import parsed_moment
from lagerbro.flows.polls.section_poll import SectionPoll
from lagerbro.sync.flow import record_of
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult

ECONOMIC_INVOICES_POLL: Final = "economic_invoices_poll"
OF_CUSTOMER_INVOICES: Final = "customer_invoice"
BACK: Final = timedelta(days=35)
SWEPT_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EconomicInvoicesPoll(SectionPoll):
    """Asks once for each booked invoice that was not there at the look before. The very first look only remembers what
    is there: what was booked before the section was switched on is not touched (domain-rules F2)."""

    def run(self, context: RoutineContext) -> RoutineResult:
        if not self.section.is_on(context.choices):
            return RoutineResult()  # what is booked meanwhile is not taken afterwards
        economic, last = context.clients.economic, context.remembered.get("last")
        if last is None:
            number = economic.invoices.last_booked_number() or 0
            return RoutineResult(remembered={"last": number, **_remembered(_latest(context), context.now)})
        listed = economic.booked_invoices.after(last)
        numbers = [last, *(one.bookedInvoiceNumber for one in listed)]
        swept = {name: context.remembered[name] for name in ("seen", "swept_at") if name in context.remembered}
        if _is_due(context):
            latest = _latest(context)
            listed += _missed(latest, last, swept.get("seen"))
            swept = _remembered(latest, context.now)
        wanted = [one for one in listed if not _is_ours(context, one)]
        records = tuple(record_of(self.flow, str(one.bookedInvoiceNumber)) for one in wanted)
        return RoutineResult(records, remembered={"last": max(numbers), **swept})


def _latest(context: RoutineContext) -> list[ListedInvoice]:
    return context.clients.economic.booked_invoices.dated_from((context.now - BACK).date())


def _is_due(context: RoutineContext) -> bool:
    swept_at = parsed_moment(context.remembered.get("swept_at", ""))
    return swept_at is None or swept_at + SWEPT_EVERY <= context.now


def _missed(latest: Iterable[ListedInvoice], last: int, seen: Ranges | None) -> list[ListedInvoice]:
    """Those under a number that was passed by before they were booked; none where nobody remembers what was there."""
    if seen is None:
        return []
    passed = (one for one in latest if one.bookedInvoiceNumber <= last)
    return [one for one in passed if not is_within(seen, one.bookedInvoiceNumber)]


def _remembered(latest: Iterable[ListedInvoice], now: datetime) -> dict[str, object]:
    return {"seen": ranges_of(one.bookedInvoiceNumber for one in latest), "swept_at": now.isoformat()}


def _is_ours(context: RoutineContext, listed: ListedInvoice) -> bool:
    """Whether it bears the mark of an invoice of Rackbeat's. One that is booked under another number is looked at."""
    key = marked_key(listed.other)
    if key is None:
        return False
    link = context.links.get(OF_CUSTOMER_INVOICES, key)
    is_copy = link is not None and link.economic_kind == BOOKED_LINK
    return not (is_copy and link is not None and link.economic_key != str(listed.bookedInvoiceNumber))
