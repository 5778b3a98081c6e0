"""What documents and reports are told: days, numbers, yes or no, references (rackbeat-api 1.5, 1.7)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from urllib.parse import unquote

from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid_at, not_found

DECIMALS_MAX: Final = 6
DIGITS_MAX: Final = 15
TEXT_LENGTH_MAX: Final = 10_000
_TRUE: Final = ("1", "true")


def flag(value: object, *, default: bool = False) -> bool:
    """1, 0, true and false, as JSON or as text."""
    return default if value is None or value == "" else str(value).lower() in _TRUE


def number_of(value: object, path: str) -> Decimal:
    """A number or a numeric string with at most six decimals (rackbeat-api 1.7)."""
    number = None if isinstance(value, bool) or value is None else numeral(str(value))
    if number is None or abs(number.adjusted()) > DIGITS_MAX:
        raise invalid_at(path, "The value must be a number.")
    return round(number, DECIMALS_MAX).normalize() + 0


def day_of(value: object, path: str) -> date:
    """`YYYY-MM-DD`, alone or before a time of day."""
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError as error:
        raise invalid_at(path, "The value is not a valid date.") from error


def asked_day(text: str | None, name: str) -> str | None:
    """A day in a query, ISO; 400 when it is none."""
    if not text:
        return None
    try:
        return str(datetime.fromisoformat(text).date())
    except ValueError as error:
        raise ApiError(400, f"The {name} is not a valid date.") from error


def asked_whole(text: str | None, name: str) -> int | None:
    """A number in a query; 400 when it is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < DIGITS_MAX):
        raise ApiError(400, f"The {name} must be a number.")
    return int(text)


def text_of(body: Record, name: str) -> str | None:
    """A text that may be missing; 422 when it is something else or too long."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > TEXT_LENGTH_MAX:
        raise invalid_at(name, f"The value must be a text of at most {TEXT_LENGTH_MAX} characters.")
    return value


def item(session: Session, key: object) -> Record | None:
    """A product or a bill of materials, with its type, by its number, also by a number that was encoded twice (C)."""
    for kind in ("products", "lots"):
        for text in dict.fromkeys((str(key), unquote(str(key)))):
            record = session.get(kind, text)
            if record is not None:
                return {**record, "type": "product" if kind == "products" else "lot"}
    return None


def item_there(session: Session, key: object) -> Record:
    record = item(session, key)
    if record is None:
        raise not_found()
    return record


def group_of(session: Session, record: Record) -> Record:
    return session.get("product-groups", record.get("group_id") or "") or {}


def has_inventory(session: Session, record: Record) -> bool:
    """Whether the item is kept in stock: its group says so (D)."""
    return bool(group_of(session, record).get("has_inventory"))


def location(session: Session, value: object, path: str) -> int | None:
    """A location's number, sent bare or in an object; None when none is named, 422 when there is none such."""
    if isinstance(value, dict):
        value = value.get("number")
    if value is None or value == "":
        return None
    record = session.get("locations", str(value))
    if record is None:
        raise invalid_at(path, "The selected location is invalid.")
    return int(record["number"])
