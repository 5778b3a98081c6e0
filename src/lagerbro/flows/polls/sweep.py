"""The nightly sweep: a look at the last weeks that trusts no memory, for whatever webhooks and polls passed over.

It also sees what is not booked any more, or not there at all, although something was made of it (domain-rules H18).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from lagerbro.flows.polls.listing import listing
from lagerbro.flows.polls.position import filter_moment
from lagerbro.flows.polls.stored_transfers import (
    TransferStatus,
    missing_documents,
    transfer_statuses,
    transferred_versions,
)
from lagerbro.flows.sections import Section
from lagerbro.flows.startup.links import is_own_write, under_way
from lagerbro.rackbeat.types import Changed
from lagerbro.sync.flow import Flow, record_of
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK

BACK: Final = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class RackbeatSweep:
    """One list. Asks for the records that nobody has ever asked for, and for documents that have been unbooked or
    deleted since; one that was refused waits for a person as before. Master data that is deleted (`is_deletion_news`
    False) is nobody's business."""

    name: str
    flow: Flow
    section: Section
    path: str
    timing: Timing
    is_deletion_news: bool = True

    def run(self, context: RoutineContext) -> RoutineResult:
        """List what changed in the last weeks, but nothing from before the section was switched on."""
        if not self.section.is_on(context.choices):
            return RoutineResult(remembered=context.remembered)
        # from the night that it stands for and not from now: a sweep that comes late looks at the same weeks
        since = max(self.section.begins_at(context.agreement), context.stands_for - BACK)
        listed = listing(context.clients.rackbeat.changed(self.path, filter_moment(since)))
        keys = [record.key for record in listed.records]
        statuses = transfer_statuses(self.flow.kind, keys)
        versions = transferred_versions(self.flow.kind, context.agreement.ledger_epoch, keys)
        news = [one for one in listed.records if not is_own_write(versions.get(one.key), one.updated_at)]
        ours = under_way(self.flow.kind, keys)
        wanted = [one.key for one in news if one.key not in ours and _is_wanted(one, statuses.get(one.key))]
        if self.is_deletion_news:
            wanted += missing_documents(self.flow.kind, context.agreement.ledger_epoch, keys, since)
        records = tuple(record_of(self.flow, key) for key in wanted)
        return RoutineResult(records, PRIORITY_BULK, context.remembered, listed.code, listed.details)


def _is_wanted(record: Changed, status: TransferStatus | None) -> bool:
    if record.is_booked is False:
        return status is not None and status.is_unbooking_news
    return status is None
