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

from lagerbro.sandbox.economic import marks, outbox
from lagerbro.sandbox.economic.webhook_events import TOLD
from lagerbro.sandbox.kernel.json import to_json
from lagerbro.sandbox.kernel.records import Record, Records, record
from lagerbro.sandbox.kernel.storage import transaction

__all__ = ["EXTRAS", "Entry", "Record", "Store"]

EXTRAS = "services"
"""Under this name a record holds what only the OpenAPI surface knows of it."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS agreement (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS app (secret TEXT PRIMARY KEY, number INTEGER NOT NULL, public_token TEXT NOT NULL,
    name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS permit (token TEXT PRIMARY KEY, agreement INTEGER NOT NULL, app_secret TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS entry (agreement INTEGER NOT NULL, number INTEGER NOT NULL, voucher INTEGER NOT NULL,
    account INTEGER NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
    base_amount INTEGER NOT NULL, vat_code TEXT, text TEXT NOT NULL, customer INTEGER, invoice INTEGER,
    supplier INTEGER, supplier_invoice TEXT, due TEXT, remainder INTEGER, base_remainder INTEGER, journal INTEGER,
    PRIMARY KEY (agreement, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_account ON entry (agreement, account, date);
CREATE INDEX IF NOT EXISTS entry_voucher ON entry (agreement, voucher);
CREATE INDEX IF NOT EXISTS entry_customer ON entry (agreement, customer) WHERE remainder IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_supplier ON entry (agreement, supplier) WHERE remainder IS NOT NULL;
CREATE TABLE IF NOT EXISTS draft_entry (agreement INTEGER NOT NULL, number INTEGER NOT NULL, journal INTEGER NOT NULL,
    year TEXT NOT NULL, voucher INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (agreement, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS draft_voucher ON draft_entry (agreement, journal, voucher, year);
CREATE TABLE IF NOT EXISTS draft_posting (agreement INTEGER NOT NULL, number INTEGER NOT NULL,
    account INTEGER NOT NULL, base_amount INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS draft_posting_entry ON draft_posting (agreement, number);
CREATE INDEX IF NOT EXISTS draft_posting_account ON draft_posting (agreement, account, base_amount);
CREATE TABLE IF NOT EXISTS voucher_document (agreement INTEGER NOT NULL, number INTEGER NOT NULL, year TEXT NOT NULL,
    voucher INTEGER NOT NULL, note TEXT, pages INTEGER NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (agreement, number));
CREATE UNIQUE INDEX IF NOT EXISTS voucher_document_key ON voucher_document (agreement, year, voucher);
CREATE TABLE IF NOT EXISTS matched (agreement INTEGER NOT NULL, first INTEGER NOT NULL, second INTEGER NOT NULL,
    amount INTEGER NOT NULL, PRIMARY KEY (agreement, first, second)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS replay (agreement INTEGER NOT NULL, app_secret TEXT NOT NULL, key TEXT NOT NULL,
    url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (agreement, app_secret, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS switch (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
ATTACHED = """
CREATE TABLE IF NOT EXISTS attached (tenant INTEGER NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL,
    pages INTEGER NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (tenant, owner)) WITHOUT ROWID;
"""
MARKS_SINCE = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A booked entry: debit positive, credit negative. Only the entry on a customer's or supplier's control account
    has a `remainder`: what is still to be paid of it."""

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
    supplier: int | None = None
    supplier_invoice: str | None = None
    due: str | None = None
    remainder: Decimal | None = None
    base_remainder: Decimal | None = None
    journal: int | None = None


