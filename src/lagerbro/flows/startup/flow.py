"""A slice of the start-up sync, as the engine runs it: read or write for a while, give way, come back.

It stands behind everything else. Its slices end when anything else of the agreement is due, when somebody else waits
for a worker, and when the program stops; whatever was in hand is stored first (docs/decisions 0032).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from lagerbro.agreements.directories import stored_directory
from lagerbro.agreements.models import AgreementState
from lagerbro.flows.startup.batch import Lanes
from lagerbro.flows.startup.candidate import MappingContext
from lagerbro.flows.startup.ending import end_run, note_read
from lagerbro.flows.startup.models import RunState, StartupRun
from lagerbro.flows.startup.reading import LIST_CHANGING, TOO_MANY, Reading, begin_list_again
from lagerbro.flows.startup.vat import vat_of_groups
from lagerbro.flows.startup.writing import Writing
from lagerbro.sync.outcome import Outcome, OutcomePending, Skipped, Transferred
from lagerbro.sync.storage.claims import is_anything_due_in_scope
from lagerbro.sync.storage.due import agreements_with_due_work
from lagerbro.sync.work import Work
from lagerbro.wire.exchange import Exchange

STARTUP: Final = "startup"
SLICE: Final = timedelta(minutes=5)
LOOK_INTERVAL: Final = timedelta(milliseconds=500)
"""How often a slice looks whether anybody waits for it."""
OTHERS_WAIT_MAX: Final = timedelta(seconds=1)
"""Another agreement's work that is due for so long waits for a worker."""


class StartupFlow:
    """The start-up sync of a ledger epoch, which is the key."""

    kind = STARTUP
    rank = 0
    runs_while_starting = True

    def run(self, work: Work) -> Outcome:
        run = StartupRun.in_scope.filter(epoch=work.agreement.ledger_epoch).first()
        if run is None or str(run.epoch) != work.transfer.key:
            return Skipped("startup_of_another_ledger")
        if run.code and work.is_asked_anew:  # somebody tries again: the list that could not be read is read once more
            begin_list_again(run)
        if run.state == RunState.READING and not run.code:
            return self._read(work, run)
        if run.state == RunState.RUNNING:
            return self._write(work, run)
        return _outcome_at_rest(run)

    def _read(self, work: Work, run: StartupRun) -> Outcome:
        clients = work.runtime.connect(work.agreement, _observe_failures(work))
        found = stored_directory(work.agreement)
        vat = vat_of_groups(found[0]) if found else {}
        context = MappingContext(work.agreement.base_currency, vat, run.chosen.all_groups_stocked)
        Reading(run, clients, context, work.storing, _Slice(work, run).is_over).read()
        if run.state == RunState.READING and not run.code:
            return Transferred(code="startup_reading", follows=_next_slice(work))
        note_read(run, work.runtime.clock.now())
        return _outcome_at_rest(run)

    def _write(self, work: Work, run: StartupRun) -> Outcome:
        runtime, part = work.runtime, _Slice(work, run)
        faults = _FaultsBeside(work)
        clients = runtime.connect(work.agreement, faults.observe)
        records = clients.rackbeat.records.behind_others()
        lanes = Lanes(run.agreement_id, records, runtime.clock, runtime.run_all, part.is_over)
        try:
            rests_until = Writing(run, lanes, faults.storing, runtime.failpoint).write()
        finally:
            faults.hand_over()
        if rests_until is not None:
            raise OutcomePending(rests_until, "startup_rests")
        if end_run(run, work.agreement, runtime.clock.now()):
            return Transferred(code="startup_done")
        return Transferred(code="startup_writing", follows=_next_slice(work))


def _next_slice(work: Work) -> tuple[tuple[str, str], ...]:
    """The next slice."""
    return ((STARTUP, work.transfer.key),)


def _outcome_at_rest(run: StartupRun) -> Outcome:
    """Nothing is done before a person does something."""
    if run.code == TOO_MANY:
        return Transferred(code=TOO_MANY, needs_person=True)
    if run.code:
        return Transferred(code=LIST_CHANGING, needs_person=True)
    if run.state == RunState.READY:
        return Transferred(code="startup_ready")
    return Transferred(code="startup_done" if run.state == RunState.DONE else "startup_paused")


class _Slice:
    """When a slice is over. Asked by several threads, inside the agreement's scope."""

    def __init__(self, work: Work, run: StartupRun) -> None:
        self._work = work
        self._present = StartupRun.in_scope.filter(pk=run.pk, state=run.state)
        self._clock = work.runtime.clock
        self._ends_at = self._clock.now() + SLICE
        self._looked_at: datetime = self._clock.now()
        self._is_wanted = False
        self._others = [kind for kind in work.runtime.flows if kind != STARTUP]
        self._looking = threading.Lock()

    def is_over(self) -> bool:
        if self._is_wanted or self._work.stopping() or self._clock.now() >= self._ends_at:
            return True
        if self._clock.now() >= self._looked_at + LOOK_INTERVAL and self._looking.acquire(blocking=False):
            try:
                self._looked_at = self._clock.now()
                self._is_wanted = self._is_anybody_waiting(self._looked_at)
            finally:
                self._looking.release()
        return self._is_wanted

    def _is_anybody_waiting(self, now: datetime) -> bool:
        agreement = self._work.agreement
        if not self._present.exists():  # paused, or another dry run was asked for
            return True
        if agreement.state == AgreementState.ACTIVE and is_anything_due_in_scope(now, self._others):
            return True
        others = agreements_with_due_work(now - OTHERS_WAIT_MAX, limit=2)
        return any(one != agreement.pk for one in others)


class _FaultsBeside:
    """The same while other threads call: what they see is handed over between two commits."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._seen: deque[Exchange] = deque()

    def observe(self, exchange: Exchange) -> None:
        if exchange.error_code:
            self._seen.append(exchange)

    def hand_over(self) -> None:
        while self._seen:
            self._work.observe(self._seen.popleft())

    @contextmanager
    def storing(self) -> Iterator[None]:
        self.hand_over()
        with self._work.storing():
            yield


def _observe_failures(work: Work) -> Callable[[Exchange], None]:
    """Of ten thousand calls only those that failed are kept: the rows of the run tell what became of each record."""

    def observe(exchange: Exchange) -> None:
        if exchange.error_code:
            work.observe(exchange)

    return observe
