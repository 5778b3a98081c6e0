"""Records with what lists ask for beside the body: when made and changed, what a search looks through, what they belong
to. So a list of a million is filtered, sorted and paged by indexes and reads the records of its page only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record, Records, place_of, record

TABLES: Final = """
CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, kind TEXT NOT NULL,
    key TEXT NOT NULL, place INTEGER NOT NULL, created_at TEXT, updated_at TEXT, search TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS record_key ON record (tenant, kind, key);
CREATE INDEX IF NOT EXISTS record_place ON record (tenant, kind, place, key);
CREATE INDEX IF NOT EXISTS record_updated ON record (tenant, kind, updated_at, place, key);
CREATE INDEX IF NOT EXISTS record_created ON record (tenant, kind, created_at, place, key);
CREATE INDEX IF NOT EXISTS record_search ON record (tenant, kind, search, place, key);
CREATE TABLE IF NOT EXISTS member (record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, name TEXT NOT NULL,
    value TEXT NOT NULL, PRIMARY KEY (name, value, record)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_record ON member (record);
CREATE TABLE IF NOT EXISTS tally (tenant INTEGER NOT NULL, kind TEXT NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind)) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS record_made AFTER INSERT ON record BEGIN
    INSERT INTO tally VALUES (new.tenant, new.kind, 1) ON CONFLICT DO UPDATE SET total = total + 1;
END;
CREATE TRIGGER IF NOT EXISTS record_gone AFTER DELETE ON record BEGIN
    UPDATE tally SET total = total - 1 WHERE tenant = old.tenant AND kind = old.kind;
END;
CREATE TABLE IF NOT EXISTS counter (tenant INTEGER NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (tenant, name)) WITHOUT ROWID;
"""

EQUALS: Final = {
    "customers": ("customer_group_id", "company_vat", "ean"),
    "suppliers": ("supplier_group_id", "company_vat"),
    "products": ("group_id", "barcode", "name"),
    "customer-invoices": ("customer_id",),
    "supplier-invoices": ("supplier_id", "invoice_number"),
    "orders": ("customer_id",),
    "order-shipments": ("order_id", "customer_id"),
    "purchase-orders": ("supplier_id",),
    "purchase-order-receipts": ("purchase_order_id", "supplier_id"),
    "notes": ("document",),
    "lots": ("group_id", "barcode"),
    "fields": ("slug",),
    "contacts": ("owner",),
    "addresses": ("owner",),
    "locations": ("parent_id",),
}
FLAGS: Final = {
    "customers": ("is_barred",),
    "suppliers": ("is_barred",),
    "products": ("is_barred", "is_draft"),
    "customer-invoices": ("is_booked", "is_paid"),
    "supplier-invoices": ("is_booked", "is_paid"),
    "orders": ("is_booked", "is_shipped", "is_invoiced"),
    "order-shipments": ("is_shipped",),
    "purchase-orders": ("is_booked", "is_received", "is_invoiced"),
    "purchase-order-receipts": ("is_received",),
}
DAYS: Final = {
    "customer-invoices": ("invoice_date",),
    "supplier-invoices": ("invoice_date",),
    "orders": ("order_date",),
    "purchase-orders": ("purchase_date",),
}
"""Attributes by kind that have an index of their own: filters on others are right too, but read every record."""

MEMBERS: Final = ("orders", "purchase_orders")
"""Attributes that hold a list of the numbers that a document belongs to."""

_SEARCHED: Final = (
    "number",
    "name",
    "barcode",
    "company_vat",
    "ean",
    "contact_email",
    "heading",
    "their_reference",
    "other_reference",
    "invoice_number",
    "supplier_product_number",
)
_PUT: Final = (
    "INSERT INTO record (tenant, kind, key, place, created_at, updated_at, search, body) VALUES (?,?,?,?,?,?,?,?) "
    "ON CONFLICT (tenant, kind, key) DO UPDATE SET created_at=excluded.created_at, updated_at=excluded.updated_at, "
    "search=excluded.search, body=excluded.body"
)


def text_of(attribute: str) -> str:
    """SQL for an attribute as text, whatever it is; the attribute's name has been checked."""
    return f"CAST(json_extract(body,'$.{attribute}') AS TEXT)"


def flag_of(attribute: str) -> str:
    """SQL for a boolean attribute: 0 where it is missing."""
    return f"COALESCE(json_extract(body,'$.{attribute}'),0)"


