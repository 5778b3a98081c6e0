"""What every record needs before it can go over: a number that Rackbeat takes and a name that fits. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar

from lagerbro.flows.startup.candidate import CannotGoError
from lagerbro.flows.startup.kinds import SOURCES, Kind
from lagerbro.wire.numbers import UnfitValueError, read
from lagerbro.wire.texts import clean, is_key
from lagerbro.wire.unreadable import shown

NAME_MAX: Final = 255
"""Characters of a name in Rackbeat; a longer one is never cut unasked."""
NUMBER_MAX: Final = 999_999_999
PRODUCT_NUMBER_MAX: Final = 60
_SHOWN_MAX: Final = 64

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Identity:
    """A record's number and name, and its fields as they were sent."""

    kind: Kind
    number: str
    name: str
    record: Mapping[str, Any]

    def cannot(self, code: str, **details: str) -> CannotGoError:
        return CannotGoError(code, self.number, self.name[:NAME_MAX], **details)

    def as_shape(self, shape: type[T]) -> T:
        """The fields that are used; raises `CannotGoError` that names the one that cannot be read."""
        try:
            return read(self.record, shape)
        except UnfitValueError as fault:
            raise self.cannot("field_unreadable", field=fault.field, stood=fault.stood) from fault


def identity(kind: Kind, record: object) -> Identity:
    """Raises `CannotGoError` for no number, one with letters where Rackbeat wants digits, and no or too long a name."""
    if not isinstance(record, dict):
        raise CannotGoError("record_unreadable", stood=shown(record))
    name = _text(record.get("name"))
    number = _number(kind, record.get(SOURCES[kind].key), name[:NAME_MAX])
    found = Identity(kind, number, name, record)
    if not name:
        raise found.cannot("no_name")
    if len(name) > NAME_MAX:
        raise found.cannot("name_too_long", length=str(len(name)), longest=str(NAME_MAX))
    if record.get("barred") in (True, 1, "1"):
        raise found.cannot("barred")
    return found


def _number(kind: Kind, value: object, name: str) -> str:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text:
        raise CannotGoError("no_number", name=name)
    if kind is Kind.PRODUCT:
        if len(text) > PRODUCT_NUMBER_MAX or not is_key(text) or not text.isprintable():
            raise CannotGoError("number_unusable", clean(text)[:_SHOWN_MAX], name)
        return text
    if not (text.isascii() and text.isdigit()):
        raise CannotGoError("number_not_digits", clean(text)[:_SHOWN_MAX], name)
    if len(text) > len(str(NUMBER_MAX)) or not 1 <= int(text) <= NUMBER_MAX:
        raise CannotGoError("number_unusable", text[:_SHOWN_MAX], name)
    return str(int(text))


def _text(value: object) -> str:
    """A name on one line, as every list shows it."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(clean(str(value)).split())
