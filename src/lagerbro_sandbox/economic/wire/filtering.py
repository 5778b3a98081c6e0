"""The filter language as the server was observed to read it (economic-api 2.4), and sorting (2.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.wire.errors import ApiError, bad_filter, filter_error
from lagerbro_sandbox.economic.wire.matching import compare, like, look_up, sort_key
from lagerbro_sandbox.kernel.records import Record

Test = Callable[[Record], bool]
Operators = Mapping[str, frozenset[str]]

IN_MAX: Final = 200  # 201 are refused (economic-api 2.4)
DEPTH_MAX: Final = 50
CLAUSES_MAX: Final = 500
_OPERATOR: Final = re.compile(r"\$(eq|ne|gte|gt|lte|lt|like|nin|in):")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_NULL: Final = "$null:"
_LITERAL_STAR: Final = "\1"
_WANTED: Final[Mapping[str, tuple[int | None, ...]]] = {
    "eq": (0,),
    "ne": (-1, 1, None),
    "gt": (1,),
    "gte": (0, 1),
    "lt": (-1,),
    "lte": (-1, 0),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison. `is_broken`: the server answers 500 when it comes to it (economic-api 2.9)."""

    name: str
    operator: str
    values: tuple[str | None, ...]
    is_broken: bool = False

    def test(self) -> Test:
        if self.is_broken:
            return _break
        path = self.name.split(".")
        if self.operator in ("in", "nin"):
            return _membership(path, self.values, wanted=self.operator == "in")
        return _comparison(path, self.operator, self.values[0])


@dataclass(frozen=True, slots=True)
class Joined:
    """Two expressions; the second is not looked at where the first decides."""

    first: Tree
    second: Tree
    both: bool

    def test(self) -> Test:
        first, second = self.first.test(), self.second.test()
        if self.both:
            return lambda record: first(record) and second(record)
        return lambda record: first(record) or second(record)


Tree = Clause | Joined


def must_hold(tree: Tree) -> list[Clause]:
    """The clauses without which nothing passes."""
    if isinstance(tree, Clause):
        return [tree]
    return [*must_hold(tree.first), *must_hold(tree.second)] if tree.both else []


def leading(tree: Tree) -> Clause:
    """The clause that is looked at first, whatever the record."""
    return tree if isinstance(tree, Clause) else leading(tree.first)


def _break(_record: Record) -> bool:
    raise ApiError(500, "Internal server error.", "The filter could not be carried out.", "E00500")


class Filter:
    """A recursive reader of one filter expression. Every error is a 400, never a fault of the sandbox."""

    def __init__(self, text: str, allowed: tuple[str, ...], broken: Operators | None = None) -> None:
        self._text = text
        self._at = 0
        self._allowed = allowed
        self._broken = broken or {}
        self._depth = 0
        self._clauses = 0

    def read(self) -> Test:
        """What tells whether a record passes."""
        return self.tree().test()

    def tree(self) -> Tree:
        """The expression."""
        tree = self._expression()
        if self._at != len(self._text):
            raise bad_filter(f"Unexpected text at position {self._at}.")
        return tree

    def _expression(self) -> Tree:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise bad_filter("The filter is nested too deeply.")
        tree = self._term()
        while True:
            if self._accept("$and:"):
                tree = Joined(tree, self._term(), both=True)
            elif self._accept("$or:"):
                tree = Joined(tree, self._term(), both=False)
            else:
                self._depth -= 1
                return tree

    def _term(self) -> Tree:
        if self._accept("("):
            tree = self._expression()
            if not self._accept(")"):
                raise bad_filter("A parenthesis is not closed.")
            return tree
        return self._clause()

    def _clause(self) -> Clause:
        self._clauses += 1
        if self._clauses > CLAUSES_MAX:
            raise bad_filter(f"At most {CLAUSES_MAX} comparisons are allowed.")
        name = _NAME.match(self._text, self._at)
        operator = _OPERATOR.match(self._text, name.end()) if name else None
        if name is None or operator is None:
            raise bad_filter(f"A property and an operator were expected at position {self._at}.")
        self._admit(name[0], operator[1])
        self._at = operator.end()
        values = tuple(self._normalised(name[0], value) for value in self._values(operator[1]))
        kinds = {operator[1], *(("null",) if None in values else ())}
        return Clause(name[0], operator[1], values, bool(kinds & self._broken.get(name[0], frozenset())))

    def _admit(self, name: str, _operator: str) -> None:
        """Raises when the property may not be filtered so."""
        if name not in self._allowed:
            raise filter_error(name, self._allowed)

    def _normalised(self, _name: str, value: str | None) -> str | None:
        """The value as records hold it."""
        return value

    def _values(self, operator: str) -> tuple[str | None, ...]:
        if operator in ("in", "nin"):
            return tuple(self._list())
        return (self._value(")", like=operator == "like"),)

    def _list(self) -> list[str | None]:
        if not self._accept("["):
            raise bad_filter("A list needs its brackets.")
        values: list[str | None] = []
        while True:
            values.append(self._value(",]"))
            if len(values) > IN_MAX:
                raise bad_filter(f"At most {IN_MAX} values are allowed.")
            if self._accept("]"):
                return values
            if not self._accept(","):
                raise bad_filter("A list is not closed.")

    def _value(self, ends: str, *, like: bool = False) -> str | None:
        if self._accept(_NULL):
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
        return _LITERAL_STAR if like and following == "*" else following

    def _accept(self, text: str) -> bool:
        if self._text.startswith(text, self._at):
            self._at += len(text)
            return True
        return False


def _membership(path: list[str], values: tuple[str | None, ...], *, wanted: bool) -> Test:
    return lambda record: any(compare(look_up(record, path), value) == 0 for value in values) is wanted


def _comparison(path: list[str], operator: str, value: str | None) -> Test:
    if operator == "like":
        pattern = like(value or "", _LITERAL_STAR)
        return lambda record: bool(pattern.fullmatch(_text(look_up(record, path))))
    wanted = _WANTED[operator]
    return lambda record: compare(look_up(record, path), value) in wanted


def _text(value: object) -> str:
    return "" if value is None else str(value)


def ordered(records: Iterable[Record], sort: str, allowed: tuple[str, ...]) -> list[Record]:
    """Sorted by `name,-date,~number`; raises for what may not be sorted by."""
    result = list(records)
    for part in reversed([part for part in sort.split(",") if part]):
        name = part.lstrip("-~")
        if name not in allowed:
            raise ApiError(400, "Could not parse query string sort parameter.", "See the documentation of sorting.")
        result.sort(key=sort_key(name, alphabetic="~" in part[:2]), reverse="-" in part[:2])
    return result
