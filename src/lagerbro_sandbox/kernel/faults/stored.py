"""Fault switches that are kept in the sandbox's file: a restart goes on with what is set and what is left of it."""

from __future__ import annotations

import sqlite3
from typing import Final

import msgspec

from lagerbro_sandbox.kernel.faults.plan import Fault, FaultPlan

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS fault (place INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""


class StoredFaults(FaultPlan):
    """Read once when the sandbox opens, since every request asks; written through."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection
        rows = connection.execute("SELECT body FROM fault ORDER BY place")
        self._faults = [msgspec.json.decode(row["body"], type=Fault) for row in rows]

    def set(self, fault: Fault) -> None:
        super().set(fault)
        self._write()

    def clear(self, name: str | None = None) -> None:
        super().clear(name)
        self._write()

    def _replace(self, name: str, fault: Fault | None) -> None:
        super()._replace(name, fault)
        self._write()

    def _write(self) -> None:
        self._connection.execute("DELETE FROM fault")
        rows = [(place, msgspec.json.encode(fault).decode()) for place, fault in enumerate(self._faults)]
        self._connection.executemany("INSERT INTO fault VALUES (?,?)", rows)