def _indexes() -> Iterator[str]:
    for kinds, expression in ((EQUALS, text_of), (FLAGS, flag_of), (DAYS, text_of)):
        for kind, attributes in kinds.items():
            for attribute in attributes:
                yield (
                    f'CREATE INDEX IF NOT EXISTS "{kind} by {attribute}" ON record '
                    f"(tenant, {expression(attribute)}, place, key) WHERE kind='{kind}';"
                )


@dataclass(frozen=True, slots=True)
class Row:
    """`columns` of the record's row, the body's text last; `members` where the record belongs to others."""

    columns: tuple[int, str, str, int, str | None, str | None, str, str]
    members: list[tuple[str, str]] | None


class IndexedRecords(Records):
    """Records whose lists scale."""

    def __init__(self, path: Path, schema: str) -> None:
        super().__init__(path, "\n".join((schema, *_indexes())), TABLES)

    def put(self, tenant: int, kind: str, key: str | int, body: Record) -> None:
        self.put_all(tenant, kind, [(key, body)])

    def put_all(self, tenant: int, kind: str, rows: Iterable[tuple[str | int, Record]]) -> None:
        """Many of one kind, in one go."""
        self.write([row_of(tenant, kind, str(key), body) for key, body in rows])

    def write(self, rows: Iterable[Row]) -> None:
        """Put records that are ready to be written, in their order."""
        rows = list(rows)
        self.connection.executemany(_PUT, [row.columns for row in rows])
        for row in rows:
            if row.members is not None:
                self._belong(row)

    def first(self, tenant: int, kind: str, key: object = None) -> Record | None:
        """The record of that key, or the first there is."""
        record_of_key = None if key is None else self.get(tenant, kind, str(key))
        if record_of_key is not None:
            return record_of_key
        row = self.connection.execute(
            "SELECT body FROM record WHERE tenant=? AND kind=? ORDER BY place, key LIMIT 1", (tenant, kind)
        ).fetchone()
        return None if row is None else record(row[0])

    def total(self, tenant: int, kind: str) -> int:
        """How many there are of a kind, without counting."""
        row = self.connection.execute("SELECT total FROM tally WHERE tenant=? AND kind=?", (tenant, kind)).fetchone()
        return 0 if row is None else int(row[0])

    def count(self, tenant: int, kind: str, attribute: str, value: object) -> int:
        """How many of a kind have this value there."""
        row = self.connection.execute(
            f"SELECT COUNT(*) FROM record WHERE tenant=? AND kind='{kind}' AND {text_of(attribute)}=?",  # noqa: S608
            (tenant, str(value)),
        ).fetchone()
        return int(row[0])

    def find(self, tenant: int, kind: str, attribute: str, value: object) -> Record | None:
        """The first of a kind that has this value there."""
        row = self.connection.execute(
            f"SELECT body FROM record WHERE tenant=? AND kind='{kind}' AND {text_of(attribute)}=? "  # noqa: S608
            "ORDER BY place, key LIMIT 1",
            (tenant, str(value)),
        ).fetchone()
        return None if row is None else record(row[0])

    def _belong(self, row: Row) -> None:
        rows = self.connection.execute("SELECT id FROM record WHERE tenant=? AND kind=? AND key=?", row.columns[:3])
        identity = rows.fetchone()[0]
        self.connection.execute("DELETE FROM member WHERE record=?", (identity,))
        self.connection.executemany(
            "INSERT OR IGNORE INTO member VALUES (?,?,?)", [(identity, *member) for member in row.members or ()]
        )


def utc(text: object) -> str | None:
    """An ISO timestamp as UTC to the second, so that text sorts as time; None for what is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None


def row_of(tenant: int, kind: str, key: str, body: Record) -> Row:
    """The record ready to be written: what becomes of the body afterwards changes nothing."""
    created, updated = utc(body.get("created_at")), utc(body.get("updated_at"))
    columns = (tenant, kind, key, place_of(key), created, updated, _searched(body), to_json(body).decode())
    belongs = any(name in body for name in MEMBERS)
    members = [(name, str(value)) for name in MEMBERS for value in body.get(name) or ()] if belongs else None
    return Row(columns, members)


def _searched(body: Record) -> str:
    words = [str(body[name]) for name in _SEARCHED if body.get(name) not in (None, "")]
    for party in ("customer", "supplier"):
        other = body.get(party)
        if isinstance(other, dict):
            words.append(str(other.get("name", "")))
    return "\n".join(words).casefold()
