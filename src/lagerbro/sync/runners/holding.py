"""Being alone with an agreement on PostgreSQL: a session advisory lock on a connection of its own.

The server gives the lock back when the connection ends, whatever became of the process: within milliseconds after a
kill, within some twelve seconds after a lost network or when the process has been stopped (DESIGN 10).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import psycopg
from django.db import connection

LOCK_NAMESPACE: Final = 0x4C42
"""The first half of our advisory locks, so that another program's in the same database do not meet them."""


IDLE_S: Final = 12
"""The server ends a session that has been silent for so long: that of a process which is stopped but not dead."""
PING_S: Final = 3
"""Often enough that three in a row may be late."""


class AgreementLock:
    """The lock while it is held. A thread of its own keeps the session from falling silent."""

    def __init__(self, held_by: psycopg.Connection[Any]) -> None:
        self._connection = held_by
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ping_until_ended, name="hold")

    def is_lost(self) -> bool:
        """Whether the session is gone, and with it the right to go on."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return True
        return False

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _ping_until_ended(self) -> None:
        while not self._over.wait(PING_S):
            if self.is_lost():
                return


@contextmanager
def agreement_lock(agreement_id: int) -> Iterator[AgreementLock | None]:
    """Alone with the agreement, or None when somebody else is."""
    with closing(_session()) as session:
        # tried and not waited for: a thread that waits for one agreement is missing to all the others
        row = session.execute("SELECT pg_try_advisory_lock(%s, %s)", (LOCK_NAMESPACE, agreement_id)).fetchone()
        if row is None or not row[0]:
            yield None
            return
        held = AgreementLock(session)
        held.start()
        try:
            yield held
        finally:
            held.end()


def _session() -> psycopg.Connection[Any]:
    session = psycopg.connect(**parameters(), autocommit=True)
    session.execute(f"SET idle_session_timeout = '{IDLE_S}s'")  # PostgreSQL 14 and newer
    return session


def parameters() -> dict[str, Any]:
    """How to reach the database that Django is set up with."""
    given: dict[str, Any] = connection.get_connection_params()
    return {name: value for name, value in given.items() if name not in ("cursor_factory", "context")}
