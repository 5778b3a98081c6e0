"""The form of request bodies: names, types, limits. What does not have it is refused before anything else is looked at.

Unknown and read-only properties are passed over, null is refused, enum casing is strict (economic-api 2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lagerbro_sandbox.economic.wire.errors import schema_error

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LOWEST = -999_999_999
MOST = Decimal(10) ** 18
"""No number is larger, whatever the schema says: a body of digits alone is no amount."""


@dataclass(frozen=True, slots=True)
class Field:
    required: bool = False


@dataclass(frozen=True, slots=True)
class Text(Field):
    longest: int = 255
    shortest: int = 0
    one_of: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Whole(Field):
    least: int = 1
    most: int = 999_999_999


@dataclass(frozen=True, slots=True)
class Number(Field):
    """`decimals` None: as many as one likes. More than allowed is a business error (E04740), not one of form."""

    decimals: int | None = None
    least: Decimal | None = None
    most: Decimal = MOST


@dataclass(frozen=True, slots=True)
class Flag(Field):
    pass


@dataclass(frozen=True, slots=True)
class Day(Field):
    pass


@dataclass(frozen=True, slots=True)
class Ref(Field):
    """An object that names a record of `kind` by `key` or by its link.

    `own`: the form of what else stands in the object. `least`: numbers below are refused by form (None: they only lead
    nowhere). `missing`: the code when it leads nowhere. `also`: what else is kept of the object.
    """

    key: str = ""
    kind: str = ""
    text_key: bool = False
    least: int | None = 1
    missing: str = "E06000"
    also: tuple[str, ...] = ()
    own: Mapping[str, Field] | None = None


@dataclass(frozen=True, slots=True)
class Texts(Field):
    """A list of texts, each of them once."""


@dataclass(frozen=True, slots=True)
class Group(Field):
    fields: Mapping[str, Field] | None = None


@dataclass(frozen=True, slots=True)
class Listed(Field):
    fields: Mapping[str, Field] | None = None


Form = Mapping[str, Field]


def check(body: object, form: Form, schema_path: str) -> dict[str, Any]:
    """The body with what the form knows of it; raises the schema error with every complaint."""
    errors = list(_object(body, form, ""))
    if errors:
        raise schema_error(errors, schema_path)
    assert isinstance(body, dict)
    return body


def _object(value: object, form: Form, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path or 'body'}: Expected Object but got {_name(value)}."
        return
    missing = [name for name, field in form.items() if field.required and name not in value]
    if missing:
        yield f"{path or 'body'}: Required properties are missing from object: {', '.join(missing)}."
    for name, field in form.items():
        if name in value:
            yield from _value(value[name], field, f"{path}.{name}".lstrip("."))


def _value(value: object, field: Field, path: str) -> Iterator[str]:
    match field:
        case Text() | Whole() | Number():
            yield from _scalar(value, field, path)
        case Flag() if not isinstance(value, bool):
            yield f"{path}: Expected Boolean but got {_name(value)}."
        case Day() if not _is_day(value):
            yield f"{path}: String is not a full-date."
        case Ref():
            yield from _ref(value, field, path)
        case Group():
            yield from _object(value, field.fields or {}, path)
        case Listed():
            yield from _list(value, field, path)
        case Texts():
            yield from _texts(value, path)


def _scalar(value: object, field: Text | Whole | Number, path: str) -> Iterator[str]:
    match field:
        case Text():
            return _text(value, field, path)
        case Whole():
            return _whole(value, field, path)
        case Number():
            return _number(value, field, path)


def _text(value: object, field: Text, path: str) -> Iterator[str]:
    if value is None and field.nullable:
        return
    if not isinstance(value, str):
        yield f"{path}: Expected String but got {_name(value)}."
    elif len(value) > field.longest:
        yield f"{path}: String '{value[:40]}' exceeds maximum length of {field.longest}."
    elif len(value) < field.shortest:
        yield f"{path}: String '{value}' is less than minimum length of {field.shortest}."
    elif field.one_of and value not in field.one_of:
        yield f'{path}: Value "{value}" is not defined in enum.'


def _whole(value: object, field: Whole, path: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield f"{path}: Expected Integer but got {_name(value)}."
    elif value < field.least:
        yield f"{path}: Integer {value} is less than minimum value of {field.least}."
    elif value > field.most:
        yield f"{path}: Integer {value} exceeds maximum value of {field.most}."


def _ref(value: object, field: Ref, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: Expected Object but got {_name(value)}."
    elif field.key in value:
        least = LOWEST if field.least is None else field.least
        form: Field = Text(longest=25, shortest=1) if field.text_key else Whole(least=least)
        yield from _value(value[field.key], form, f"{path}.{field.key}")
    if isinstance(value, dict) and field.own:
        yield from _object(value, field.own, path)


def _list(value: object, field: Listed, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: Expected Array but got {_name(value)}."
        return
    for index, item in enumerate(value):
        yield from _object(item, field.fields or {}, f"{path}[{index}]")


def _texts(value: object, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: Expected Array but got {_name(value)}."
        return
    for index, item in enumerate(value):
        if not isinstance(item, str):
            yield f"{path}[{index}]: Expected String but got {_name(item)}."
    if len({str(item) for item in value}) != len(value):
        yield f"{path}: Array items are not unique."


def _number(value: object, field: Number, path: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        yield f"{path}: Expected Number but got {_name(value)}."
        return
    if field.least is not None and value < field.least:
        yield f"{path}: Float {value} is less than minimum value of {field.least}."
    elif abs(Decimal(value)) > field.most:
        yield f"{path}: Float {str(value)[:40]} exceeds maximum value of {field.most}."


def _is_day(text: object) -> bool:
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _name(value: object) -> str:
    if value is None:
        return "Null"
    names = {bool: "Boolean", int: "Integer", Decimal: "Float", str: "String", list: "Array", dict: "Object"}
    return names.get(type(value), "Unknown")
