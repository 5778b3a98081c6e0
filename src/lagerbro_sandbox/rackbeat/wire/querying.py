"""What a list's query asks for, as SQL over the records (rackbeat-api 1.5). Unknown parameters are ignored, as Laravel
does; a known one that cannot be read is 400.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from lagerbro_sandbox.kernel.clock import COPENHAGEN
from lagerbro_sandbox.rackbeat.storage.records import flag_of, text_of
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

LENGTH_MAX: Final = 500
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,60}(\.[a-z][a-z0-9_]{0,60}){0,3}")
_INSIDE: Final = re.compile(r"(?P<name>[a-z_]+)\[(?P<inside>[^\]]*)\]")
_FIELD_ID: Final = re.compile(r"[a-z0-9_-]{1,60}")
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})
_DIGITS_MAX: Final = 15

EQUAL: Final = {
    "customer_number": "customer_id",
    "supplier_number": "supplier_id",
    "employee_number": "employee_id",
    "order_number": "order_id",
    "purchase_order_number": "purchase_order_id",
    "company_name": "name",
    "name": "name",
    "parent_id": "parent_id",
    "for": "available_for",
    "type": "type",
    "location": "location_id",
}
RANGES: Final = {
    "customer": "customer_id",
    "customer_group": "customer_group_id",
    "supplier": "supplier_id",
    "employee": "employee_id",
    "group": "group_id",
    "item_group": "group_id",
}
TIMES: Final = ("created_at", "updated_at")
DATES: Final = ("invoice_date", "order_date", "purchase_date", "due_date")


@dataclass(frozen=True, slots=True)
class Listing:
    """How the records of one kind are listed.

    `key`: the collection's name. `day`: the attribute that `date_from` and `date_to` mean. `own`: the name under which
    a range means the record's own number. `equal`: parameters that mean another attribute here. `members`: parameters
    that ask for a number among an attribute's list. `only`: fixed conditions, attribute and text; `among`: attribute
    and texts. `also`: other kinds in the same list.
    """

    kind: str
    key: str
    day: str = "created_at"
    own: str = ""
    equal: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: tuple[str, ...] = ()


Test = tuple[str, list[object]]


def conditions(listing: Listing, given: Mapping[str, str]) -> Iterator[Test]:
    """Each filter as SQL with its values."""
    for name, text in listing.only.items():
        yield f"{text_of(name)} = ?", [text]
    for name, texts in listing.among.items():
        yield f"{text_of(name)} IN ({','.join('?' * len(texts))})", list(texts)
    for name, text in given.items():
        if len(text) > LENGTH_MAX and name != "fields":
            raise ApiError(400, f"The {name[:60]} is too long.")
        test = _test(listing, name, text)
        if test is not None:
            yield test


def order(given: Mapping[str, str]) -> str:
    """By number unless asked; descending when asked without a direction, as the own SDK does (C)."""
    name = given.get("order_by", "")
    direction = given.get("order_direction", "DESC").upper()
    if direction not in ("ASC", "DESC"):
        raise ApiError(400, "The order direction must be ASC or DESC.")
    if not name:
        return "place, key"
    if name in ("number", "id"):
        return f"place {direction}, key {direction}"
    if name in TIMES:
        return f"{name} {direction}, place {direction}, key {direction}"
    return f"json_extract(body,'$.{_attribute(name)}') {direction}, place {direction}, key {direction}"


def _test(listing: Listing, name: str, text: str) -> Test | None:
    inside = _INSIDE.fullmatch(name)
    if inside is not None:
        return _bracketed(inside["name"], inside["inside"], text)
    if name == "search":
        return ("instr(search, ?) > 0", [text.casefold()]) if text else None
    if name == "number":
        return "key = ?", [text]
    if name in listing.members:
        return "id IN (SELECT record FROM member WHERE name=? AND value=?)", [listing.members[name], text]
    attribute = listing.equal.get(name) or EQUAL.get(name)
    if attribute is not None:
        return f"{text_of(attribute)} = ?", [text]
    if name.startswith(("is_", "use_in_")):
        return f"{flag_of(_attribute(name))} = ?", [_flag(name, text)]
    return _span(listing, name, text)


def _bracketed(name: str, inside: str, text: str) -> Test | None:
    if name == "simple_filter":
        if inside == "number":
            return "key = ?", [text]
        attribute = text_of(_attribute(inside))
        if text.lower() in ("true", "false"):
            return f"{attribute} IN (?,?)", [text, str(int(text.lower() == "true"))]
        return f"{attribute} = ?", [text]
    if name in ("field", "field_eq"):
        if not _FIELD_ID.fullmatch(inside):
            raise ApiError(400, "The field could not be read.")
        value = text_of(f'custom_fields."{inside}"')
        return (f"{value} = ?", [text]) if name == "field_eq" else (f"substr({value},1,?) = ?", [len(text), text])
    return None


def _span(listing: Listing, name: str, text: str) -> Test | None:
    what, _, end = name.rpartition("_")
    if end not in ("from", "to") or not text:
        return None
    sign = ">=" if end == "from" else "<="
    attribute = listing.day if what == "date" else what
    if attribute in TIMES:
        return f"{attribute} {sign} ?", [moment(name, text, end)]
    if attribute in DATES:
        return f"{text_of(attribute)} {sign} ?", [_day(name, text)]
    if what == "item":
        return f"key {sign} ?", [text]
    if what and what == listing.own:
        return f"place {sign} ?", [_whole(name, text)]
    if what in RANGES:
        return f"json_extract(body,'$.{RANGES[what]}') {sign} ?", [_whole(name, text)]
    return None


def moment(name: str, text: str, end: str) -> str:
    """A bound in UTC. Without an offset it is Danish time; a day alone is its first second, or its last as an end."""
    try:
        # A plus sign that was not encoded arrives as a blank.
        parsed = datetime.fromisoformat(re.sub(r" (\d\d:\d\d)$", r"+\1", text) if text.count(":") > 2 else text)
    except ValueError as error:
        raise ApiError(400, f"The {name} is not a valid date.") from error
    if len(text) <= len("YYYY-MM-DD") and end == "to":
        parsed += timedelta(days=1, seconds=-1)
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=COPENHAGEN)
    try:
        return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    except OverflowError as error:
        raise ApiError(400, f"The {name} is not a valid date.") from error


def _day(name: str, text: str) -> str:
    try:
        return str(datetime.fromisoformat(text).date())
    except ValueError as error:
        raise ApiError(400, f"The {name} is not a valid date.") from error


def _flag(name: str, text: str) -> int:
    if text.lower() not in _TRUE | _FALSE:
        raise ApiError(400, f"The {name} must be a boolean.")
    return int(text.lower() in _TRUE)


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX):
        raise ApiError(400, f"The {name} must be a number.")
    return int(text)


def _attribute(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ApiError(400, "The attribute could not be read.")
    return name
