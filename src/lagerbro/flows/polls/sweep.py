"""The nightly sweep: a look at the last weeks that trusts no mark, for whatever webhooks and polls have passed over.

It also sees what is not booked any more, or not there at all, although something was made of it (domain-rules H18).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from lagerbro.flows.polls.known import Standing, missing, standings
from lagerbro.flows.polls.listing import listing
from lagerbro.flows.polls.mark import asked
from lagerbro.flows.sections import Section
from lagerbro.rackbeat.types import Changed
from lagerbro.sync.flow import Flow
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK

BACK: Final = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class RackbeatSweep:
    """One list. Asks for the records that nobody has ever asked for, and for documents that have been unbooked or
    deleted since; one that was refused waits for a person as before. Master data that is deleted (`minds_deletion`
    False) is nobody's business."""

    name: str
    flow: Flow
    section: Section
    path: str
    timing: Timing
    minds_deletion: bool = True

    def run(self, context: RoutineContext) -> RoutineResult:
        """List what changed in the last weeks, but nothing from before the section was switched on."""
        if not self.section.is_on(context.choices):
            return RoutineResult(mark=context.mark)
        since = max(self.section.begins_at(context.agreement), context.stands_for - BACK)
        listed = listing(context.clients.rackbeat.changed(self.path, asked(since)))
        keys = [record.key for record in listed.records]
        known = standings(self.flow.kind, keys)
        wanted = [record.key for record in listed.records if _is_wanted(record, known.get(record.key))]
        if self.minds_deletion:
            wanted += missing(self.flow.kind, context.agreement.ledger_epoch, keys, since)
        records = tuple((self.flow.kind, key, self.flow.rank) for key in wanted)
        return RoutineResult(records, PRIORITY_BULK, context.mark, listed.code, listed.details)


def _is_wanted(record: Changed, standing: Standing | None) -> bool:
    if record.is_booked is False:
        return standing is not None and standing.minds_unbooking
    return standing is None
