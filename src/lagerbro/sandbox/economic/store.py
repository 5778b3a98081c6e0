"""The sandbox's tables, and the only code that touches them.

Registers and invoices are records: one JSON body per (agreement, kind, key). The ledger has a table of its own, since
it is summed and looked through by account and date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lagerbro.sandbox.kernel.records import Record, Records

__all__ = ["Entry", "Record", "Store"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS agreement (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS app (secret TEXT PRIMARY KEY, number INTEGER NOT NULL, public_token TEXT NOT NULL,
    name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS permit (token TEXT PRIMARY KEY, agreement INTEGER NOT NULL, app_secret TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS entry (agreement INTEGER NOT NULL, number INTEGER NOT NULL, voucher INTEGER NOT NULL,
    account INTEGER NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
    base_amount INTEGER NOT NULL, vat_code TEXT, text TEXT NOT NULL, customer INTEGER, invoice INTEGER,
    PRIMARY KEY (agreement, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_account ON entry (agreement, account, date);
CREATE TABLE IF NOT EXISTS replay (agreement INTEGER NOT NULL, app_secret TEXT NOT NULL, key TEXT NOT NULL,
    url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (agreement, app_secret, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A booked entry: debit positive, credit negative."""

    number: int
    voucher: int
    account: int
    date: str
    kind: str
    currency: str
    amount: Decimal
    base_amount: Decimal
    vat_code: str | None = None
    text: str = ""
    customer: int | None = None
    invoice: int | None = None


class Store(Records):
    """All agreements of one sandbox."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)

    def add_entries(self, agreement: int, entries: list[Entry]) -> None:
        self.connection.executemany(
            "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    agreement,
                    entry.number,
                    entry.voucher,
                    entry.account,
                    entry.date,
                    entry.kind,
                    entry.currency,
                    _minor(entry.amount),
                    _minor(entry.base_amount),
                    entry.vat_code,
                    entry.text,
                    entry.customer,
                    entry.invoice,
                )
                for entry in entries
            ],
        )

    def entries(self, agreement: int, first: str, last: str, account: int | None = None) -> Iterator[Entry]:
        where, values = "agreement=? AND date BETWEEN ? AND ?", [agreement, first, last]
        if account is not None:
            where, values = f"{where} AND account=?", [*values, account]
        sql = f"SELECT * FROM entry WHERE {where} ORDER BY number"  # noqa: S608 - `where` is made of constants
        return (_entry(row) for row in self.connection.execute(sql, values))

    def balance(self, agreement: int, account: int) -> Decimal:
        row = self.connection.execute(
            "SELECT SUM(base_amount) FROM entry WHERE agreement=? AND account=?", (agreement, account)
        ).fetchone()
        return _amount(row[0] or 0)

    def sums(self, agreement: int, first: str, last: str, account: int | None = None) -> dict[int, Decimal]:
        """What the entries of a span come to in base currency, by account; accounts without entries are not there."""
        where, values = "agreement=? AND date BETWEEN ? AND ?", [agreement, first, last]
        if account is not None:
            where, values = f"{where} AND account=?", [*values, account]
        sql = f"SELECT account, SUM(base_amount) FROM entry WHERE {where} GROUP BY account"  # noqa: S608 - constants
        return {row[0]: _amount(row[1]) for row in self.connection.execute(sql, values)}


def _minor(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def _amount(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        number=row["number"],
        voucher=row["voucher"],
        account=row["account"],
        date=row["date"],
        kind=row["kind"],
        currency=row["currency"],
        amount=_amount(row["amount"]),
        base_amount=_amount(row["base_amount"]),
        vat_code=row["vat_code"],
        text=row["text"],
        customer=row["customer"],
        invoice=row["invoice"],
    )
