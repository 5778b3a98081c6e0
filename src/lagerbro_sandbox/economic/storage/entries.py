"""The ledger's table: booked entries, summed and looked through by account, date, voucher and party."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.economic.money import from_minor, minor

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (agreement INTEGER NOT NULL, number INTEGER NOT NULL, voucher INTEGER NOT NULL,
    account INTEGER NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
    base_amount INTEGER NOT NULL, vat_code TEXT, text TEXT NOT NULL, customer INTEGER, invoice INTEGER,
    supplier INTEGER, supplier_invoice TEXT, due TEXT, remainder INTEGER, base_remainder INTEGER, journal INTEGER,
    PRIMARY KEY (agreement, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_account ON entry (agreement, account, date);
CREATE INDEX IF NOT EXISTS entry_voucher ON entry (agreement, voucher);
CREATE INDEX IF NOT EXISTS entry_customer ON entry (agreement, customer) WHERE remainder IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_supplier ON entry (agreement, supplier) WHERE remainder IS NOT NULL;
CREATE TABLE IF NOT EXISTS matched (agreement INTEGER NOT NULL, first INTEGER NOT NULL, second INTEGER NOT NULL,
    amount INTEGER NOT NULL, PRIMARY KEY (agreement, first, second)) WITHOUT ROWID;
"""


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


_COLUMNS: Final = tuple(column.name for column in fields(Entry))
_AMOUNTS: Final = tuple(map(_COLUMNS.index, ("amount", "base_amount", "remainder", "base_remainder")))
_ADD: Final = f"INSERT INTO entry (agreement, {', '.join(_COLUMNS)}) VALUES (?{',?' * len(_COLUMNS)})"  # noqa: S608 - as below
_READ: Final = f"SELECT {', '.join(_COLUMNS)} FROM entry"  # noqa: S608 - the names of a class's fields


Span = tuple[int, str, str, int | None]
"""Agreement, first and last day, and the account where it is of one."""
Test = tuple[str, Sequence[int | str]]
"""A condition on the columns and its values."""


