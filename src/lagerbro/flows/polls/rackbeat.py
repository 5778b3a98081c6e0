"""Polls of Rackbeat's lists: they catch what a webhook should have told us and did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lagerbro.flows.polls.listing import listing
from lagerbro.flows.polls.mark import PollPosition, asked
from lagerbro.rackbeat.types import Changed
from lagerbro.sync.flow import Flow
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK


@dataclass(frozen=True, slots=True)
class RackbeatPoll:
    """One list. `path` and `only` say what is listed; what changed is asked for as a record of `flow`'s kind."""

    name: str
    flow: Flow
    path: str
    timing: Timing
    only: Mapping[str, str] = field(default_factory=dict)
    priority: int = PRIORITY_BULK

    def run(self, context: RoutineContext) -> RoutineResult:
        """List what changed since the mark. What was changed before the integration was activated is not touched."""
        if not context.choices.sales_enabled:
            return RoutineResult(mark=context.mark)
        mark = PollPosition.of(context.mark)
        since = mark.since(context.agreement.activated_at or context.agreement.created_at)
        listed = listing(context.clients.rackbeat.changed(self.path, asked(since), self.only))
        news, after = mark.news(listed.records, context.now)
        wanted = [record for record in news if not self._is_transferred(context, record)]
        records = tuple((self.flow.kind, record.key, self.flow.rank) for record in wanted)
        return RoutineResult(records, self.priority, after.stored(), listed.code, listed.details)

    def _is_transferred(self, context: RoutineContext, record: Changed) -> bool:
        """A document is known by the moment it was booked; master data has to be read to be compared."""
        if record.booked_at is None:
            return False
        link = context.links.get(self.flow.kind, record.key)
        return link is not None and link.version == record.booked_at
