"""What the stock is worth, item by item and in all, now or at the end of any past day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.micro import decimal, priced, share
from lagerbro_sandbox.rackbeat.stock.queries import Standing
from lagerbro_sandbox.rackbeat.wire.answers import plain
from lagerbro_sandbox.rackbeat.wire.field_selection import pruned
from lagerbro_sandbox.rackbeat.wire.parameters import asked_day, asked_whole
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

Wanted = Callable[[Record], bool]


def add_to(router: Router) -> None:
    router.add("GET", "reports/valuation", _items)
    router.add("GET", "reports/valuation/total", _total)


def _items(session: Session, call: Call) -> Response:
    """L: the items under `lineables`; P: only those that are in stock or below it, and no pages."""
    rows = list(_lineables(session, call))
    total = sum((row["value"] for row in rows), Decimal(0))
    fields = call.given.get("fields", "")
    return plain({"lineables": [pruned(row, fields) for row in rows], "total_value": total})


def _total(session: Session, call: Call) -> Response:
    """P: the key is not public, so all that a public script tries are there."""
    if _is_partial(call):
        total = sum((row["value"] for row in _lineables(session, call)), Decimal(0))
    else:
        total = decimal(warehouse.stock(session).total(asked_day(call.given.get("date_to"), "date_to")))
    return plain({"total_value": total, "value": total, "total": total})


def _is_partial(call: Call) -> bool:
    return any(name in call.given for name in ("location", *_RANGES))


def _lineables(session: Session, call: Call) -> Iterator[Record]:
    products = {str(row["number"]): row for kind in ("products", "lots") for row in session.all(kind)}
    wanted = _wanted(call)
    for standing in _standings(session, call):
        product = products.get(standing.item, {})
        if (standing.quantity or standing.value) and wanted({**product, "number": standing.item}):
            yield {
                "number": standing.item,
                "type": product.get("type", "product"),
                "name": product.get("name"),
                "quantity": decimal(standing.quantity),
                "cost_price": warehouse.cost_price(standing),
                "value": decimal(standing.value),
            }


def _standings(session: Session, call: Call) -> Iterator[Standing]:
    day = asked_day(call.given.get("date_to"), "date_to")
    place = asked_whole(call.given.get("location"), "location")
    reading = warehouse.stock(session)
    if place is None:
        yield from reading.standings(day)
        return
    for item, quantity in reading.at_location(place, day).items():
        yield at_location(reading.standing(item, day), quantity)


def at_location(standing: Standing, quantity: int) -> Standing:
    """Some of an item's stock, at the cost that all of it has (choices.LOCATION_VALUE_IS_ITS_SHARE)."""
    of = standing.quantity
    value = share(standing.value, quantity, of) if of > 0 else priced(quantity, standing.cost)
    return Standing(standing.item, quantity, value, standing.cost)


_RANGES = {
    "item_from": ("number", False),
    "item_to": ("number", True),
    "item_group_from": ("group_id", False),
    "item_group_to": ("group_id", True),
    "group_from": ("group_id", False),
    "group_to": ("group_id", True),
}


def _wanted(call: Call) -> Wanted:
    tests = [_within(name, call.given[name]) for name in _RANGES if call.given.get(name)]
    return lambda record: all(test(record) for test in tests)


def _within(name: str, bound: str) -> Wanted:
    attribute, upper = _RANGES[name]
    if attribute == "number":
        return lambda record: (record["number"] <= bound) if upper else (record["number"] >= bound)
    group = asked_whole(bound, name) or 0
    return lambda record: (record.get("group_id", 0) <= group) if upper else (record.get("group_id", 0) >= group)
