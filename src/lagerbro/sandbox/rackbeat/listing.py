"""Lists answer 206: the collection first, then how much there is (rackbeat-api 1.3, 1.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import to_json
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.faulty import ApiError

JSON = {"Content-Type": "application/json"}
DEFAULT_LIMIT = 20
LIMIT_MAX = 1000
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})
_EQUAL = {"customer_number": "customer_id", "supplier_number": "supplier_id", "event": "event"}


def listed(
    request: Request, key: str, records: list[Record], shown: Callable[[Record], Record] | None = None
) -> Response:
    """One page of the records that the query asks for."""
    given = dict(request.parameters())
    page, limit = max(_whole(given, "page", 1), 1), min(max(_whole(given, "limit", DEFAULT_LIMIT), 1), LIMIT_MAX)
    rows = [record for record in records if all(test(record) for test in _tests(given))]
    rows = _ordered(rows, given)
    total = len(rows)
    part = rows[(page - 1) * limit : page * limit]
    body = {
        key: [pruned(shown(row) if shown else row, given.get("fields", "")) for row in part],
        "total": total,
        "pages": max(-(-total // limit), 1),
        "limit": limit,
        "page": page,
    }
    return Response(206, JSON, to_json(body))


def _whole(given: dict[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 10):
        raise ApiError(400, f"The {name} must be a number.")
    return int(text)


def _tests(given: dict[str, str]) -> Iterator[Callable[[Record], bool]]:
    for name, text in given.items():
        if name.startswith(("is_", "use_in_")):
            yield _flag(name, text)
        elif name in _EQUAL:
            yield _equal(_EQUAL[name], text)
        elif name.startswith("simple_filter[") and name.endswith("]"):
            yield _equal(name[len("simple_filter[") : -1], text)
        elif name.endswith(("_from", "_to")) and name.startswith(("updated_at", "invoice_date", "created_at")):
            yield _span(name, text)
        elif name == "search":
            yield _search(text.casefold())


def _flag(name: str, text: str) -> Callable[[Record], bool]:
    if text.lower() not in _TRUE | _FALSE:
        raise ApiError(400, f"The {name} must be a boolean.")
    wanted = text.lower() in _TRUE
    return lambda record: bool(record.get(name)) is wanted


def _equal(name: str, text: str) -> Callable[[Record], bool]:
    return lambda record: str(record.get(name, "")) == text


def _span(name: str, text: str) -> Callable[[Record], bool]:
    attribute, _, end = name.rpartition("_")
    bound = text.replace(" ", "T")
    if end == "from":
        return lambda record: str(record.get(attribute) or "") >= bound
    return lambda record: str(record.get(attribute) or "")[: len(bound)] <= bound


def _search(text: str) -> Callable[[Record], bool]:
    return lambda record: text in f"{record.get('number', '')} {record.get('name', '')}".casefold()


def _ordered(rows: list[Record], given: dict[str, str]) -> list[Record]:
    name = given.get("order_by")
    if not name:
        return rows
    return sorted(rows, key=lambda row: _place(row.get(name)), reverse=given.get("order_direction", "DESC") != "ASC")


def _place(value: object) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else (2, str(value))


def pruned(record: Record, fields: str) -> Record:
    """`a,b,sub(x,y)`: only these fields; `*` is all of them (rackbeat-api 1.5)."""
    if not fields:
        return record
    tree, rest = _grammar(fields, 0)
    if rest != len(fields):
        raise ApiError(400, "The fields could not be read.")
    result = _kept(record, tree)
    assert isinstance(result, dict)
    return result


Tree = dict[str, "Tree | None"]
DEPTH_MAX = 8
_FIELD = re.compile(r"(?P<name>[^,()]*)(?P<end>[,()]|$)")


def _grammar(text: str, at: int, depth: int = 0) -> tuple[Tree, int]:
    """The names from `at` to the closing parenthesis, and where it goes on."""
    tree: Tree = {}
    if depth > DEPTH_MAX:
        raise ApiError(400, "The fields are nested too deeply.")
    while (match := _FIELD.match(text, at)) is not None:
        at = match.end()
        if match["end"] == "(":
            tree[match["name"]], at = _grammar(text, at, depth + 1)
            continue
        if match["name"]:
            tree[match["name"]] = None
        if match["end"] != ",":
            return (tree, at) if depth or not match["end"] else (tree, -1)
    return tree, at


def _kept(value: Any, tree: Tree | None) -> Any:  # noqa: ANN401 - JSON
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_kept(item, tree) for item in value]
    if isinstance(value, dict):
        return {name: _kept(value[name], below) for name, below in tree.items() if name in value}
    return value
