"""Marks: which records have which value in a property that is often asked for, so that nobody reads all to find few.

A mark never decides whether a record passes a filter; it only narrows down which records are looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lagerbro_sandbox.economic.wire.filtering import Clause
from lagerbro_sandbox.economic.wire.matching import integer_of
from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS mark (tenant INTEGER NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL, value NOT NULL,
    key TEXT NOT NULL, PRIMARY KEY (tenant, kind, field, value, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mark_of ON mark (tenant, kind, key);
CREATE INDEX IF NOT EXISTS record_place ON record (tenant, kind, place, key);
"""
_DOCUMENT: Final = (
    "customer.customerNumber",
    "date",
    "lastUpdated",
    "lines.product.productNumber",
    "lines.unit.unitNumber",
    "paymentTerms.paymentTermsNumber",
    "references.other",
    "references.salesPerson.employeeNumber",
)
_STATES: Final = ("drafts", "sent", "archived")
MARKED: Final[Mapping[str, tuple[str, ...]]] = {
    "customers": (
        "customerNumber",
        "corporateIdentificationNumber",
        "customerGroup.customerGroupNumber",
        "ean",
        "email",
        "lastUpdated",
        "layout.layoutNumber",
        "paymentTerms.paymentTermsNumber",
        "salesPerson.employeeNumber",
    ),
    "suppliers": (
        "supplierNumber",
        "corporateIdentificationNumber",
        "paymentTerms.paymentTermsNumber",
        "supplierGroup.supplierGroupNumber",
    ),
    "products": (
        "productNumber",
        "barCode",
        "lastUpdated",
        "productGroup.productGroupNumber",
        "unit.unitNumber",
    ),
    "customer-contacts": ("customer.customerNumber",),
    "delivery-locations": ("customer.customerNumber",),
    "supplier-contacts": ("supplier.supplierNumber",),
    "currency-prices": ("product.productNumber",),
    "drafts": ("draftInvoiceNumber", *_DOCUMENT),
    "booked": ("bookedInvoiceNumber", *_DOCUMENT, "dueDate", "unpaidBy"),
    **{f"orders.{state}": ("orderNumber", *_DOCUMENT) for state in _STATES},
    **{f"quotes.{state}": ("quoteNumber", *_DOCUMENT) for state in _STATES},
}
"""`unpaidBy`, the customer of a booked invoice with a remainder, is no property: see `_found`."""
_COMPARED: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_LAST: Final = "\U0010ffff"


def write(connection: sqlite3.Connection, tenant: int, kind: str, key: str, body: Record) -> None:
    """Set the marks of a record anew."""
    fields = MARKED.get(kind)
    if fields is None:
        return
    erase(connection, tenant, kind, key)
    connection.executemany(
        "INSERT OR IGNORE INTO mark VALUES (?,?,?,?,?)",
        [(tenant, kind, field, value, key) for field in fields for value in _marks_in(body, field)],
    )


def erase(connection: sqlite3.Connection, tenant: int, kind: str, key: str) -> None:
    if kind in MARKED:
        connection.execute("DELETE FROM mark WHERE tenant=? AND kind=? AND key=?", (tenant, kind, key))


def _marks_in(body: Record, field: str) -> Iterator[int | str]:
    """The values of a property as they are marked: whole numbers as numbers, all else as text without case."""
    if field == "unpaidBy":
        if body.get("remainder"):
            yield body["customer"]["customerNumber"]
        return
    values: list[Any] = [body]
    for name in field.split("."):
        below = (value.get(name) for value in values if isinstance(value, dict))
        values = [item for value in below for item in (value if isinstance(value, list) else [value])]
    for value in values:
        if value is not None:
            yield value if isinstance(value, int) else str(value).casefold()


def keys(connection: sqlite3.Connection, tenant: int, kind: str, field: str, value: int | str) -> list[str]:
    """The keys of the records that have this value."""
    plain = value if isinstance(value, int) else value.casefold()
    rows = connection.execute(
        "SELECT key FROM mark WHERE tenant=? AND kind=? AND field=? AND value=?", (tenant, kind, field, plain)
    )
    return [row[0] for row in rows]


def all_keys(connection: sqlite3.Connection, tenant: int, kind: str, field: str) -> list[str]:
    """The keys of the records that have any value."""
    sql = "SELECT DISTINCT key FROM mark WHERE tenant=? AND kind=? AND field=?"
    return [row[0] for row in connection.execute(sql, (tenant, kind, field))]


def is_marked(connection: sqlite3.Connection, tenant: int, kind: str, field: str, value: int | str) -> bool:
    """Whether any record has this value."""
    plain = value if isinstance(value, int) else value.casefold()
    sql = "SELECT 1 FROM mark WHERE tenant=? AND kind=? AND field=? AND value=? LIMIT 1"
    return connection.execute(sql, (tenant, kind, field, plain)).fetchone() is not None


def narrowed(connection: sqlite3.Connection, tenant: int, kind: str, clauses: list[Clause]) -> set[str] | None:
    """The keys that can pass all the clauses; None when no mark tells."""
    result: set[str] | None = None
    for clause in clauses:
        if clause.name not in MARKED.get(kind, ()) or clause.is_broken or passes_the_absent(clause):
            continue
        where, values = _where(clause)
        if not where:
            continue
        sql = f"SELECT key FROM mark WHERE tenant=? AND kind=? AND field=? AND ({where})"  # noqa: S608 - constants
        keys_of_clause = {row[0] for row in connection.execute(sql, (tenant, kind, clause.name, *values))}
        result = keys_of_clause if result is None else result & keys_of_clause
    return result


def passes_the_absent(clause: Clause) -> bool:
    """Whether a record without the property may pass: false and absent are the same (economic-api 16.7)."""
    return any(value is None or value.lower() == "false" for value in clause.values)


def _where(clause: Clause) -> tuple[str, list[int | str]]:
    """Wide enough for every record that passes: a number or a text, and a moment by its day."""
    values = [value for value in clause.values if value is not None]
    if clause.operator in ("eq", "in"):
        plain: list[int | str] = [value.casefold() for value in values]
        if clause.name == "lastUpdated":
            return "", []
        whole = (integer_of(number) for number in map(numeral, values) if number is not None)
        plain += [number for number in whole if number is not None]
        return f"value IN ({','.join('?' * len(plain))})", plain
    if clause.operator not in _COMPARED:
        return "", []
    return _range(clause.operator, values[0])


def _range(operator: str, value: str) -> tuple[str, list[int | str]]:
    if "+" in value or "-" in value[10:]:
        return "", []  # a moment in another zone may fall on another day
    number = numeral(value)
    sign = _COMPARED[operator]
    text = value.casefold()[:10] + (_LAST if operator in ("lt", "lte") else "")
    wide = f"{sign}=" if len(sign) == 1 else sign
    if number is not None and not -(2**62) < number < 2**62:
        return "", []
    if number is None:
        return f"typeof(value)='text' AND value {wide} ?", [text]
    return (
        f"(typeof(value)='integer' AND value {wide} ?) OR (typeof(value)='text' AND value {wide} ?)",
        [int(number) + (operator.startswith("l") and number > 0), text],
    )
