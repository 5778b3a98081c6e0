"""Lists answer 206: the collection first, then how much there is (rackbeat-api 1.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record, record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import JSON
from lagerbro_sandbox.rackbeat.wire.errors import ApiError
from lagerbro_sandbox.rackbeat.wire.field_selection import pruned
from lagerbro_sandbox.rackbeat.wire.querying import Listing, Test, conditions, order

DEFAULT_LIMIT: Final = 20
LIMIT_MAX: Final = 1000  # more is answered as so many (rackbeat-api 1.3)
PAGING: Final[tuple[str, ...]] = ("page", "limit", "fields")
"""What a list takes that cannot be filtered or sorted."""
_DIGITS_MAX: Final = 9  # no account has so many pages; more digits are no number of one
Shown = Callable[[Record], Record]


@dataclass(frozen=True, slots=True)
class Selection:
    """The records of one page. `total`: how many there are in all; `number` and `limit`: of the page, and its size."""

    rows: list[Record]
    total: int
    number: int
    limit: int


def page(session: Session, given: Mapping[str, str], listing: Listing, shown: Shown) -> Response:
    """One page of the records of a kind that the query asks for. Only the page's records are read."""
    selection = selected(session, given, listing)
    rows = map(shown, selection.rows)
    return _answer(given, listing.key, rows, selection.total, selection.number, selection.limit)


def selected(session: Session, given: Mapping[str, str], listing: Listing) -> Selection:
    """The page that the query asks for."""
    number, limit = _paging(given)
    gone = session.gone if number > 1 else 0
    kinds = [kind for kind in (listing.kind, *listing.also) if session.store.total(session.account, kind)]
    tests = list(conditions(listing, given))
    where, values = _where(session, kinds or [listing.kind], tests)
    connection = session.store.connection
    if tests:
        total = connection.execute(f"SELECT COUNT(*) FROM record WHERE {where}", values).fetchone()[0]  # noqa: S608
    else:
        total = sum(session.store.total(session.account, kind) for kind in kinds)
    rows = connection.execute(
        f"SELECT body FROM record WHERE {where} ORDER BY {order(given)} LIMIT ? OFFSET ?",  # noqa: S608
        [*values, limit, (number - 1) * limit + gone],
    )
    return Selection([record(row[0]) for row in rows], max(total - gone, 0), number, limit)


def passing(session: Session, given: Mapping[str, str], listing: Listing) -> Iterator[Record]:
    """All records that the query asks for, by number: the others are not read."""
    where, values = _where(session, [listing.kind], list(conditions(listing, given)))
    sql = f"SELECT body FROM record WHERE {where} ORDER BY place, key"  # noqa: S608 - as above
    return (record(row[0]) for row in session.store.connection.execute(sql, values))


def _where(session: Session, kinds: list[str], tests: list[Test]) -> tuple[str, list[object]]:
    kind = f"kind='{kinds[0]}'" if len(kinds) == 1 else f"kind IN ({','.join(repr(kind) for kind in kinds)})"
    where = " AND ".join((f"tenant=? AND {kind}", *(sql for sql, _ in tests)))
    return where, [session.account, *(value for _, bound in tests for value in bound)]


def listed(request: Request, key: str, records: list[Record], shown: Shown | None = None) -> Response:
    """One page of a list that is at hand and short, as it is."""
    given = dict(request.parameters())
    number, limit = _paging(given)
    remaining = records[request.gone :] if number > 1 else records
    part = remaining[(number - 1) * limit : number * limit]
    return _answer(given, key, map(shown, part) if shown else part, len(remaining), number, limit)


def whole(key: str, records: Iterable[Record]) -> Response:
    """A list that is never paged: 200, no counts (C 1.3)."""
    return Response(200, JSON, to_json({key: list(records)}))


def _answer(
    given: Mapping[str, str], key: str, rows: Iterable[Record], total: int, number: int, limit: int
) -> Response:
    fields = given.get("fields", "")
    body = {
        key: [pruned(row, fields) for row in rows],
        "total": total,
        "pages": max(-(-total // limit), 1),
        "limit": limit,
        "page": number,
    }
    return Response(206, JSON, to_json(body))


def _paging(given: Mapping[str, str]) -> tuple[int, int]:
    number, limit = _whole(given, "page", 1), _whole(given, "limit", DEFAULT_LIMIT)
    return max(number, 1), min(max(limit, 1), LIMIT_MAX)


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS_MAX):
        raise ApiError(400, f"The {name} must be a number.")
    return int(text)
