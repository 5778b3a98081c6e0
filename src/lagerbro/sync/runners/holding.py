"""Being alone with an agreement on PostgreSQL: a session advisory lock on a connection of its own.

The server gives the lock back when the connection ends, whatever became of the process: within milliseconds after a
kill, within some ten seconds (TCP keepalive) after a lost network (DESIGN 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import psycopg
from django.db import connection

SPACE: Final = 0x4C42
"""The first half of our advisory locks, so that another program's in the same database do not meet them."""


class Hold:
    """The lock while it is held."""

    def __init__(self, held_by: psycopg.Connection[Any]) -> None:
        self._connection = held_by

    def is_lost(self) -> bool:
        """Whether the session is gone, and with it the right to go on."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return True
        return False


@contextmanager
def hold(agreement_id: int) -> Iterator[Hold | None]:
    """Alone with the agreement, or None when somebody else is."""
    with closing(_session()) as held_by:
        row = held_by.execute("SELECT pg_try_advisory_lock(%s, %s)", (SPACE, agreement_id)).fetchone()
        yield Hold(held_by) if row is not None and row[0] else None


def _session() -> psycopg.Connection[Any]:
    return psycopg.connect(**parameters(), autocommit=True)


def parameters() -> dict[str, Any]:
    """How to reach the database that Django is set up with."""
    found: dict[str, Any] = connection.get_connection_params()
    return {name: value for name, value in found.items() if name not in ("cursor_factory", "context")}