class Entries:
    """The booked entries of all agreements."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, agreement: int, entries: list[Entry]) -> None:
        self._connection.executemany(_ADD, [(agreement, *_stored(entry)) for entry in entries])

    def one(self, agreement: int, number: int) -> Entry | None:
        row = self._connection.execute(f"{_READ} WHERE agreement=? AND number=?", (agreement, number)).fetchone()
        return None if row is None else _entry(row)

    def between(
        self, agreement: int, first: str, last: str, account: int | None = None, tests: Sequence[Test] = ()
    ) -> Iterator[Entry]:
        """The entries of a span, on an account or on any, that pass the tests, in the order of their numbers."""
        where, values = _span(agreement, first, last, account)
        where = " AND ".join((where, *(sql for sql, _ in tests)))
        values += tuple(value for _, bound in tests for value in bound)
        return map(_entry, self._connection.execute(f"{_READ} WHERE {where} ORDER BY number", values))

    def page(self, span: Span, skip: int, size: int, *, descending: bool = False) -> list[Entry]:
        """Some of the entries of a span; those that are passed over are not read."""
        where, values = _span(*span)
        sql = f"{_READ} WHERE {where} ORDER BY number {'DESC' if descending else 'ASC'} LIMIT ? OFFSET ?"
        return [_entry(row) for row in self._connection.execute(sql, (*values, size, skip))]

    def count(self, span: Span, below: int | None = None) -> int:
        """How many entries a span has, all or those below a number."""
        where, values = _span(*span)
        if below is not None:
            where, values = f"{where} AND number<?", (*values, below)
        sql = f"SELECT COUNT(*) FROM entry WHERE {where}"  # noqa: S608 - constants
        return int(self._connection.execute(sql, values).fetchone()[0])

    def vouchers(self, agreement: int, first: str, last: str, account: int | None = None) -> list[int]:
        """The numbers of the vouchers that were booked in a span, on an account or on any."""
        where, values = _span(agreement, first, last, account)
        sql = f"SELECT DISTINCT voucher FROM entry WHERE {where} ORDER BY voucher"  # noqa: S608 - constants
        return [row[0] for row in self._connection.execute(sql, values)]

    def sums(self, agreement: int, first: str, last: str, account: int | None = None) -> dict[int, Decimal]:
        """What the entries of a span come to in base currency, by account; accounts without entries are not there."""
        where, values = _span(agreement, first, last, account)
        sql = f"SELECT account, SUM(base_amount) FROM entry WHERE {where} GROUP BY account"  # noqa: S608 - constants
        return {row[0]: from_minor(row[1]) for row in self._connection.execute(sql, values)}

    def balance(self, agreement: int, account: int) -> Decimal:
        """What stands on the account, in base currency."""
        sql = "SELECT SUM(base_amount) FROM entry WHERE agreement=? AND account=?"
        return from_minor(self._connection.execute(sql, (agreement, account)).fetchone()[0] or 0)

    def are_on(self, agreement: int, account: int) -> bool:
        """Whether anything was ever booked to the account."""
        sql = "SELECT 1 FROM entry WHERE agreement=? AND account=? LIMIT 1"
        return self._connection.execute(sql, (agreement, account)).fetchone() is not None

    def are_of_voucher(self, agreement: int, journal: int, voucher: int, first: str, last: str) -> bool:
        """Whether the journal booked a voucher of this number in the span."""
        sql = "SELECT 1 FROM entry WHERE agreement=? AND voucher=? AND journal=? AND date BETWEEN ? AND ? LIMIT 1"
        return self._connection.execute(sql, (agreement, voucher, journal, first, last)).fetchone() is not None

    def are_of_party(self, agreement: int, party: str, number: int) -> bool:
        """Whether anything was ever booked on the `customer` or `supplier`."""
        sql = f"SELECT 1 FROM entry WHERE {_of_party(party)} LIMIT 1"  # noqa: S608 - constants
        return self._connection.execute(sql, (agreement, number)).fetchone() is not None

    def party_balance(self, agreement: int, party: str, number: int) -> Decimal:
        """What stands on the control account for the `customer` or `supplier`, in base currency."""
        sql = f"SELECT SUM(base_amount) FROM entry WHERE {_of_party(party)}"  # noqa: S608 - constants
        return from_minor(self._connection.execute(sql, (agreement, number)).fetchone()[0] or 0)

    def latest_of_party(self, agreement: int, party: str, number: int, most: int) -> list[Entry]:
        """The latest entries on the control account for the `customer` or `supplier`, the newest first."""
        sql = f"{_READ} WHERE {_of_party(party)} ORDER BY date DESC, number DESC LIMIT ?"
        return [_entry(row) for row in self._connection.execute(sql, (agreement, number, most))]

    def open_beside(self, agreement: int, entry: Entry) -> Iterator[Entry]:
        """What the customer or supplier of that entry has open, oldest first."""
        party = "supplier" if entry.customer is None else "customer"
        number = entry.supplier if entry.customer is None else entry.customer
        sql = f"{_READ} WHERE {_of_party(party)} AND remainder<>0 ORDER BY number"
        return map(_entry, self._connection.execute(sql, (agreement, number)).fetchall())

    def set_remainder(self, agreement: int, number: int, remainder: Decimal, base: Decimal) -> None:
        sql = "UPDATE entry SET remainder=?, base_remainder=? WHERE agreement=? AND number=?"
        self._connection.execute(sql, (minor(remainder), minor(base), agreement, number))

    def match(self, agreement: int, first: int, second: int, amount: Decimal) -> None:
        """Two entries settle each other by so much more."""
        sql = "INSERT INTO matched VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"
        self._connection.execute(sql, (agreement, first, second, minor(amount)))

    def matches(self, agreement: int) -> list[tuple[Entry, Entry]]:
        """The pairs of entries that were matched."""
        sql = "SELECT first, second FROM matched WHERE agreement=? ORDER BY first, second"
        pairs = self._connection.execute(sql, (agreement,)).fetchall()
        entry_pairs = ((self.one(agreement, first), self.one(agreement, second)) for first, second in pairs)
        return [(first, second) for first, second in entry_pairs if first is not None and second is not None]


def _span(agreement: int, first: str, last: str, account: int | None) -> tuple[str, tuple[int | str, ...]]:
    where, values = "agreement=? AND date BETWEEN ? AND ?", (agreement, first, last)
    return (where, values) if account is None else (f"{where} AND account=?", (*values, account))


def _of_party(party: str) -> str:
    """The entries on the control account are those that have a remainder."""
    assert party in ("customer", "supplier")
    return f"agreement=? AND {party}=? AND remainder IS NOT NULL"


def _stored(entry: Entry) -> list[Any]:
    values = [getattr(entry, name) for name in _COLUMNS]
    for at in _AMOUNTS:
        values[at] = None if values[at] is None else minor(values[at])
    return values


def _entry(row: sqlite3.Row) -> Entry:
    values = list(row)
    for at in _AMOUNTS:
        values[at] = None if values[at] is None else from_minor(values[at])
    return Entry(*values)
