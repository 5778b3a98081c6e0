"""The sandbox's tables. Registers and invoices are records: one JSON body per (agreement, kind, key). The ledger and
the journals have tables of their own, since they are summed and looked through.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lagerbro_sandbox.economic.storage import draft_entries, entries, marks, outbox
from lagerbro_sandbox.economic.storage.draft_entries import DraftEntries
from lagerbro_sandbox.economic.storage.entries import Entries
from lagerbro_sandbox.economic.wire.webhook_events import EVENT_OF_KIND
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record, Records, record

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS agreement (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS app (secret TEXT PRIMARY KEY, number INTEGER NOT NULL, public_token TEXT NOT NULL,
    name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS permit (token TEXT PRIMARY KEY, agreement INTEGER NOT NULL, app_secret TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS voucher_document (agreement INTEGER NOT NULL, number INTEGER NOT NULL, year TEXT NOT NULL,
    voucher INTEGER NOT NULL, note TEXT, pages INTEGER NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (agreement, number));
CREATE UNIQUE INDEX IF NOT EXISTS voucher_document_key ON voucher_document (agreement, year, voucher);
CREATE TABLE IF NOT EXISTS attached (tenant INTEGER NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL,
    pages INTEGER NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (tenant, owner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS replay (agreement INTEGER NOT NULL, app_secret TEXT NOT NULL, key TEXT NOT NULL,
    url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (agreement, app_secret, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What became of a record that webhooks tell about: None as the old key of a new one, as the new of a deleted."""

    agreement: int
    kind: str
    old_key: str | int | None
    new_key: str | int | None


class Store(Records):
    """All agreements of one sandbox."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA + entries.SCHEMA + draft_entries.SCHEMA + outbox.SCHEMA + marks.SCHEMA)
        self.entries = Entries(self.connection)
        self.draft_entries = DraftEntries(self.connection)
        self.changes: list[RecordChange] = []
        """What the present request did."""

    def put(self, tenant: int, kind: str, key: str | int, body: Record) -> None:
        if kind in EVENT_OF_KIND:
            self.changes.append(RecordChange(tenant, kind, None if self.get(tenant, kind, key) is None else key, key))
        super().put(tenant, kind, key, body)
        marks.write(self.connection, tenant, kind, str(key), body)

    def delete(self, tenant: int, kind: str, key: str | int) -> bool:
        marks.erase(self.connection, tenant, kind, str(key))
        done = super().delete(tenant, kind, key)
        if done and kind in EVENT_OF_KIND:
            self.changes.append(RecordChange(tenant, kind, key, None))
        return done

    def count(self, tenant: int, kind: str) -> int:
        """How many records of a kind there are, without reading them."""
        sql = "SELECT COUNT(*) FROM record INDEXED BY record_place WHERE tenant=? AND kind=?"
        return int(self.connection.execute(sql, (tenant, kind)).fetchone()[0])

    def page(self, tenant: int, kind: str, skip: int, size: int, *, descending: bool = False) -> list[Record]:
        """Records in the order of their keys; those that are passed over are not read."""
        way = "DESC" if descending else "ASC"
        sql = (
            "SELECT key FROM record INDEXED BY record_place WHERE tenant=? AND kind=? "  # noqa: S608 - constants
            f"ORDER BY place {way}, key {way} LIMIT ? OFFSET ?"
        )
        rows = self.connection.execute(sql, (tenant, kind, size, skip)).fetchall()
        return self.several(tenant, kind, [row[0] for row in rows])

    def before(self, tenant: int, kind: str, place: int, key: str = "") -> int:
        """How many stand before that place, and before the key at it, without reading them."""
        sql = "SELECT COUNT(*) FROM record INDEXED BY record_place WHERE tenant=? AND kind=? AND (place, key) < (?,?)"
        return int(self.connection.execute(sql, (tenant, kind, place, key)).fetchone()[0])

    def several(self, tenant: int, kind: str, keys: list[str]) -> list[Record]:
        """The records with these keys, in their order."""
        records = (self.get(tenant, kind, key) for key in keys)
        return [body for body in records if body is not None]

    def agreement(self, number: int) -> Record:
        """The agreement's own record."""
        row = self.connection.execute("SELECT body FROM agreement WHERE number=?", (number,)).fetchone()
        return record(row[0])

    def put_agreement(self, number: int, body: Record) -> None:
        self.connection.execute("UPDATE agreement SET body=? WHERE number=?", (to_json(body).decode(), number))

    def switch(self, name: str, unset: int = 0) -> int:
        """A setting of the whole sandbox; `unset` when it was never set."""
        row = self.connection.execute("SELECT value FROM switch WHERE name=?", (name,)).fetchone()
        return unset if row is None else int(row[0])

    def set_switch(self, name: str, value: int) -> None:
        self.connection.execute("INSERT OR REPLACE INTO switch VALUES (?,?)", (name, str(value)))
