"""The form of what this surface sends and takes: types, limits, and what may be filtered and sorted by.

The facts are those of the published documents; a contract test holds every property here against them. Enumerations
are integers; null is refused unless a property says otherwise; unknown properties are passed over (economic-api 3.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.services.problems import INVALID, raise_if_any, refuse
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.records import Record

ORDER: Final = ("eq", "ne", "lt", "lte", "gt", "gte")
EQUAL: Final = ("eq", "ne")
LISTS: Final = (*ORDER, "in", "nin")
LIKE: Final = (*ORDER, "like")
ALL: Final = (*LISTS, "like")
INT_MAX: Final = 2_147_483_647
NUMBER_DIGITS_MAX: Final = 15


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `filters`: the operators that it may be filtered with; `takes_null`: as documented, null is
    more than an absence here."""

    kind: str
    required: bool = False
    readonly: bool = False
    takes_null: bool = False
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    shortest: int = 0
    filters: tuple[str, ...] = ()
    sortable: bool = False
    items: Mapping[str, Property] | None = None


Shape = Mapping[str, Property]
VERSION: Final = "objectVersion"
OBJECT_VERSION: Final = Property("string")


def check(body: object, shape: Shape) -> Record:
    """What the shape knows of the body, read-only properties left out. Raises with every complaint."""
    if not isinstance(body, dict):
        raise refuse(INVALID, "The body must be an object.")
    raise_if_any(list(complaints(body, shape)))
    return {name: body[name] for name, prop in shape.items() if name in body and not prop.readonly}


def complaints(body: Record, shape: Shape, prefix: str = "") -> Iterator[Complaint]:
    """What of the body is not of the shape's form."""
    for name, prop in shape.items():
        place = f"{prefix}{name}"
        if name not in body:
            if prop.required and not prop.readonly:
                yield Complaint(INVALID, f"The {name} field is required.", place)
        elif body[name] is None and not prop.takes_null and name != VERSION:
            yield Complaint(INVALID, f"{name} must not be null. Leave it out instead.", place)
        elif body[name] is not None and not prop.readonly:
            yield from _value(body[name], prop, place)


def _value(value: object, prop: Property, name: str) -> Iterator[Complaint]:
    if not _is_of(value, prop.kind):
        yield Complaint(INVALID, f"The value of {name} is not of the type {prop.kind}.", name)
    elif isinstance(value, str):
        yield from _text(value, prop, name)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield from _size(value, name)
        yield from _bounds(value, prop, name)
    elif isinstance(value, list) and prop.items is not None:
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield from complaints(item, prop.items, f"{name}[{index}].")
            else:
                yield Complaint(INVALID, "An object was expected.", f"{name}[{index}]")


def _text(value: str, prop: Property, name: str) -> Iterator[Complaint]:
    if prop.longest is not None and len(value) > prop.longest:
        yield Complaint(INVALID, f"{name} must be at most {prop.longest} characters.", name)
    if len(value) < prop.shortest or (prop.required and not value.strip()):
        yield Complaint(INVALID, f"{name} must be at least {max(prop.shortest, 1)} characters.", name)


def _size(value: int | Decimal, name: str) -> Iterator[Complaint]:
    """Numbers that no amount has, as 1e300 and 1e-300."""
    digits = value.adjusted() if isinstance(value, Decimal) else len(str(abs(value))) - 1
    if abs(digits) >= NUMBER_DIGITS_MAX:
        yield Complaint(INVALID, f"{name} has too many digits.", name)


def _bounds(value: int | Decimal, prop: Property, name: str) -> Iterator[Complaint]:
    least = -INT_MAX - 1 if prop.least is None and prop.kind == "integer" else prop.least
    most = INT_MAX if prop.most is None and prop.kind == "integer" else prop.most
    if least is not None and value < least:
        yield Complaint(INVALID, f"{name} must be {least} or more.", name)
    if most is not None and value > most:
        yield Complaint(INVALID, f"{name} must be {most} or less.", name)


def _is_of(value: object, kind: str) -> bool:
    match kind:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | Decimal) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "date-time":
            return isinstance(value, str) and moment(value) is not None
        case "array":
            return isinstance(value, list)
    return isinstance(value, str)


def moment(text: str) -> datetime | None:
    """A date, or a date with a time; None for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def day(text: str) -> str:
    """The date of a date-time that has been checked, as the store keeps it."""
    parsed = moment(text)
    assert parsed is not None
    return str(parsed.date())


def as_moment(text: str) -> str:
    """A stored date as this surface sends it."""
    return f"{date.fromisoformat(text)}T00:00:00"
