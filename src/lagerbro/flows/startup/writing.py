"""The run: what the dry run planned is written, kind by kind, many records side by side (docs/decisions 0032).

A batch is marked, written and ended. Ending one and marking the next is one commit, made while the batch between them
is written, so that the calls never wait for the database. A row that is still marked when somebody comes back is
looked for by its number before it is written again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lagerbro.flows.startup.batch import SEND_FOR, Batch, Lanes
from lagerbro.flows.startup.kinds import GROUP_OF, LINKED, ORDER, Kind
from lagerbro.flows.startup.links import OwnWrite, store_links
from lagerbro.flows.startup.models import RecordState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action
from lagerbro.flows.startup.rows import not_transferred, update
from lagerbro.flows.startup.sending import end_without_call

BATCH: Final = 60
"""Rows of one batch, seven seconds of calls. Two are in hand at a time; a kill costs a look for each of their rows."""
UNFINISHED: Final = (RecordState.WAITING, RecordState.SENDING)
IN_BOTH: Final = (RecordState.MADE, RecordState.FILLED, RecordState.LINKED)


@dataclass
class Writing:
    """One slice of a run. `storing` is a commit that checks the claim."""

    run: StartupRun
    lanes: Lanes
    storing: Callable[[], AbstractContextManager[None]]
    failpoint: Callable[[str], None]

    def write(self) -> datetime | None:
        """Write until everything is done or it is time to give way; answers when to come back where that is later."""
        while not self.lanes.is_stopped:
            rank = self._present_rank()
            if rank is None:
                return None
            if not self._write_kind(rank):
                return self._earliest_retry_at(rank)
        if self.lanes.fault is not None:
            raise self.lanes.fault
        return None

    def _present_rank(self) -> int | None:
        """The first kind that is not done: the next one does not begin before its outcomes are known."""
        rows = StartupRecord.in_scope.filter(run=self.run, state__in=UNFINISHED).exclude(action=Action.CANNOT)
        return rows.order_by("rank").values_list("rank", flat=True).first()

    def _write_kind(self, rank: int) -> bool:
        """Whether there was anything of the kind that does not rest."""
        sent: Batch | None = None
        sending = self._turned_over(rank, None, ())
        is_anything = sending is not None
        while sending is not None:
            sent, sending = sending, self._send(rank, sending, sent)
        if sent is not None:
            with self.storing():
                self._store(sent)
        return is_anything

    def _send(self, rank: int, batch: Batch, before: Batch | None) -> Batch | None:
        """Send the batch, while the one before is ended and the next one is marked; answers that one."""
        following: list[Batch | None] = []
        self.lanes.send(batch, lambda: following.append(self._turned_over(rank, before, batch.rows)))
        self.failpoint("startup.sent")
        return following[0]

    def _turned_over(self, rank: int, sent: Batch | None, in_hand: Collection[StartupRecord]) -> Batch | None:
        """One commit: what was sent is ended, what is next is marked. None: nothing is next, or it is time to stop."""
        with self.storing():
            if sent is not None:
                self._store(sent)
            following = None if self.lanes.is_stopped else self._marked(rank, in_hand)
        self.failpoint("startup.marked")
        return following

    def _marked(self, rank: int, in_hand: Collection[StartupRecord]) -> Batch | None:
        now, taken = self.lanes.clock.now(), {row.pk for row in in_hand}
        rows = [row for row in self._next(rank, now) if row.pk not in taken]
        if not rows:
            return None
        kind = Kind(ORDER[rank])
        lost = not_transferred(self.run, GROUP_OF[kind]) if kind in GROUP_OF else set()
        choice = self.run.chosen.on_conflict_of(kind)
        looked_for = {row.pk for row in rows if row.state == RecordState.SENDING}
        to_send = [row for row in rows if row.pk in looked_for or not end_without_call(row, kind, choice, lost)]
        batch = Batch(kind, to_send, looked_for, choice, now + SEND_FOR)
        batch.mark()
        self._keep(kind, rows, {})
        return batch

    def _next(self, rank: int, now: datetime) -> list[StartupRecord]:
        """One action after the other, as the index has them: a hundred thousand rows are not sorted for a batch."""
        of_rank = StartupRecord.in_scope.filter(run=self.run, rank=rank)
        rested = of_rank.filter(state=RecordState.SENDING, rests_until__lte=now).exclude(action=Action.CANNOT)
        rows = list(rested.order_by("pk")[:BATCH])
        for action in (Action.MAKE, Action.SAME, Action.CONFLICT):
            waiting = of_rank.filter(state=RecordState.WAITING, action=action).order_by("pk")
            rows += waiting[: BATCH - len(rows)]
        return rows

    def _earliest_retry_at(self, rank: int) -> datetime | None:
        of_rank = StartupRecord.in_scope.filter(run=self.run, rank=rank, state=RecordState.SENDING)
        return of_rank.order_by("rests_until").values_list("rests_until", flat=True).first()

    def _store(self, batch: Batch) -> None:
        self._keep(batch.kind, batch.rows, {number: OwnWrite(moment) for number, moment in batch.end().items()})

    def _keep(self, kind: Kind, rows: Collection[StartupRecord], written: dict[str, OwnWrite]) -> None:
        """Inside a commit."""
        update(rows)
        if kind in LINKED:
            ended = [row for row in rows if row.state in IN_BOTH]
            store_links(self.run, kind, ended, written, self.lanes.clock.now())
