"""The tables of draft entries: each as it was entered, and what it would do to the accounts."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import from_minor, minor
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record, record

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS draft_entry (agreement INTEGER NOT NULL, number INTEGER NOT NULL, journal INTEGER NOT NULL,
    year TEXT NOT NULL, voucher INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (agreement, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS draft_voucher ON draft_entry (agreement, journal, voucher, year);
CREATE TABLE IF NOT EXISTS draft_posting (agreement INTEGER NOT NULL, number INTEGER NOT NULL,
    account INTEGER NOT NULL, base_amount INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS draft_posting_entry ON draft_posting (agreement, number);
CREATE INDEX IF NOT EXISTS draft_posting_account ON draft_posting (agreement, account, base_amount);
"""


class DraftEntries:
    """The draft entries of all agreements; what is in one is told in `draft_entries`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(
        self, agreement: int, *, journal: int | None = None, year: str | None = None, voucher: int | None = None
    ) -> list[Record]:
        """The draft entries, oldest first: all, or those of a journal, year or voucher."""
        given = {"journal": journal, "year": year, "voucher": voucher}
        wanted = {name: value for name, value in given.items() if value is not None}
        where = "".join(f" AND {name}=?" for name in wanted)
        sql = f"SELECT body FROM draft_entry WHERE agreement=?{where} ORDER BY number"  # noqa: S608 - constants
        return [record(row[0]) for row in self._connection.execute(sql, (agreement, *wanted.values()))]

    def count(self, agreement: int, journal: int) -> int:
        """How many draft entries a journal has, without reading them."""
        sql = "SELECT COUNT(*) FROM draft_entry WHERE agreement=? AND journal=?"
        return int(self._connection.execute(sql, (agreement, journal)).fetchone()[0])

    def one(self, agreement: int, number: int) -> Record | None:
        sql = "SELECT body FROM draft_entry WHERE agreement=? AND number=?"
        row = self._connection.execute(sql, (agreement, number)).fetchone()
        return None if row is None else record(row[0])

    def are_of_voucher(self, agreement: int, journal: int, voucher: int, year: str | None = None) -> bool:
        """Whether the journal has draft entries under this number, in the year or in any."""
        where = "agreement=? AND journal=? AND voucher=? AND year=COALESCE(?,year)"
        sql = f"SELECT 1 FROM draft_entry WHERE {where} LIMIT 1"  # noqa: S608 - constants
        return self._connection.execute(sql, (agreement, journal, voucher, year)).fetchone() is not None

    def put(self, agreement: int, entry: Record, postings: list[tuple[int, Decimal]]) -> None:
        """Keep the draft entry, and what it would do to accounts in base currency."""
        number = entry["entryNumber"]
        self.delete(agreement, number)
        values = (agreement, number, entry["journal"], entry["year"], entry["voucher"], to_json(entry).decode())
        self._connection.execute("INSERT INTO draft_entry VALUES (?,?,?,?,?,?)", values)
        self._connection.executemany(
            "INSERT INTO draft_posting VALUES (?,?,?,?)",
            [(agreement, number, account, minor(amount)) for account, amount in postings],
        )

    def put_beside(self, agreement: int, entry: Record) -> None:
        """Keep the entry with something beside it that does nothing to accounts."""
        values = (to_json(entry).decode(), agreement, entry["entryNumber"])
        self._connection.execute("UPDATE draft_entry SET body=? WHERE agreement=? AND number=?", values)

    def delete(self, agreement: int, number: int) -> bool:
        """Whether there was one."""
        self._connection.execute("DELETE FROM draft_posting WHERE agreement=? AND number=?", (agreement, number))
        done = self._connection.execute("DELETE FROM draft_entry WHERE agreement=? AND number=?", (agreement, number))
        return done.rowcount == 1

    def balance(self, agreement: int, account: int) -> Decimal:
        """What the draft entries would add to the account."""
        sql = "SELECT SUM(base_amount) FROM draft_posting WHERE agreement=? AND account=?"
        return from_minor(self._connection.execute(sql, (agreement, account)).fetchone()[0] or 0)
