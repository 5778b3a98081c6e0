"""A list as a poll needs it. Pure.

One record that cannot be read hides neither the others nor itself: what has a number is asked for, what has none is
told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lagerbro.rackbeat.types import Changed
from lagerbro.wire.texts import is_clean, is_key
from lagerbro.wire.unreadable import UnfitValueError, shown
from lagerbro.wire.values import truth

KEY_CHARS_MAX: Final = 64
"""As many as a key may have where it is stored."""
NAMED_MAX: Final = 5
UNREADABLE: Final = "records_unreadable"


@dataclass(frozen=True, slots=True)
class Listing:
    """`unreadable`: what the records that cannot be asked for have where their number should be."""

    records: tuple[Changed, ...]
    unreadable: tuple[str, ...]

    @property
    def code(self) -> str:
        return UNREADABLE if self.unreadable else ""

    @property
    def details(self) -> dict[str, str]:
        if not self.unreadable:
            return {}
        return {"count": str(len(self.unreadable)), "numbers": ", ".join(self.unreadable[:NAMED_MAX])}


def listing(rows: Iterable[object]) -> Listing:
    """The records that have a number, and what the others have instead."""
    records: list[Changed] = []
    unreadable: list[str] = []
    for record in rows:
        fields = record if isinstance(record, dict) else {}
        key = _key_of(fields.get("number"))
        if key is None:
            unreadable.append(shown(fields.get("number", record)).strip() or "–")
        else:
            times = _text_of(fields, "updated_at"), _text_of(fields, "booked_at")
            records.append(Changed(key, *times, _truth_of(fields.get("is_booked"))))
    return Listing(tuple(records), tuple(unreadable))


def _key_of(number: object) -> str | None:
    """A number that can be asked for and stored; Rackbeat sends an integer now and then as a double."""
    if isinstance(number, Decimal) and number == number.to_integral_value():
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int | str):
        return None
    key = str(number)
    return key if len(key) <= KEY_CHARS_MAX and is_key(key) else None


def _truth_of(value: object) -> bool | None:
    try:
        return truth(value)
    except UnfitValueError:
        return None


def _text_of(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) and len(value) <= KEY_CHARS_MAX and is_clean(value) else None
