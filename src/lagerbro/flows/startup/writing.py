"""The run: what the dry run planned is written, kind by kind, many records side by side (docs/decisions 0032).

A batch is marked in one commit, written, and ended in one commit. A row that is still marked when somebody comes back
is looked for by its number before it is written again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.startup.kinds import GROUP_OF, LINKED, ORDER, Kind
from lagerbro.flows.startup.links import OwnWrite, store_links
from lagerbro.flows.startup.models import RecordState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action
from lagerbro.flows.startup.rows import not_transferred, update
from lagerbro.flows.startup.sending import NotSent, Outcome, Sent, Unanswered, end_without_call, send
from lagerbro.rackbeat.records import RackbeatRecords
from lagerbro.sync.runtime import Clock, RunAll
from lagerbro.sync.waiting import OUTCOME_PENDING_FOR
from lagerbro.wire.errors import RemoteError

BATCH: Final = 120
"""Rows in hand at one time, a quarter of a minute of calls; a kill costs a look for each of them."""
SEND_FOR: Final = timedelta(seconds=20)
"""A batch is sent within so long of its mark, or what is left of it goes back."""
TRIES_MAX: Final = 5
"""Writes of one row without an answer; then it is told as refused."""
UNFINISHED: Final = (RecordState.WAITING, RecordState.SENDING)


@dataclass
class Writing:
    """One slice of a run. `storing` is a commit that checks the claim; `is_over` says when to give way."""

    run: StartupRun
    records: RackbeatRecords
    clock: Clock
    run_all: RunAll
    storing: Callable[[], AbstractContextManager[None]]
    is_over: Callable[[], bool]
    failpoint: Callable[[str], None]
    written: int = 0
    fault: RemoteError | None = field(default=None, init=False)
    """What keeps every record from being written."""

    def write(self) -> datetime | None:
        """Write until everything is done or it is time to give way; answers when to come back where that is later."""
        while self.fault is None and not self.is_over():
            rank = self._present_rank()
            if rank is None:
                return None
            now = self.clock.now()
            rows = self._next(rank, now)
            if not rows:
                return self._earliest_retry_at(rank)
            self._write_batch(rows, now)
        if self.fault is not None:
            raise self.fault
        return None

    def _present_rank(self) -> int | None:
        """The first kind that is not done: the next one does not begin before its outcomes are known."""
        rows = StartupRecord.in_scope.filter(run=self.run, state__in=UNFINISHED).exclude(action=Action.CANNOT)
        return rows.order_by("rank").values_list("rank", flat=True).first()

    def _next(self, rank: int, now: datetime) -> list[StartupRecord]:
        of_rank = StartupRecord.in_scope.filter(run=self.run, rank=rank).exclude(action=Action.CANNOT)
        rested = of_rank.filter(state=RecordState.SENDING, rests_until__lte=now).order_by("pk")[:BATCH]
        waiting = of_rank.filter(state=RecordState.WAITING).order_by("pk")[:BATCH]
        return [*rested, *waiting][:BATCH]

    def _earliest_retry_at(self, rank: int) -> datetime | None:
        of_rank = StartupRecord.in_scope.filter(run=self.run, rank=rank, state=RecordState.SENDING)
        return of_rank.order_by("rests_until").values_list("rests_until", flat=True).first()

    def _write_batch(self, rows: Sequence[StartupRecord], now: datetime) -> None:
        kind = Kind(ORDER[rows[0].rank])
        lost = not_transferred(self.run, GROUP_OF[kind]) if kind in GROUP_OF else set()
        choice = self.run.chosen.on_conflict_of(kind)
        looked_for = {row.pk for row in rows if row.state == RecordState.SENDING}
        to_send = [row for row in rows if row.pk in looked_for or not end_without_call(row, kind, choice, lost)]
        for row in to_send:
            row.state, row.rests_until = RecordState.SENDING, now + SEND_FOR + OUTCOME_PENDING_FOR
        self._store(kind, rows, {})
        self.failpoint("startup.marked")
        outcomes: dict[int, Outcome] = {}
        jobs = [partial(self._job, row, kind, row.pk in looked_for, now + SEND_FOR, outcomes) for row in to_send]
        self.run_all(jobs)
        self.failpoint("startup.sent")
        self._end(kind, to_send, looked_for, outcomes)

    def _job(
        self,
        row: StartupRecord,
        kind: Kind,
        looks_first: bool,  # noqa: FBT001 - bound to a job
        until: datetime,
        outcomes: dict[int, Outcome],
    ) -> None:
        with agreement_scope(self.run.agreement_id):  # a thread of its own has no scope yet
            if self.fault is not None or self.clock.now() >= until or self.is_over():
                outcomes[row.pk] = NotSent()
                return
            try:
                outcomes[row.pk] = send(
                    self.records, row, kind, self.run.chosen.on_conflict_of(kind), looks_first=looks_first
                )
            except RemoteError as fault:
                self.fault = fault
                outcomes[row.pk] = Unanswered() if fault.outcome_unknown else NotSent()

    def _end(
        self, kind: Kind, rows: Sequence[StartupRecord], looked_for: Set[int], outcomes: Mapping[int, Outcome]
    ) -> None:
        links: dict[str, OwnWrite] = {}
        for row in rows:
            outcome = outcomes.get(row.pk, Unanswered())
            match outcome:
                case Sent():
                    outcome.end(row)
                    if outcome.updated_at is not None:
                        links[row.number] = OwnWrite(outcome.updated_at)
                    self.written += 1
                case NotSent():  # nothing went out: as it was before it was marked
                    row.state = RecordState.SENDING if row.pk in looked_for else RecordState.WAITING
                case Unanswered():  # a kill is none: only what was asked and not answered counts
                    row.tries += 1
                    if row.tries >= TRIES_MAX:
                        Sent(RecordState.REFUSED, "startup_no_answer").end(row)
        self._store(kind, rows, links)

    def _store(self, kind: Kind, rows: Sequence[StartupRecord], written: dict[str, OwnWrite]) -> None:
        with self.storing():
            update(rows)
            if kind in LINKED:
                ended = [row for row in rows if row.state in (RecordState.MADE, RecordState.FILLED, RecordState.LINKED)]
                store_links(self.run, kind, ended, written, self.clock.now())
