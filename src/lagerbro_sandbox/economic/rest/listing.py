"""Collections on REST: the envelope, paging, filtering, sorting (economic-api 2.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from lagerbro_sandbox.economic.rows import GivenRows, Rows
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.filterable import Fields
from lagerbro_sandbox.economic.wire.filtering import Filter, leading, must_hold, ordered
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.records import Record

DEFAULT_SIZE: Final = 20
SIZE_MAX: Final = 1000
SKIP_DIGITS_MAX: Final = 9


@dataclass(frozen=True, slots=True)
class Query:
    skip: int
    size: int
    filter: str
    sort: str
    gone: int = 0

    @property
    def first(self) -> int:
        """How many records stand before the page."""
        return self.skip * self.size + self.gone


def query_of(request: Request) -> Query:
    """Parameter names in either casing; sizes outside 1 to 1000 are refused with E04810."""
    given = {name.lower(): value for name, value in request.parameters()} if request.query else {}
    skip, size = _integer(given.get("skippages"), 0), _integer(given.get("pagesize"), DEFAULT_SIZE)
    if not 1 <= size <= SIZE_MAX:
        raise ApiError(400, "Page size must be between 1 and 1000.", "Correct the page size.", "E04810")
    if skip < 0:
        raise ApiError(400, "Skip pages must not be negative.", "Correct the page number.", "E04810")
    return Query(skip, size, given.get("filter", ""), given.get("sort", ""), request.gone if skip else 0)


def _integer(text: str | None, default: int) -> int:
    if text is None or text == "":
        return default
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= SKIP_DIGITS_MAX):
        raise ApiError(400, "Paging parameters must be integers.", "Correct the parameter.", "E04810")
    return int(text)


def collection(
    session: Session,
    request: Request,
    records: list[Record] | Rows,
    fields: Fields | tuple[str, ...],
    shown: Callable[[Record], Record],
    create: str = "",
) -> Record:
    """One page of the records. `shown` gives a record its links; `create` says what a POST here makes."""
    query = query_of(request)
    rows: Rows = GivenRows(records) if isinstance(records, list) else records
    if isinstance(fields, tuple):
        fields = Fields(fields, fields)
    total = rows.count()
    page, results = _page_of(rows, query, fields, total)
    path = f"{session.base}{request.path.rstrip('/')}"
    return {
        "collection": [shown(record) for record in page],
        "pagination": _pagination(path, query, max(results - query.gone, 0), max(total - query.gone, 0)),
        "metaData": _creation(create, path) if create else {},
        "self": _page(path, query, query.skip),
    }


def passing(rows: Rows, request: Request, fields: Fields) -> list[Record]:
    """All records that pass the request's filter, however many."""
    return _passing(rows, query_of(request), fields)


def _page_of(rows: Rows, query: Query, fields: Fields, total: int) -> tuple[list[Record], int]:
    """The page and how many pass. Without a filter, and in the order of the keys, only the page is read."""
    by_key = rows.key() != "" and query.sort.lstrip("-") == rows.key() and query.sort.lstrip("-") in fields.sort
    if not query.filter and (by_key or not query.sort):
        descending = query.sort.startswith("-")
        return rows.page(query.first, query.size, descending=descending), total
    passing = _passing(rows, query, fields)
    passing = ordered(passing, query.sort, fields.sort) if query.sort else passing
    return passing[query.first : query.first + query.size], len(passing)


def _passing(rows: Rows, query: Query, fields: Fields) -> list[Record]:
    if not query.filter:
        return rows.that_may_pass([])
    tree = Filter(query.filter, fields.filter, fields.broken).tree()
    test = tree.test()
    if leading(tree).is_broken:
        test({})  # a fault of the server, whether there are records or not
    return [record for record in rows.that_may_pass(must_hold(tree)) if test(record)]


def _creation(what: str, path: str) -> Record:
    return {"create": {"description": what, "href": path, "httpMethod": "post"}}


def _pagination(path: str, query: Query, results: int, total: int) -> Record:
    content: Record = {
        "maxPageSizeAllowed": SIZE_MAX,
        "skipPages": query.skip,
        "pageSize": query.size,
        "results": results,
        "resultsWithoutFilter": total,
    }
    if not results:
        return {**content, "developerHint": "Pagination links are suppressed when there are no results."}
    last = (results - 1) // query.size
    content["firstPage"] = _page(path, query, 0)
    if query.skip > 0:
        content["previousPage"] = _page(path, query, query.skip - 1)
    if query.skip < last:
        content["nextPage"] = _page(path, query, query.skip + 1)
    content["lastPage"] = _page(path, query, last)
    return content


def _page(path: str, query: Query, skip: int) -> str:
    extra = "".join(f"&{name}={quote(text, safe='')}" for name, text in _filter_and_sort(query))
    return f"{path}?skippages={skip}&pagesize={query.size}{extra}"


def _filter_and_sort(query: Query) -> list[tuple[str, str]]:
    return [(name, text) for name, text in (("filter", query.filter), ("sort", query.sort)) if text]
