"""Records of one JSON body each, by tenant, kind and key; sequences beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lagerbro_sandbox.kernel import stored_clock
from lagerbro_sandbox.kernel.faults import stored as stored_faults
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.storage import connect

SCHEMA = """
CREATE TABLE IF NOT EXISTS record (tenant INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    place INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (tenant INTEGER NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (tenant, name)) WITHOUT ROWID;
"""

PLACE_DIGITS_MAX = 18

Record = dict[str, Any]
KeyedRecord = tuple[str, str | int, Record]
"""With its kind and its key before it."""


class Records:
    """The record tables of one sandbox. `place` sorts numeric keys as numbers."""

    def __init__(self, path: Path, schema: str, records: str = SCHEMA) -> None:
        self.connection = connect(path, records + stored_clock.SCHEMA + stored_faults.SCHEMA + schema)

    def get(self, tenant: int, kind: str, key: str | int) -> Record | None:
        row = self.connection.execute(
            "SELECT body FROM record WHERE tenant=? AND kind=? AND key=?", (tenant, kind, str(key))
        ).fetchone()
        return None if row is None else record(row[0])

    def put(self, tenant: int, kind: str, key: str | int, body: Record) -> None:
        text = str(key)
        self.connection.execute(
            "INSERT OR REPLACE INTO record VALUES (?,?,?,?,?)",
            (tenant, kind, text, place_of(text), to_json(body).decode()),
        )

    def delete(self, tenant: int, kind: str, key: str | int) -> bool:
        done = self.connection.execute(
            "DELETE FROM record WHERE tenant=? AND kind=? AND key=?", (tenant, kind, str(key))
        )
        return done.rowcount == 1

    def all(self, tenant: int, kind: str) -> list[Record]:
        rows = self.connection.execute(
            "SELECT body FROM record WHERE tenant=? AND kind=? ORDER BY place, key", (tenant, kind)
        )
        return [record(row[0]) for row in rows]

    def next_number(self, tenant: int, kind: str, first: int = 1) -> int:
        """The number after the highest there is, so a freed number at the end is given again."""
        # as e-conomic does with drafts: whoever tells a draft by its number alone must be found out here (H29)
        row = self.connection.execute(
            "SELECT MAX(place) FROM record WHERE tenant=? AND kind=?", (tenant, kind)
        ).fetchone()
        return max(first, (row[0] or 0) + 1)

    def count_up(self, tenant: int, name: str, by: int = 1) -> int:
        """The counter after it has grown by `by`."""
        self.connection.execute(
            "INSERT INTO counter VALUES (?,?,?) ON CONFLICT DO UPDATE SET value = value + ?", (tenant, name, by, by)
        )
        row = self.connection.execute("SELECT value FROM counter WHERE tenant=? AND name=?", (tenant, name)).fetchone()
        return int(row[0])

    def counter(self, tenant: int, name: str) -> int:
        """Where the counter stands; 0 before it has grown."""
        row = self.connection.execute("SELECT value FROM counter WHERE tenant=? AND name=?", (tenant, name)).fetchone()
        return 0 if row is None else int(row[0])

    def close(self) -> None:
        self.connection.close()


def place_of(key: str) -> int:
    """Where a key stands among the numeric ones; 0 for one that is no number."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < PLACE_DIGITS_MAX else 0


def record(text: str) -> Record:
    body = from_json(text)
    assert isinstance(body, dict)
    return body
