"""Rows that are sent side by side: whoever is free takes the next one, so that a slow call holds nobody else up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.startup.choices import OnConflict
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.models import RecordState, StartupRecord
from lagerbro.flows.startup.sending import NotSent, Outcome, Sent, Unanswered, send
from lagerbro.rackbeat.records import RackbeatRecords
from lagerbro.sync.runtime import Clock, RunAll
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR
from lagerbro.wire.errors import RemoteError

SEND_FOR: Final = timedelta(seconds=30)
"""A batch is sent within so long of its mark, or what is left of it goes back: twice what two batches take."""
TRIES_MAX: Final = 5
"""Writes of one row without an answer; then it is told as refused."""
LANES: Final = 8
"""More than there are threads: a lane that finds nothing left ends at once."""


@dataclass
class Batch:
    """Rows that are marked, and what became of them."""

    kind: Kind
    rows: list[StartupRecord]
    looked_for: Set[int]
    choice: OnConflict
    until: datetime
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def mark(self) -> None:
        """From here on somebody else looks for them before they are written."""
        for row in self.rows:
            row.state, row.rests_until = RecordState.SENDING, self.until + OUTCOME_PENDING_FOR

    def end(self) -> dict[str, str]:
        """Give each row what became of it; answers the moments of our own writes, by number."""
        moments: dict[str, str] = {}
        for row in self.rows:
            match self.outcomes.get(row.pk, Unanswered()):
                case Sent() as sent:
                    sent.end(row)
                    if sent.updated_at is not None:
                        moments[row.number] = sent.updated_at
                case NotSent():  # nothing went out: as it was before it was marked
                    row.state = RecordState.SENDING if row.pk in self.looked_for else RecordState.WAITING
                case Unanswered():  # a kill is none: only what was asked and not answered counts
                    row.tries += 1
                    if row.tries >= TRIES_MAX:
                        Sent(RecordState.REFUSED, "startup_no_answer").end(row)
        return moments


@dataclass
class Lanes:
    """The threads that send. `is_over` says when to give way; `fault` is what keeps every record from being written."""

    agreement_id: int
    records: RackbeatRecords
    clock: Clock
    run_all: RunAll
    is_over: Callable[[], bool]
    fault: RemoteError | None = None
    is_broken: bool = False
    """What was to be stored beside could not be."""

    @property
    def is_stopped(self) -> bool:
        return self.is_broken or self.fault is not None or self.is_over()

    def send(self, batch: Batch, beside: Callable[[], None]) -> None:
        """Send the batch; `beside` is what one of the threads does first, while the others send already."""
        left = deque(batch.rows)
        lane = partial(self._lane, batch, left)
        self.run_all([partial(self._after, beside, lane), *[lane] * (min(LANES, len(left)) - 1)])

    def _after(self, beside: Callable[[], None], lane: Callable[[], None]) -> None:
        is_stored = False
        try:
            with agreement_scope(self.agreement_id):  # a thread of its own has no scope yet
                beside()
            is_stored = True
        finally:
            self.is_broken = not is_stored
        lane()

    def _lane(self, batch: Batch, left: deque[StartupRecord]) -> None:
        with agreement_scope(self.agreement_id):
            while (row := _next(left)) is not None:
                batch.outcomes[row.pk] = self._outcome(batch, row)

    def _outcome(self, batch: Batch, row: StartupRecord) -> Outcome:
        if self.is_stopped or self.clock.now() >= batch.until:
            return NotSent()
        try:
            return send(self.records, row, batch.kind, batch.choice, looks_first=row.pk in batch.looked_for)
        except RemoteError as fault:
            self.fault = fault
            return Unanswered() if fault.outcome_unknown else NotSent()


def _next(left: deque[StartupRecord]) -> StartupRecord | None:
    try:
        return left.popleft()
    except IndexError:  # somebody else has taken the last one
        return None