class Store(Records):
    """All agreements of one sandbox."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA + ATTACHED + outbox.SCHEMA + marks.SCHEMA)
        self.changes: list[tuple[int, str, str | int | None, str | int | None]] = []
        """What the present request did to records that webhooks tell about: agreement, kind, old and new key."""
        self._mark_what_is_there()

    def put(self, tenant: int, kind: str, key: str | int, body: Record) -> None:
        if kind in TOLD:
            self.changes.append((tenant, kind, None if self.get(tenant, kind, key) is None else key, key))
        super().put(tenant, kind, key, body)
        marks.write(self.connection, tenant, kind, str(key), body)

    def delete(self, tenant: int, kind: str, key: str | int) -> bool:
        marks.erase(self.connection, tenant, kind, str(key))
        done = super().delete(tenant, kind, key)
        if done and kind in TOLD:
            self.changes.append((tenant, kind, key, None))
        return done

    def _mark_what_is_there(self) -> None:
        """A file that was written before there were marks gets them once."""
        if self.connection.execute("PRAGMA user_version").fetchone()[0] >= MARKS_SINCE:
            return
        with transaction(self.connection):
            rows = self.connection.execute("SELECT tenant, kind, key, body FROM record").fetchall()
            for row in rows:
                marks.write(self.connection, row["tenant"], row["kind"], row["key"], record(row["body"]))
            self.connection.execute(f"PRAGMA user_version={MARKS_SINCE}")

    def agreement(self, number: int) -> Record:
        """The agreement's own record."""
        row = self.connection.execute("SELECT body FROM agreement WHERE number=?", (number,)).fetchone()
        return record(row[0])

    def put_agreement(self, number: int, body: Record) -> None:
        self.connection.execute("UPDATE agreement SET body=? WHERE number=?", (to_json(body).decode(), number))

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
        found = self.connection.execute(sql, (tenant, kind, size, skip)).fetchall()
        return self.several(tenant, kind, [row[0] for row in found])

    def several(self, tenant: int, kind: str, keys: list[str]) -> list[Record]:
        """The records with these keys, in their order."""
        found = (self.get(tenant, kind, key) for key in keys)
        return [body for body in found if body is not None]

    def add_entries(self, agreement: int, entries: list[Entry]) -> None:
        self.connection.executemany(
            "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
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
                    entry.supplier,
                    entry.supplier_invoice,
                    entry.due,
                    _minor_or_none(entry.remainder),
                    _minor_or_none(entry.base_remainder),
                    entry.journal,
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

    def vouchers(self, agreement: int, first: str, last: str, account: int | None = None) -> list[int]:
        """The numbers of the vouchers that were booked in a span, on an account or on any."""
        where, values = "agreement=? AND date BETWEEN ? AND ?", [agreement, first, last]
        if account is not None:
            where, values = f"{where} AND account=?", [*values, account]
        sql = f"SELECT DISTINCT voucher FROM entry WHERE {where} ORDER BY voucher"  # noqa: S608 - constants
        return [row[0] for row in self.connection.execute(sql, values)]

    def entry(self, agreement: int, number: int) -> Entry | None:
        sql = "SELECT * FROM entry WHERE agreement=? AND number=?"
        row = self.connection.execute(sql, (agreement, number)).fetchone()
        return None if row is None else _entry(row)

    def open_items(self, agreement: int, like: Entry) -> Iterator[Entry]:
        """What the customer or supplier of that entry has open, oldest first."""
        party = "supplier" if like.customer is None else "customer"
        sql = f"SELECT * FROM entry WHERE agreement=? AND {party}=? AND remainder<>0 ORDER BY number"  # noqa: S608
        number = like.supplier if like.customer is None else like.customer
        return (_entry(row) for row in self.connection.execute(sql, (agreement, number)).fetchall())

    def party_balance(self, agreement: int, party: str, number: int) -> Decimal:
        """What stands on the control account for the `customer` or `supplier`, in base currency."""
        sql = f"SELECT SUM(base_amount) FROM entry WHERE agreement=? AND {party}=? AND remainder IS NOT NULL"  # noqa: S608
        return _amount(self.connection.execute(sql, (agreement, number)).fetchone()[0] or 0)

    def party_entries(self, agreement: int, party: str, number: int, most: int) -> list[Entry]:
        """The latest entries on the control account for the `customer` or `supplier`, the newest first."""
        assert party in ("customer", "supplier")
        where = f"agreement=? AND {party}=? AND remainder IS NOT NULL"
        sql = f"SELECT * FROM entry WHERE {where} ORDER BY date DESC, number DESC LIMIT ?"  # noqa: S608 - constants
        return [_entry(row) for row in self.connection.execute(sql, (agreement, number, most)).fetchall()]

    def set_remainder(self, agreement: int, number: int, remainder: Decimal, base: Decimal) -> None:
        values = (_minor(remainder), _minor(base), agreement, number)
        sql = "UPDATE entry SET remainder=?, base_remainder=? WHERE agreement=? AND number=?"
        self.connection.execute(sql, values)

    def add_match(self, agreement: int, first: int, second: int, amount: Decimal) -> None:
        sql = "INSERT INTO matched VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"
        self.connection.execute(sql, (agreement, first, second, _minor(amount)))

    def matches(self, agreement: int) -> list[tuple[Entry, Entry]]:
        """The pairs of entries that were matched."""
        sql = "SELECT first, second FROM matched WHERE agreement=? ORDER BY first, second"
        pairs = self.connection.execute(sql, (agreement,)).fetchall()
        found = ((self.entry(agreement, first), self.entry(agreement, second)) for first, second in pairs)
        return [(first, second) for first, second in found if first is not None and second is not None]

    def balance(self, agreement: int, account: int) -> Decimal:
        row = self.connection.execute(
            "SELECT SUM(base_amount) FROM entry WHERE agreement=? AND account=?", (agreement, account)
        ).fetchone()
        return _amount(row[0] or 0)

    def drafts(
        self, agreement: int, *, journal: int | None = None, year: str | None = None, voucher: int | None = None
    ) -> list[Record]:
        """The draft entries, oldest first: all, or those of a journal, year or voucher."""
        given = {"journal": journal, "year": year, "voucher": voucher}
        wanted = {name: value for name, value in given.items() if value is not None}
        where = "".join(f" AND {name}=?" for name in wanted)
        sql = f"SELECT body FROM draft_entry WHERE agreement=?{where} ORDER BY number"  # noqa: S608 - constants
        return [record(row[0]) for row in self.connection.execute(sql, (agreement, *wanted.values()))]

    def count_drafts(self, agreement: int, journal: int) -> int:
        """How many draft entries a journal has, without reading them."""
        sql = "SELECT COUNT(*) FROM draft_entry WHERE agreement=? AND journal=?"
        return int(self.connection.execute(sql, (agreement, journal)).fetchone()[0])

    def draft(self, agreement: int, number: int) -> Record | None:
        sql = "SELECT body FROM draft_entry WHERE agreement=? AND number=?"
        row = self.connection.execute(sql, (agreement, number)).fetchone()
        return None if row is None else record(row[0])

    def put_draft(self, agreement: int, entry: Record, postings: list[tuple[int, Decimal]]) -> None:
        """Keep the draft entry, and what it would do to accounts in base currency."""
        number = entry["entryNumber"]
        self.delete_draft(agreement, number)
        values = (agreement, number, entry["journal"], entry["year"], entry["voucher"], to_json(entry).decode())
        self.connection.execute("INSERT INTO draft_entry VALUES (?,?,?,?,?,?)", values)
        self.connection.executemany(
            "INSERT INTO draft_posting VALUES (?,?,?,?)",
            [(agreement, number, account, _minor(amount)) for account, amount in postings],
        )

    def replace_draft_body(self, agreement: int, entry: Record) -> None:
        """Keep something beside the entry that does nothing to accounts."""
        values = (to_json(entry).decode(), agreement, entry["entryNumber"])
        self.connection.execute("UPDATE draft_entry SET body=? WHERE agreement=? AND number=?", values)

    def has_booked(self, agreement: int, journal: int, voucher: int, first: str, last: str) -> bool:
        """Whether the journal booked a voucher of this number in the span."""
        sql = "SELECT 1 FROM entry WHERE agreement=? AND voucher=? AND journal=? AND date BETWEEN ? AND ? LIMIT 1"
        return self.connection.execute(sql, (agreement, voucher, journal, first, last)).fetchone() is not None

    def delete_draft(self, agreement: int, number: int) -> bool:
        self.connection.execute("DELETE FROM draft_posting WHERE agreement=? AND number=?", (agreement, number))
        done = self.connection.execute("DELETE FROM draft_entry WHERE agreement=? AND number=?", (agreement, number))
        return done.rowcount == 1

    def draft_balance(self, agreement: int, account: int) -> Decimal:
        """What the draft entries would add to the account."""
        sql = "SELECT SUM(base_amount) FROM draft_posting WHERE agreement=? AND account=?"
        return _amount(self.connection.execute(sql, (agreement, account)).fetchone()[0] or 0)

    def has_voucher(self, agreement: int, journal: int, voucher: int) -> bool:
        """Whether the journal has draft entries under this number."""
        sql = "SELECT 1 FROM draft_entry WHERE agreement=? AND journal=? AND voucher=? LIMIT 1"
        return self.connection.execute(sql, (agreement, journal, voucher)).fetchone() is not None

    def switch(self, name: str, unset: int = 0) -> int:
        """A setting of the whole sandbox; `unset` when it was never set."""
        row = self.connection.execute("SELECT value FROM switch WHERE name=?", (name,)).fetchone()
        return unset if row is None else int(row[0])

    def set_switch(self, name: str, value: int) -> None:
        self.connection.execute("INSERT OR REPLACE INTO switch VALUES (?,?)", (name, str(value)))

    def has_entries(self, agreement: int, account: int) -> bool:
        """Whether anything was ever booked to the account."""
        sql = "SELECT 1 FROM entry WHERE agreement=? AND account=? LIMIT 1"
        return self.connection.execute(sql, (agreement, account)).fetchone() is not None

    def has_entries_of(self, agreement: int, column: str, party: int) -> bool:
        """Whether anything was ever booked on a party; `column` says whether a customer or a supplier."""
        assert column in ("customer", "supplier")
        sql = f"SELECT 1 FROM entry WHERE agreement=? AND {column}=? AND remainder IS NOT NULL LIMIT 1"  # noqa: S608
        return self.connection.execute(sql, (agreement, party)).fetchone() is not None

    def customer_balance(self, agreement: int, customer: int) -> Decimal:
        """What the customer owes: the entries on the control account, which are those that have a remainder."""
        sql = "SELECT SUM(base_amount) FROM entry WHERE agreement=? AND customer=? AND remainder IS NOT NULL"
        return _amount(self.connection.execute(sql, (agreement, customer)).fetchone()[0] or 0)

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


def _minor_or_none(amount: Decimal | None) -> int | None:
    return None if amount is None else _minor(amount)


def _amount_or_none(minor: int | None) -> Decimal | None:
    return None if minor is None else _amount(minor)


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
        supplier=row["supplier"],
        supplier_invoice=row["supplier_invoice"],
        due=row["due"],
        remainder=_amount_or_none(row["remainder"]),
        base_remainder=_amount_or_none(row["base_remainder"]),
        journal=row["journal"],
    )
