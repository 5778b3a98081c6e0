"""What a shape's annotations ask of a value beyond its type: how long, how small, of what form, and what is cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from lagerbro.wire import days
from lagerbro.wire.unreadable import UnfitValueError

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Cut:
    """`Annotated[str, Cut(255)]`: a text for people that is shortened to what can be stored."""

    longest: int


@dataclass(frozen=True, slots=True)
class Day:
    """`Annotated[str, Day()]`: a calendar day, given as `2026-11-24` (see `days`)."""

    or_nothing: bool = False


def constrained(read: Read, limits: tuple[Any, ...]) -> Read:
    """`Meta(max_length=…, pattern=…)` on a text, `Meta(ge=…)` on a number, `Cut(…)` on a text for people, `Day()`."""
    for limit in limits:
        if isinstance(limit, Cut):
            read = _cut(read, limit.longest)
        elif isinstance(limit, Day):
            read = _day(read, days.day_if_any if limit.or_nothing else days.day)
        elif isinstance(limit, msgspec.Meta):
            read = _within(read, limit)
    return read


def _within(read: Read, limit: msgspec.Meta) -> Read:
    pattern = re.compile(limit.pattern) if limit.pattern else None

    def within(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        value_read = read(value)
        if limit.max_length is not None and len(value_read) > limit.max_length:
            raise UnfitValueError(value, f"a text of at most {limit.max_length} characters")
        if limit.ge is not None and value_read < limit.ge:
            raise UnfitValueError(value, f"a number of at least {limit.ge}")
        if pattern is not None and not pattern.fullmatch(value_read):
            raise UnfitValueError(value, f"a text of the form {limit.pattern}")
        return value_read

    return within


def _cut(read: Read, longest: int) -> Read:
    def cut(value: Any) -> Any:  # noqa: ANN401 - decoded JSON
        value_read = read(value)
        return value_read if len(value_read) <= longest else f"{value_read[: longest - 1]}…"

    return cut


def _day(read: Read, as_day: Callable[[str], str]) -> Read:
    return lambda value: as_day(read(value))
