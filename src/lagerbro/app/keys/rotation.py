"""Renewing the keys: everything sealed is put under the newest, and counted, before the older ones may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lagerbro.agreements.models import KeyCanary
from lagerbro.agreements.secrets import key_index_of, reseal
from lagerbro.app.keys.sealed import CANARIES, SEALED, SealedColumn
from lagerbro.app.keys.signed import renew_sessions

ROUNDS_MAX: Final = 5
"""Whoever writes meanwhile may undo ours, as it may have been read before; we never undo theirs."""
LINKS_LAST: Final = timedelta(days=3)
"""How long a letter's link may be used that was signed with the key before (`PASSWORD_RESET_TIMEOUT`)."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a column are sealed with what. `unreadable`: the keys of those that no key here opens."""

    name: str
    newest: int
    older: int
    unreadable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    counts: Sequence[Count]
    links_until: datetime
    """From then on nothing that was signed with an older key is of use to anybody."""

    @property
    def older(self) -> int:
        return sum(count.older for count in self.counts)

    @property
    def unreadable(self) -> int:
        return sum(len(count.unreadable) for count in self.counts)


def rotate(columns: Sequence[SealedColumn] = SEALED) -> Rotation:
    """Put every stored secret and session under the newest key; when none is left under another, forget the others'
    canaries. Rows that cannot be opened are passed over, and told. Each row is a transaction of its own.
    """
    for _ in range(ROUNDS_MAX):
        for column in columns:
            _reseal(column)
        renew_sessions()
        counts = [_counted(column) for column in columns]
        if not any(count.older for count in counts):
            _forget_older_canaries()
            break
    newest = [row.made_at for row in KeyCanary.objects.all() if key_index_of(bytes(row.sealed)) == 0]
    return Rotation(counts, min(newest) + LINKS_LAST)


def _reseal(column: SealedColumn) -> None:
    for key, stored in column.rows():
        key_indexes = {key_index_of(value) for value in column.values(stored)}
        if key_indexes - {0} and None not in key_indexes:
            column.replace(key, stored, column.changed(stored, reseal))


def _counted(column: SealedColumn) -> Count:
    newest, older, unreadable = 0, 0, []
    for key, stored in column.rows():
        key_indexes = {key_index_of(value) for value in column.values(stored)}
        if None in key_indexes:
            unreadable.append(key)
        elif key_indexes - {0}:
            older += 1
        elif key_indexes:
            newest += 1
    return Count(f"{column.table}.{column.column}", newest, older, tuple(unreadable))


def _forget_older_canaries() -> None:
    for key, stored in CANARIES.rows():
        if key_index_of(stored) != 0:
            KeyCanary.objects.filter(pk=key).delete()
