"""Saying that a record may have changed. Doors, polls, people and other transfers all ask here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.overdue import begun

PRIORITY_DOCUMENT = 0
PRIORITY_BULK = 1
ROWS_MAX: Final = 50
"""Records asked for in one statement; SQLite takes 999 values in one."""

_COLUMNS: Final = (
    "agreement_id, kind, key, state, priority, rank, asked, done, due_at, claim, runs, failures, failure_kind, code,"
    " details, repeats, waiting_since, overdue_at, created_at, changed_at"
)
_ROW: Final = "(%s, %s, %s, %s, %s, %s, 1, 0, %s, '', 0, 0, '', '', '{}', 0, %s, %s, %s, %s)"
_IN_CONFLICT: Final = """
ON CONFLICT (agreement_id, kind, key) DO UPDATE SET asked = {table}.asked + 1,
due_at = CASE WHEN {table}.state = %s THEN {table}.due_at ELSE excluded.due_at END,
changed_at = CASE WHEN {table}.state = %s THEN {table}.changed_at ELSE excluded.changed_at END,
waiting_since = CASE WHEN {goes_on} THEN {table}.waiting_since ELSE excluded.waiting_since END,
overdue_at = CASE WHEN {goes_on} THEN {table}.overdue_at ELSE excluded.overdue_at END
"""
_GOES_ON: Final = "{table}.state = %s OR {table}.overdue_at IS NOT NULL"
"""Put aside, or waiting already: it does not begin to wait now."""


def enqueue(
    agreement_id: int,
    records: Iterable[tuple[str, str, int]],
    now: datetime,
    *,
    priority: int = PRIORITY_DOCUMENT,
) -> None:
    """Make the (kind, key, rank) records due. Inside the caller's transaction; idempotent but for the counter.

    One that is put aside is counted and stays where it is. Written as one statement that both databases understand,
    because several doors may ask for the same new record at the same moment.
    """
    rows = list(dict.fromkeys(records))
    for first in range(0, len(rows), ROWS_MAX):
        _enqueue(agreement_id, rows[first : first + ROWS_MAX], now, priority)


def _enqueue(agreement_id: int, rows: Sequence[tuple[str, str, int]], now: datetime, priority: int) -> None:
    table = connection.ops.quote_name(Transfer._meta.db_table)  # noqa: SLF001 - Django documents it
    wait = begun(now)
    at, overdue_at = (connection.ops.adapt_datetimefield_value(moment) for moment in (now, wait.overdue_at))
    values = [
        value
        for kind, key, rank in rows
        for value in (agreement_id, kind, key, TransferState.WAITING, priority, rank, at, at, overdue_at, at, at)
    ]
    statement = (
        f"INSERT INTO {table} ({_COLUMNS}) VALUES {', '.join([_ROW] * len(rows))}"  # noqa: S608 - made of constants
        f"{_IN_CONFLICT.format(table=table, goes_on=_GOES_ON.format(table=table))}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *[TransferState.PAUSED] * 4])
