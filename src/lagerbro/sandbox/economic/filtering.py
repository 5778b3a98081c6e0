"""The filter language as the server was observed to read it (economic-api 2.4), and sorting (2.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import cmp_to_key
from typing import Any

from lagerbro.sandbox.economic.faulty import ApiError, bad_filter, filter_error

Record = dict[str, Any]
Test = Callable[[Record], bool]

IN_MAX = 200
DEPTH_MAX = 50
_OPERATOR = re.compile(r"\$(eq|ne|gte|gt|lte|lt|like|nin|in):")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_NULL = "$null:"


class Filter:
    """A recursive reader of one filter expression. Every error is a 400, never a fault of the sandbox."""

    def __init__(self, text: str, allowed: tuple[str, ...]) -> None:
        self._text = text
        self._at = 0
        self._allowed = allowed
        self._depth = 0

    def read(self) -> Test:
        test = self._expression()
        if self._at != len(self._text):
            raise bad_filter(f"Unexpected text at position {self._at}.")
        return test

    def _expression(self) -> Test:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise bad_filter("The filter is nested too deeply.")
        test = self._term()
        while True:
            if self._took("$and:"):
                test = _both(test, self._term())
            elif self._took("$or:"):
                test = _either(test, self._term())
            else:
                self._depth -= 1
                return test

    def _term(self) -> Test:
        if self._took("("):
            test = self._expression()
            if not self._took(")"):
                raise bad_filter("A parenthesis is not closed.")
            return test
        return self._predicate()

    def _predicate(self) -> Test:
        name = _NAME.match(self._text, self._at)
        operator = _OPERATOR.match(self._text, name.end()) if name else None
        if name is None or operator is None:
            raise bad_filter(f"A property and an operator were expected at position {self._at}.")
        self._admit(name[0], operator[1])
        self._at = operator.end()
        path = name[0].split(".")
        if operator[1] in ("in", "nin"):
            values = [self._meant(name[0], value) for value in self._list()]
            return _membership(path, values, wanted=operator[1] == "in")
        value = self._value(")", like=operator[1] == "like")
        return _comparison(path, operator[1], self._meant(name[0], value))

    def _admit(self, name: str, _operator: str) -> None:
        """Raises when the property may not be filtered so."""
        if name not in self._allowed:
            raise filter_error(name, self._allowed)

    def _meant(self, _name: str, value: str | None) -> str | None:
        """The value as records hold it."""
        return value

    def _list(self) -> list[str | None]:
        if not self._took("["):
            raise bad_filter("A list needs its brackets.")
        values: list[str | None] = []
        while True:
            values.append(self._value(",]"))
            if len(values) > IN_MAX:
                raise bad_filter(f"At most {IN_MAX} values are allowed.")
            if self._took("]"):
                return values
            if not self._took(","):
                raise bad_filter("A list is not closed.")

    def _value(self, ends: str, *, like: bool = False) -> str | None:
        if self._took(_NULL):
            return None
        characters: list[str] = []
        while self._at < len(self._text):
            character = self._text[self._at]
            if character == "$":
                if self._text.startswith(("$and:", "$or:"), self._at):
                    break
                characters.append(self._escaped(like=like))
                continue
            if character in ends:
                break
            characters.append(character)
            self._at += 1
        return "".join(characters)

    def _escaped(self, *, like: bool) -> str:
        following = self._text[self._at + 1 : self._at + 2]
        if following not in ("$", "(", ")", "*", ",", "[", "]") or not following:
            raise bad_filter(f"An escape at position {self._at} is not known.")
        self._at += 2
        if following in "[]":
            return "\0"  # observed: an escaped bracket parses and then matches nothing
        return "\1" if like and following == "*" else following

    def _took(self, text: str) -> bool:
        if self._text.startswith(text, self._at):
            self._at += len(text)
            return True
        return False


def _both(first: Test, second: Test) -> Test:
    return lambda record: first(record) and second(record)


def _either(first: Test, second: Test) -> Test:
    return lambda record: first(record) or second(record)


def look_up(record: Record, path: list[str]) -> object:
    value: object = record
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _membership(path: list[str], values: list[str | None], *, wanted: bool) -> Test:
    return lambda record: any(_compare(look_up(record, path), value) == 0 for value in values) is wanted


def _comparison(path: list[str], operator: str, value: str | None) -> Test:
    if operator == "like":
        pattern = _like(value or "")
        return lambda record: bool(pattern.fullmatch(str(look_up(record, path) or "")))
    wanted = {"eq": (0,), "ne": (-1, 1, None), "gt": (1,), "gte": (0, 1), "lt": (-1,), "lte": (-1, 0)}[operator]
    return lambda record: _compare(look_up(record, path), value) in wanted


def _like(text: str) -> re.Pattern[str]:
    """Contains unless a wildcard says otherwise; a bracket pair is a character class, as in SQL."""
    if "*" not in text:
        text = f"*{text}*"
    parts = re.split(r"(\*|\[[^\]]+\])", text)
    pattern = "".join(
        ".*" if part == "*" else part.replace("[[]", r"\[") if part.startswith("[") else re.escape(part)
        for part in parts
    )
    return re.compile(pattern.replace("\1", r"\*"), re.IGNORECASE | re.DOTALL)


def _compare(present: object, value: str | None) -> int | None:
    """-1, 0 or 1; None when the two cannot be compared."""
    if value is None or present is None:
        return 0 if value is None and present in (None, "") else None
    if isinstance(present, bool):
        return 0 if str(present).lower() == value.lower() else None
    if isinstance(present, int | Decimal):
        return _numbers(Decimal(present), value)
    first, second = str(present).casefold(), value.casefold()
    return (first > second) - (first < second)


def _numbers(present: Decimal, value: str) -> int | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return (present > number) - (present < number)


def ordered(records: Iterable[Record], sort: str, allowed: tuple[str, ...]) -> list[Record]:
    """Sorted by `name,-date,~number`; raises for what may not be sorted by."""
    result = list(records)
    for part in reversed([part for part in sort.split(",") if part]):
        name = part.lstrip("-~")
        if name not in allowed:
            raise ApiError(400, "Could not parse query string sort parameter.", "See the documentation of sorting.")
        result.sort(key=_sort_key(name, alphabetic=part.startswith("~")), reverse=part.startswith("-"))
    return result


def _sort_key(name: str, *, alphabetic: bool) -> Callable[[Record], Any]:
    path, key = name.split("."), cmp_to_key(_by_text if alphabetic else _by_value)
    return lambda record: key(look_up(record, path))


def _by_value(first: object, second: object) -> int:
    if isinstance(first, int | Decimal) and isinstance(second, int | Decimal):
        return (first > second) - (first < second)
    return _by_text(first, second)


def _by_text(first: object, second: object) -> int:
    one, other = str(first or "").casefold(), str(second or "").casefold()
    return (one > other) - (one < other)
