"""Collections on REST: the envelope, paging, filtering, sorting (economic-api 2.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from lagerbro.sandbox.economic.faulty import ApiError
from lagerbro.sandbox.economic.filtering import Filter, ordered
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.kernel.http import Request

DEFAULT_SIZE = 20
SIZE_MAX = 1000


@dataclass(frozen=True, slots=True)
class Query:
    skip: int
    size: int
    filter: str
    sort: str


def query_of(request: Request) -> Query:
    """Parameter names in either casing; sizes outside 1 to 1000 are refused with E04810."""
    given = {name.lower(): value for name, value in request.parameters()}
    skip, size = _whole(given.get("skippages"), 0), _whole(given.get("pagesize"), DEFAULT_SIZE)
    if not 1 <= size <= SIZE_MAX:
        raise ApiError(400, "Page size must be between 1 and 1000.", "Correct the page size.", "E04810")
    if skip < 0:
        raise ApiError(400, "Skip pages must not be negative.", "Correct the page number.", "E04810")
    return Query(skip, size, given.get("filter", ""), given.get("sort", ""))


def _whole(text: str | None, default: int) -> int:
    if text is None or text == "":
        return default
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise ApiError(400, "Paging parameters must be integers.", "Correct the parameter.", "E04810")
    return int(text)


def collection(
    session: Session,
    request: Request,
    records: list[Record],
    fields: tuple[str, ...],
    shown: Callable[[Record], Record],
) -> Record:
    """One page of the records. `fields` may be filtered and sorted by; `shown` gives a record its links."""
    query = query_of(request)
    total = len(records)
    if query.filter:
        test = Filter(query.filter, fields).read()
        records = [record for record in records if test(record)]
    records = ordered(records, query.sort, fields)
    page = records[query.skip * query.size : (query.skip + 1) * query.size]
    path = f"{session.base}{request.path.rstrip('/')}"
    return {
        "collection": [shown(record) for record in page],
        "pagination": _pagination(path, query, len(records), total),
        "metaData": {},
        "self": _page(path, query, query.skip),
    }


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
    extra = "".join(f"&{name}={quote(text, safe='')}" for name, text in _kept(query))
    return f"{path}?skippages={skip}&pagesize={query.size}{extra}"


def _kept(query: Query) -> list[tuple[str, str]]:
    return [(name, text) for name, text in (("filter", query.filter), ("sort", query.sort)) if text]
