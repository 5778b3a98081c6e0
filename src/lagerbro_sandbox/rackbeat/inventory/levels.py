"""Where items lie: by item and by location (rackbeat-api 3.2, 3.12)."""

from __future__ import annotations

from collections.abc import Iterator

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.micro import decimal
from lagerbro_sandbox.rackbeat.wire.answers import one, plain
from lagerbro_sandbox.rackbeat.wire.errors import not_found
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.parameters import item_there
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    router.add("GET", "locations/{}/get-stock/{}", _at_location)
    for path, key in (("items", "location"), ("products", "product_location"), ("lots", "lot_location")):
        lists = _Levels(key)
        router.add("GET", f"{path}/{{}}/locations", lists.all)
        router.add("GET", f"{path}/{{}}/locations/{{}}", lists.one)
    available = _Levels("location")
    router.add("GET", "items/{}/locations/available", available.in_stock)
    router.add("GET", "items/{}/locations/available/{}", available.one)


def _at_location(session: Session, call: Call) -> Response:
    place, item = call.values
    return plain(_level(session, str(item_there(session, item)["number"]), _place(session, place)))


class _Levels:
    """An item's locations under the key that the path's records have."""

    def __init__(self, key: str) -> None:
        self.key = key

    def all(self, session: Session, call: Call) -> Response:
        return listed(call.request, f"{self.key}s", list(_levels(session, call)))

    def in_stock(self, session: Session, call: Call) -> Response:
        return listed(call.request, f"{self.key}s", [row for row in _levels(session, call) if row["stock_quantity"]])

    def one(self, session: Session, call: Call) -> Response:
        item, place = call.values
        return one(self.key, _level(session, str(item_there(session, item)["number"]), _place(session, place)))


def _levels(session: Session, call: Call) -> Iterator[Record]:
    item = str(item_there(session, call.key)["number"])
    levels = warehouse.stock(session).levels(item)
    for number in sorted(levels):
        yield _level(session, item, session.cached("locations", number) or {"number": number, "name": None})


def _place(session: Session, key: str) -> Record:
    location = session.get("locations", key)
    if location is None:
        raise not_found()
    return location


def _level(session: Session, item: str, place: Record) -> Record:
    """P: only the stock is counted by location; what is ordered counts for the item."""
    figures = warehouse.figures(session, item)
    level = decimal(warehouse.stock(session).level(item, place["number"]))
    return {
        "number": place["number"],
        "name": place["name"],
        "stock_quantity": level,
        "in_order_quantity": figures["in_order_quantity"],
        "available_quantity": level - figures["in_order_quantity"],
        "purchased_quantity": figures["purchased_quantity"],
    }
