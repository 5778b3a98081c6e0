"""Saying that a record may have changed. Doors, polls, people and other transfers all ask here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from lagerbro.sync.models import TransferState
from lagerbro.sync.overdue import new_wait
from lagerbro.sync.waking import wake_on_commit
from lagerbro.wire.errors import FailureKind

PRIORITY_PERSON: Final = 0
"""Somebody looks at a page and waits for it."""
PRIORITY_DOCUMENT: Final = 1
PRIORITY_HINT: Final = 2
"""A master record that a webhook names: it may have changed. One that a document needs goes with the document."""
PRIORITY_BULK: Final = 3
"""What polls and the nightly sweep find of master records; it waited for long already."""
PRIORITY_STARTUP: Final = 4
"""The start-up sync: behind everything else, however long it takes."""
ROWS_MAX: Final = 50
"""Records asked for in one statement; SQLite takes 999 values in one."""

_COLUMNS: Final = (
    "agreement_id, kind, key, state, priority, rank, asked, done, due_at, claim, runs, failures, failure_kind, code,"
    " details, repeats, waiting_since, overdue_at, created_at, changed_at"
)
_ROW: Final = "(%s, %s, %s, %s, %s, %s, %s, 0, %s, '', 0, 0, '', '', '{}', 0, %s, %s, %s, %s)"
_TABLE: Final = "sync_transfer"
_IS_PAUSED: Final = f"{_TABLE}.state = '{TransferState.PAUSED.value}'"
"""Put aside: counted, and left where it is."""
_IS_LIMITED: Final = f"({_TABLE}.failure_kind = '{FailureKind.LIMITED.value}' AND {_TABLE}.due_at > excluded.due_at)"
"""A pause that the remote asked for is not cut short, whoever asks."""
_HAS_ITS_TURN: Final = f"{_TABLE}.due_at IS NOT NULL"
_HAS_WAITED: Final = f"{_TABLE}.overdue_at IS NOT NULL"
"""It does not begin to wait now."""
_IS_AS_URGENT: Final = f"{_TABLE}.due_at IS NOT NULL AND {_TABLE}.priority <= excluded.priority"
"""What is asked for again is as urgent as whoever needs it most."""
_ON_CONFLICT: Final = f"""
ON CONFLICT (agreement_id, kind, key) DO UPDATE SET asked = {_TABLE}.asked + excluded.asked,
priority = CASE WHEN {_IS_AS_URGENT} THEN {_TABLE}.priority ELSE excluded.priority END,
due_at = CASE WHEN {_IS_PAUSED} OR {_IS_LIMITED} {{or_has_its_turn}} THEN {_TABLE}.due_at ELSE excluded.due_at END,
changed_at = CASE WHEN {_IS_PAUSED} THEN {_TABLE}.changed_at ELSE excluded.changed_at END,
waiting_since = CASE WHEN {_IS_PAUSED} OR {_HAS_WAITED} THEN {_TABLE}.waiting_since ELSE excluded.waiting_since END,
overdue_at = CASE WHEN {_IS_PAUSED} OR {_HAS_WAITED} THEN {_TABLE}.overdue_at ELSE excluded.overdue_at END
"""
_AT_ONCE: Final = _ON_CONFLICT.format(or_has_its_turn="")
_IN_ITS_TURN: Final = _ON_CONFLICT.format(or_has_its_turn=f"OR {_HAS_ITS_TURN}")


@dataclass(frozen=True, slots=True)
class RankedRecord:
    """A record that may have changed. `rank` is its kind's place in the order of dependencies."""

    kind: str
    key: str
    rank: int


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """A record of some agreement that may have changed, and how urgent that is."""

    agreement_id: int
    record: RankedRecord
    priority: int = PRIORITY_DOCUMENT

    @property
    def identity(self) -> tuple[int, str, str]:
        return self.agreement_id, self.record.kind, self.record.key


def enqueue(
    agreement_id: int,
    records: Iterable[RankedRecord],
    now: datetime,
    *,
    priority: int = PRIORITY_DOCUMENT,
    at_once: bool = True,
) -> None:
    """Make the records due. Inside the caller's transaction; idempotent but for the counter.

    One that is put aside is counted and stays where it is; without `at_once` so does one that waits for its next try,
    for who needs a record knows of nothing that has changed about it. Written as one statement that both databases
    understand, because several doors may ask for the same new record at the same moment.
    """
    # each once: PostgreSQL refuses a statement that would update one row twice
    asked = [AskedRecord(agreement_id, record, priority) for record in dict.fromkeys(records)]
    for first in range(0, len(asked), ROWS_MAX):
        _insert([(one, 1) for one in asked[first : first + ROWS_MAX]], now, at_once=at_once)


def enqueue_all(take: Callable[[], Sequence[AskedRecord]], now: datetime) -> None:
    """Make the records of any agreements due, each counted as often as it is asked for, and wake the agreements.

    `take` says which: at most `ROWS_MAX`, and called when the database has let us in. One statement writes them, in one
    order: two programs that write the same rows crosswise would wait for one another.
    """
    with _as_one_write():
        asked = take()
        _insert(_counted(asked), now, at_once=True)
        for agreement_id in sorted({one.agreement_id for one in asked}):
            wake_on_commit(agreement_id)


def _counted(asked: Sequence[AskedRecord]) -> list[tuple[AskedRecord, int]]:
    assert len(asked) <= ROWS_MAX
    urgent = {one.identity: one for one in sorted(asked, key=lambda one: -one.priority)}  # the most urgent last
    times = Counter(one.identity for one in asked)
    return [(urgent[identity], times[identity]) for identity in sorted(urgent)]


def _as_one_write() -> AbstractContextManager[object]:
    """A file's writers queue for their transactions (`app.sqlite.base`); on PostgreSQL a statement is one by itself,
    and a transaction around it would ask the server three times."""
    return transaction.atomic() if connection.vendor == "sqlite" else nullcontext()


def _insert(rows: Sequence[tuple[AskedRecord, int]], now: datetime, *, at_once: bool) -> None:
    # by hand and not `bulk_create`: its ON CONFLICT takes values over and cannot count them
    at, overdue_at = (connection.ops.adapt_datetimefield_value(moment) for moment in (now, new_wait(now).overdue_at))
    values = [
        value
        for one, times in rows
        for value in (
            *(*one.identity, TransferState.WAITING, one.priority, one.record.rank, times),
            *(at, at, overdue_at, at, at),
        )
    ]
    statement = (
        f"INSERT INTO {_TABLE} ({_COLUMNS}) VALUES {', '.join([_ROW] * len(rows))}"  # noqa: S608 - made of constants
        f"{_AT_ONCE if at_once else _IN_ITS_TURN}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
