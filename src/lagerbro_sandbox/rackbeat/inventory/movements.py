"""Internal movements: goods from one location to another; what they are worth does not change (rackbeat-api 3.12)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.platform.webhooks import announce
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.costing import Kind
from lagerbro_sandbox.rackbeat.stock.micro import decimal, micro
from lagerbro_sandbox.rackbeat.stock.posting import Posting
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, invalid_at, not_found

KIND: Final = "inventory-movements"
LINES_MAX: Final = 1000


def get(session: Session, key: str) -> Record:
    movement = session.get(KIND, key)
    if movement is None:
        raise not_found()
    return movement


def create(session: Session, body: Record) -> Record:
    """A movement that is not booked yet: of several items, or of one that stands in the body itself."""
    ends = {name: asking.location(session, body.get(name, body.get(f"{name}_id")), name) for name in _ENDS}
    for name, place in ends.items():
        if place is None:
            raise invalid(**{name: f"The {name.replace('_', ' ')} field is required."})
    if ends["from_location"] == ends["to_location"]:
        raise invalid(to_location="The to location and from location must be different.")
    today = session.now().date()
    day = asking.day_of(body.get("regulated_at") or today, "regulated_at")
    if day > today:
        raise invalid(regulated_at="The regulated at must be a date before or equal to today.")
    record: Record = {
        "id": session.store.count_up(session.account, KIND),
        "type": "movement",
        "from_location_id": ends["from_location"],
        "to_location_id": ends["to_location"],
        "regulated_at": str(day),
        "reason": asking.text_of(body, "reason"),
        "lines": _lines(session, body.get("lines", [body])),
        **dict.fromkeys(("is_booked", "is_received"), False),
        **dict.fromkeys(("booked_at", "received_at")),
        "created_at": session.timestamp(),
        "updated_at": session.timestamp(),
    }
    return _store(session, record, "created")


_ENDS: Final = ("from_location", "to_location")


def delete(session: Session, key: str) -> None:
    _check_not_booked(get(session, key))
    session.store.delete(session.account, KIND, key)


def book(session: Session, key: str) -> Record:
    """The goods change place. P: also where that leaves less than nothing behind, as stock may be negative."""
    record = get(session, key)
    _check_not_booked(record)
    for line in record["lines"]:
        warehouse.post(
            session,
            Posting(
                str(line["item_id"]),
                record["regulated_at"],
                Kind.INTERNAL,
                record["from_location_id"],
                to_location=record["to_location_id"],
                moved=micro(line["quantity"]),
                document=f"{KIND}/{record['id']}",
            ),
        )
    record |= {"is_booked": True, "booked_at": session.timestamp(), "updated_at": session.timestamp()}
    return _store(session, record, "booked")


def receive(session: Session, key: str) -> Record:
    record = get(session, key)
    if not record["is_booked"] or record["is_received"]:
        raise ApiError(422, "Only a booked movement can be received, and once.")
    record |= {"is_received": True, "received_at": session.timestamp(), "updated_at": session.timestamp()}
    return _store(session, record, "received")


def missing(session: Session, record: Record) -> Iterator[Record]:
    """The lines whose goods do not lie where they are to be taken from."""
    reading = warehouse.stock(session)
    for line in record["lines"]:
        level = decimal(reading.level(str(line["item_id"]), record["from_location_id"]))
        if level < line["quantity"]:
            yield {**line, "stock_quantity": level, "missing_quantity": line["quantity"] - level}


def _lines(session: Session, lines: Any) -> list[Record]:  # noqa: ANN401 - what was sent
    if not isinstance(lines, list) or not 0 < len(lines) <= LINES_MAX:
        raise invalid(lines=f"The lines must be a list of 1 to {LINES_MAX}.")
    return [_line(session, index, line) for index, line in enumerate(lines)]


def _line(session: Session, index: int, line: Any) -> Record:  # noqa: ANN401 - what was sent
    item = asking.item(session, line.get("item_id", "")) if isinstance(line, dict) else None
    if item is None or not asking.has_inventory(session, item):
        raise invalid_at(f"lines.{index}.item_id", "The selected item is invalid.")
    quantity = asking.number_of(line.get("quantity"), f"lines.{index}.quantity")
    if quantity <= Decimal(0):
        raise invalid_at(f"lines.{index}.quantity", "The quantity must be above 0.")
    return {
        "id": index + 1,
        "item_id": item["number"],
        "item": {"number": item["number"], "name": item["name"]},
        "quantity": quantity,
    }


def _store(session: Session, record: Record, verb: str) -> Record:
    session.put(KIND, record["id"], record)
    announce(session, f"inventory_movement.{verb}", "id", str(record["id"]))
    return record


def _check_not_booked(record: Record) -> None:
    if record["is_booked"]:
        raise ApiError(422, "The movement is booked.")
