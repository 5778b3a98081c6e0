"""A sandbox's clock that is kept in the sandbox's file: a restart goes on in the time that the books are in."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Final

from lagerbro_sandbox.kernel.clock import Clock, MovableClock

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_us INTEGER NOT NULL);
"""
_US: Final = timedelta(microseconds=1)


class StoredClock(MovableClock):
    """Read once when the sandbox opens, since every request asks; written through."""

    def __init__(self, base: Clock, connection: sqlite3.Connection) -> None:
        row = connection.execute("SELECT offset_us FROM clock").fetchone()
        super().__init__(base, timedelta(0) if row is None else row["offset_us"] * _US)
        self._connection = connection

    def advance(self, by: timedelta) -> None:
        super().advance(by)
        self._connection.execute("INSERT OR REPLACE INTO clock VALUES (1,?)", (self.offset // _US,))
