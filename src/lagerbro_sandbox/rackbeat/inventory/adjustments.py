"""Adjustments of quantity and of value: made first, booked after (rackbeat-api 3.12).

L: the quantity of an adjustment is the level that the location shall have, not a difference, and no difference is an
error. D: a value adjustment needs stock.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import VALUE_ADJUSTMENT_FIELD
from lagerbro_sandbox.rackbeat.platform.webhooks import announce
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.costing import Kind
from lagerbro_sandbox.rackbeat.stock.micro import decimal, micro
from lagerbro_sandbox.rackbeat.stock.posting import Posting
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, not_found

KIND: Final = "inventory-adjustments"
NO_CHANGE: Final = "The adjustment does not change anything."
_TYPES: Final = ("quantity", "value")


def get(session: Session, key: str) -> Record:
    adjustment = session.get(KIND, key)
    if adjustment is None:
        raise not_found()
    return adjustment


def create(session: Session, body: Record) -> Record:
    """An adjustment that is not booked yet."""
    record = check(session, body)
    record["change"] = _change(session, record)
    record["id"] = session.store.count_up(session.account, KIND)
    session.put(KIND, record["id"], record)
    announce(session, "inventory_adjustment.created", "id", str(record["id"]))
    return record


def check(session: Session, body: Record) -> Record:
    """The adjustment that the body describes; nothing is kept, 422 when it describes none."""
    item = _item(session, body)
    place = asking.location(session, body.get("location", body.get("location_id")), "location")
    record: Record = {
        "id": 0,
        "type": "adjustment",
        "adjustment_type": body.get("adjustment_type", "quantity"),
        "item_id": item["number"],
        "item_type": item.get("type", "product"),
        "item": {"number": item["number"], "name": item["name"]},
        "location_id": place or item.get("default_location_id") or warehouse.default_location(session),
        "regulated_at": _day(session, body),
        "reason": asking.text_of(body, "reason"),
        "is_booked": False,
        "booked_at": None,
        "created_at": session.timestamp(),
        "updated_at": session.timestamp(),
    }
    return record | _target(record, body)


def delete(session: Session, key: str) -> None:
    _not_booked(get(session, key))
    session.store.delete(session.account, KIND, key)


def book(session: Session, key: str) -> Record:
    """The books of the warehouse follow; what stands in between since it was made counts."""
    record = get(session, key)
    _not_booked(record)
    record["change"] = _change(session, record)
    record["movement_id"] = warehouse.post(session, _posting(record))
    record |= {"is_booked": True, "booked_at": session.timestamp(), "updated_at": session.timestamp()}
    session.put(KIND, record["id"], record)
    announce(session, "inventory_adjustment.booked", "id", str(record["id"]))
    return record


def _item(session: Session, body: Record) -> Record:
    key = body.get("item_id", body.get("item_number"))
    item = None if key is None else asking.item(session, key)
    if item is None:
        raise invalid(item_id="The selected item id is invalid.")
    if not asking.has_inventory(session, item):
        raise invalid(item_id="The item is not kept in stock.")
    return item


def _day(session: Session, body: Record) -> str:
    today = session.now().date()
    day = asking.day_of(body.get("regulated_at") or today, "regulated_at")
    if day > today:
        raise invalid(regulated_at="The regulated at must be a date before or equal to today.")
    return str(day)


def _target(record: Record, body: Record) -> Record:
    if record["adjustment_type"] not in _TYPES:
        raise invalid(adjustment_type="The selected adjustment type is invalid.")
    if record["adjustment_type"] == "value":
        cost = body.get(VALUE_ADJUSTMENT_FIELD, body.get("value"))
        return {"cost_price": _not_negative(cost, VALUE_ADJUSTMENT_FIELD)}
    cost = body.get("cost_price")
    price = {} if cost is None else {"cost_price": _not_negative(cost, "cost_price")}
    return {"quantity": _not_negative(body.get("quantity"), "quantity"), **price}


def _not_negative(value: object, path: str) -> Decimal:
    number = asking.number_of(value, path)
    if number < 0:
        raise invalid(**{path: f"The {path.replace('_', ' ')} must be at least 0."})
    return number


def _change(session: Session, record: Record) -> Decimal:
    """What booking it now would do: a quantity, or an amount of value. 422 when that is nothing."""
    item, day = str(record["item_id"]), record["regulated_at"]
    reading = warehouse.stock(session)
    if record["adjustment_type"] == "value":
        standing = reading.standing(item, day)
        if standing.quantity <= 0:
            raise ApiError(422, "The value of an item without stock cannot be adjusted.")
        change: Any = round(record["cost_price"] * decimal(standing.quantity), 6) - decimal(standing.value)
    else:
        change = record["quantity"] - decimal(reading.level(item, record["location_id"], day))
    if not change:
        raise ApiError(422, NO_CHANGE)
    return Decimal(change)


def _posting(record: Record) -> Posting:
    by_value = record["adjustment_type"] == "value"
    return Posting(
        str(record["item_id"]),
        record["regulated_at"],
        Kind.VALUE if by_value else Kind.QUANTITY,
        int(record["location_id"]),
        0 if by_value else micro(record["change"]),
        micro(record["cost_price"]) if "cost_price" in record else None,
        document=f"{KIND}/{record['id']}",
    )


def _not_booked(record: Record) -> None:
    if record["is_booked"]:
        raise ApiError(422, "The adjustment is booked.")
