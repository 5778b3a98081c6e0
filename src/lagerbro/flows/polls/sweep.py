"""The nightly sweep: a look at the last weeks that trusts no mark, for whatever webhooks and polls have passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from lagerbro.flows.polls.listing import listing
from lagerbro.flows.polls.mark import asked
from lagerbro.sync.flow import Flow
from lagerbro.sync.models import Transfer
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import PRIORITY_BULK

BACK: Final = timedelta(days=35)
KEYS_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class RackbeatSweep:
    """One list. Asks for records that nobody has ever asked for; one that was refused waits for a person as before."""

    name: str
    flow: Flow
    path: str
    timing: Timing
    only: Mapping[str, str] = field(default_factory=dict)

    def run(self, context: RoutineContext) -> RoutineResult:
        """List what changed in the last weeks, but nothing from before the integration was activated."""
        if not context.choices.sales_enabled:
            return RoutineResult(mark=context.mark)
        since = max(context.agreement.activated_at or context.agreement.created_at, context.stands_for - BACK)
        listed = listing(context.clients.rackbeat.changed(self.path, asked(since), self.only))
        keys = [record.key for record in listed.records]
        unknown = [key for at in range(0, len(keys), KEYS_MAX) for key in self._unknown(keys[at : at + KEYS_MAX])]
        records = tuple((self.flow.kind, key, self.flow.rank) for key in unknown)
        return RoutineResult(records, PRIORITY_BULK, context.mark, listed.code, listed.details)

    def _unknown(self, keys: list[str]) -> list[str]:
        known = set(Transfer.objects.filter(kind=self.flow.kind, key__in=keys).values_list("key", flat=True))
        return [key for key in keys if key not in known]
