"""How values compare in filters and sorts: as numbers, moments or text regardless of case (economic-api 2.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cmp_to_key
from typing import Any, Final

from lagerbro_sandbox.kernel.numbers.numerals import numeral
from lagerbro_sandbox.kernel.records import Record

PLACE_MAX: Final = 2**63 - 1
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")


def look_up(record: Record, path: Iterable[str]) -> object:
    """What stands at a path of properties; None where there is nothing."""
    value: object = record
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def compare(present: object, value: str | None) -> int | None:
    """-1, 0 or 1; None when the two cannot be compared. False and absent are the same (economic-api 16.7)."""
    if value is None or present is None:
        same = present in (None, "") if value is None else value.lower() == "false"
        return 0 if same else None
    if isinstance(present, bool):
        return 0 if str(present).lower() == value.lower() else None
    if isinstance(present, int | Decimal):
        return _numbers(Decimal(present), value)
    text = str(present)
    if _MOMENT.match(text) and _MOMENT.match(value):
        return _moments(text, value)
    first, second = text.casefold(), value.casefold()
    return (first > second) - (first < second)


def _numbers(present: Decimal, value: str) -> int | None:
    number = numeral(value)
    return None if number is None else (present > number) - (present < number)


def integer_of(number: Decimal) -> int | None:
    """The number as the tables have whole ones; None for one with decimals or too large for them."""
    is_whole = -PLACE_MAX <= number <= PLACE_MAX and number == number.to_integral_value()
    return int(number) if is_whole else None


def _moments(present: str, value: str) -> int | None:
    try:
        first, second = (_moment(text) for text in (present, value))
    except ValueError:
        return None
    return (first > second) - (first < second)


def _moment(text: str) -> datetime:
    """A timestamp without a zone is in UTC."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def like(text: str, literal_star: str) -> re.Pattern[str]:
    """Contains unless a wildcard says otherwise; a bracket pair is a character class, as in SQL."""
    if "*" not in text:
        text = f"*{text}*"
    parts = re.split(r"(\*|\[[^\]]+\])", text)
    pattern = "".join(_piece(part) for part in parts)
    return re.compile(pattern.replace(literal_star, r"\*"), re.IGNORECASE | re.DOTALL)


def _piece(part: str) -> str:
    if part == "*":
        return ".*"
    if part == "[[]":
        return r"\["
    if len(part) < len("[x]") or not (part.startswith("[") and part.endswith("]")):
        return re.escape(part)  # a bracket without its pair is itself
    inside = part[1:-1]
    negated = inside.startswith("^") and len(inside) > 1
    members = re.escape(inside.removeprefix("^") if negated else inside).replace(r"\-", "-")
    try:
        re.compile(f"[{members}]")
    except re.error:
        members = re.escape(inside)
    return f"[{'^' if negated else ''}{members}]"


def sort_key(name: str, *, alphabetic: bool) -> Any:  # noqa: ANN401 - what cmp_to_key makes has no name
    """The key function that orders records by a property."""
    path, key = name.split("."), cmp_to_key(_by_text if alphabetic else _by_value)
    return lambda record: key(look_up(record, path))


def _by_value(first: object, second: object) -> int:
    if isinstance(first, int | Decimal) and isinstance(second, int | Decimal):
        return (first > second) - (first < second)
    return _by_text(first, second)


def _by_text(first: object, second: object) -> int:
    one, other = (str("" if value is None else value).casefold() for value in (first, second))
    return (one > other) - (one < other)
