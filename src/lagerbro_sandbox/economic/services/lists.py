"""Lists: by cursor, by page, and their count (economic-api 3.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.rows import GivenRows, PlacedRows, Rows
from lagerbro_sandbox.economic.services.calls import Call, json_response
from lagerbro_sandbox.economic.services.filters import filter_of, sorted_by
from lagerbro_sandbox.economic.services.problems import INVALID, refuse
from lagerbro_sandbox.economic.services.properties import VERSION, Shape
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

CURSOR_PAGE: Final = 1000
CURSOR_LENGTH_MAX: Final = 50
SIZE_DEFAULT: Final = 20
SIZE_MAX: Final = 100
SKIP_MAX: Final = 100
REACH: Final = 10_000
"""How many of the first items pages can reach."""

Gathered = Callable[[Call, list[str]], Iterable[Record]]
Source = Gathered | Callable[[Call, list[str]], PlacedRows]


def version_of(row: Record) -> str:
    """The object's version: another content has another, and nothing else does."""
    return hashlib.blake2b(to_json(row), digest_size=8).hexdigest()


def shown(row: Record, shape: Shape) -> Record:
    """The row as it is sent, with its version where the shape has one."""
    body = {name: row[name] for name in shape if row.get(name) is not None}
    return {**body, VERSION: version_of(body)} if VERSION in shape else body


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: rows in the order of their key, gathered or still in the store. `resource` names them among the
    broken filters."""

    shape: Shape
    key: Callable[[Record], int | str]
    rows: Source
    resource: str = ""

    def filtered(self, call: Call, values: list[str]) -> Rows:
        """What passes the filter. Without one, what is in the store stays there."""
        text = call.parameters().get("filter", "")
        if not text:
            rows = self.rows(call, values)
            return rows if isinstance(rows, PlacedRows) else GivenRows(list(rows))
        test, clauses = filter_of(text, self.shape, self.resource)
        rows = self.rows(call, values)
        wide = rows.that_may_pass(clauses) if isinstance(rows, PlacedRows) else rows
        return GivenRows([row for row in wide if test(row)])

    def by_cursor(self, call: Call, values: list[str]) -> Response:
        """Up to 1000 items; the cursor is the identifier of the next page's first one, and absent at the end. `sort`
        is passed over."""
        cursor = call.parameters().get("cursor", "")
        if len(cursor) > CURSOR_LENGTH_MAX:
            raise refuse(INVALID, f"The cursor is at most {CURSOR_LENGTH_MAX} characters.", "cursor")
        rows = self.filtered(call, values)
        first = self._place(rows, cursor) if cursor else 0
        # one more than is shown: its key is the cursor, and that there is none means the end
        page = rows.page(first, CURSOR_PAGE + 1)
        body: Record = {"items": [shown(row, self.shape) for row in page[:CURSOR_PAGE]]}
        if len(page) > CURSOR_PAGE:
            body = {"cursor": str(self.key(page[CURSOR_PAGE])), **body}
        return json_response(body)

    def _place(self, rows: Rows, cursor: str) -> int:
        """Where the cursor points; where its own item is gone, at the next one of a number, else at the end."""
        key: int | str = cursor
        # the first row tells for all: a list has keys of one kind
        if all(isinstance(self.key(row), int) for row in rows.page(0, 1)):
            digits = cursor.removeprefix("-")
            if not (digits.isascii() and digits.isdigit()):
                raise refuse(INVALID, "The cursor is not valid.", "cursor")
            key = int(cursor)
        if isinstance(rows, PlacedRows):
            return rows.before(key)
        keys = (self.key(row) for row in rows.that_may_pass([]))
        if isinstance(key, int):
            return next((at for at, present in enumerate(keys) if int(present) >= key), rows.count())
        return next((at for at, present in enumerate(keys) if str(present) == key), rows.count())

    def by_page(self, call: Call, values: list[str]) -> Response:
        """A bare array; nothing beyond the first 10 000 items is reached."""
        given = call.parameters()
        size = _whole(given.get("pagesize"), "pageSize", SIZE_DEFAULT, 1, SIZE_MAX)
        skip = _whole(given.get("skippages"), "skipPages", 0, 0, SKIP_MAX)
        rows = self._sorted(self.filtered(call, values), given.get("sort", ""))
        first = skip * size + (call.request.gone if skip else 0)
        page = rows.page(first, min(size, max(REACH - first, 0)))
        return json_response([shown(row, self.shape) for row in page])

    def whole(self, call: Call, values: list[str]) -> Response:
        """A bare array of everything, as the lines of one document are answered."""
        rows = self._sorted(self.filtered(call, values), call.parameters().get("sort", ""))
        return json_response([shown(row, self.shape) for row in rows.that_may_pass([])])

    def _sorted(self, rows: Rows, sort: str) -> Rows:
        return GivenRows(sorted_by(rows.that_may_pass([]), sort, self.shape, self.resource)) if sort else rows

    def count(self, call: Call, values: list[str]) -> Response:
        return json_response(self.filtered(call, values).count())


def _whole(text: str | None, name: str, default: int, least: int, most: int) -> int:
    if not text:
        return default
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or not least <= int(text) <= most:
        raise refuse(INVALID, f"{name} must be from {least} to {most}.", name)
    return int(text)
