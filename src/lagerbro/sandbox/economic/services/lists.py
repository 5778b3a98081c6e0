"""Lists: by cursor, by page, and their count (economic-api 3.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from lagerbro.sandbox.economic.services.calls import Call, answered
from lagerbro.sandbox.economic.services.filters import sorted_by, test_of
from lagerbro.sandbox.economic.services.problems import INVALID, refuse
from lagerbro.sandbox.economic.services.properties import VERSION, Shape
from lagerbro.sandbox.kernel.http import Response
from lagerbro.sandbox.kernel.json import to_json
from lagerbro.sandbox.kernel.records import Record

CURSOR_PAGE: Final = 1000
CURSOR_LENGTH_MAX: Final = 50
SIZE_DEFAULT: Final = 20
SIZE_MAX: Final = 100
SKIP_MAX: Final = 100
REACH: Final = 10_000
"""How many of the first items pages can reach."""

Rows = Callable[[Call, list[str]], Iterable[Record]]


def version_of(row: Record) -> str:
    """The object's version: another content has another, and nothing else does."""
    return hashlib.blake2b(to_json(row), digest_size=8).hexdigest()


def shown(row: Record, shape: Shape) -> Record:
    """The row as it is sent, with its version where the shape has one."""
    body = {name: row[name] for name in shape if row.get(name) is not None}
    return {**body, VERSION: version_of(body)} if VERSION in shape else body


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: rows in the order of their key. `resource` names them among the broken filters."""

    shape: Shape
    key: Callable[[Record], int | str]
    rows: Rows
    resource: str = ""

    def found(self, call: Call, values: list[str]) -> list[Record]:
        test = test_of(call.parameters().get("filter", ""), self.shape, self.resource)
        return [row for row in self.rows(call, values) if test(row)]

    def by_cursor(self, call: Call, values: list[str]) -> Response:
        """Up to 1000 items; the cursor is the identifier of the next page's first one, and absent at the end. `sort`
        is passed over."""
        cursor = call.parameters().get("cursor", "")
        if len(cursor) > CURSOR_LENGTH_MAX:
            raise refuse(INVALID, f"The cursor is at most {CURSOR_LENGTH_MAX} characters.", "cursor")
        rows = self.found(call, values)
        first = self._place(rows, cursor) if cursor else 0
        body: Record = {"items": [shown(row, self.shape) for row in rows[first : first + CURSOR_PAGE]]}
        if first + CURSOR_PAGE < len(rows):
            body = {"cursor": str(self.key(rows[first + CURSOR_PAGE])), **body}
        return answered(body)

    def _place(self, rows: list[Record], cursor: str) -> int:
        """Where the cursor points; at the next one when its own item is gone."""
        if all(isinstance(self.key(row), int) for row in rows[:1]):
            digits = cursor.removeprefix("-")
            if not (digits.isascii() and digits.isdigit()):
                raise refuse(INVALID, "The cursor is not valid.", "cursor")
            number = int(cursor)
            return next((at for at, row in enumerate(rows) if int(self.key(row)) >= number), len(rows))
        return next((at for at, row in enumerate(rows) if str(self.key(row)) == cursor), len(rows))

    def by_page(self, call: Call, values: list[str]) -> Response:
        """A bare array; nothing beyond the first 10 000 items is reached."""
        given = call.parameters()
        size = _whole(given.get("pagesize"), "pageSize", SIZE_DEFAULT, 1, SIZE_MAX)
        skip = _whole(given.get("skippages"), "skipPages", 0, 0, SKIP_MAX)
        rows = sorted_by(self.found(call, values), given.get("sort", ""), self.shape, self.resource)[:REACH]
        return answered([shown(row, self.shape) for row in rows[skip * size : (skip + 1) * size]])

    def whole(self, call: Call, values: list[str]) -> Response:
        """A bare array of everything, as the lines of one document are answered."""
        rows = sorted_by(self.found(call, values), call.parameters().get("sort", ""), self.shape, self.resource)
        return answered([shown(row, self.shape) for row in rows])

    def count(self, call: Call, values: list[str]) -> Response:
        return answered(len(self.found(call, values)))


def _whole(text: str | None, name: str, default: int, least: int, most: int) -> int:
    if not text:
        return default
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or not least <= int(text) <= most:
        raise refuse(INVALID, f"{name} must be from {least} to {most}.", name)
    return int(text)
