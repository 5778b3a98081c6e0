"""Production orders: a lot is made of its parts (rackbeat-api 3.12: the paths are D, the fields and acts P)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro_sandbox.rackbeat.platform.webhooks import announce
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.costing import Kind
from lagerbro_sandbox.rackbeat.stock.micro import micro, unit_cost
from lagerbro_sandbox.rackbeat.stock.posting import Posting
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, not_found

KIND: Final = "production-orders"
NAME: Final = "production_order"
QUANTITY_MAX: Final = Decimal(10**9)


def get(session: Session, key: object) -> Record:
    order = session.get(KIND, str(key))
    if order is None:
        raise not_found()
    return order


def create(session: Session, body: Record) -> Record:
    """A draft, with the parts that the lot has today."""
    lot = session.get("lots", str(body.get("lot_id", body.get("item_id", ""))))
    if lot is None or not asking.has_inventory(session, lot):
        raise invalid(lot_id="The selected lot id is invalid.")
    quantity = asking.number_of(body.get("quantity"), "quantity")
    if not 0 < quantity < QUANTITY_MAX:
        raise invalid(quantity="The quantity must be above 0.")
    place = asking.location(session, body.get("location_id", body.get("location")), "location_id")
    record: Record = {
        "number": session.store.next_number(session.account, KIND, FIRST_NUMBER),
        "lot_id": lot["number"],
        "lot": {"number": lot["number"], "name": lot["name"]},
        "quantity": quantity,
        "location_id": place or lot.get("default_location_id") or warehouse.default_location(session),
        "production_date": _day(session, body),
        "note": asking.text_of(body, "note"),
        "lines": [_line(session, part, quantity) for part in lot.get("lines") or []],
        **dict.fromkeys(("is_booked", "is_produced"), False),
        **dict.fromkeys(("booked_at", "produced_at", "cost_price")),
        "created_at": session.timestamp(),
    }
    return _store(session, record, "created")


def book(session: Session, key: str) -> Record:
    """The parts leave, and the lot comes in at what they were worth."""
    record = get(session, key)
    _draft(record)
    if not record["lines"]:
        raise ApiError(422, "The lot has no lines.")
    worth = sum(_take(session, record, line) for line in record["lines"])
    quantity = micro(Decimal(record["quantity"]))
    posting = Posting(
        str(record["lot_id"]),
        record["production_date"],
        Kind.PRODUCTION,
        int(record["location_id"]),
        quantity,
        unit_cost(worth, quantity),
        document=f"{KIND}/{record['number']}",
    )
    warehouse.post(session, posting)
    now = session.timestamp()
    record |= {"is_booked": True, "is_produced": True, "booked_at": now, "produced_at": now}
    return _store(session, record, "booked")


def copy(session: Session, key: str) -> Record:
    record = get(session, key)
    return create(session, {name: record[name] for name in ("lot_id", "quantity", "location_id", "note")})


def delete(session: Session, key: str) -> None:
    record = get(session, key)
    _draft(record)
    session.store.delete(session.account, KIND, record["number"])
    announce(session, f"{NAME}.deleted", "number", str(record["number"]))


def shown(session: Session, record: Record) -> Record:
    """With what it cost as the warehouse has it now."""
    rows = warehouse.stock(session).documents(f"{KIND}/{record['number']}")
    costs = [warehouse.cost_of(row) for row in rows if row["item"] == str(record["lot_id"])]
    address = f"{session.base}/api/{KIND}/{record['number']}"
    return {**record, "cost_price": costs[0] if costs else None, "self": address, "pdf_url": f"{address}.pdf"}


def _take(session: Session, record: Record, line: Record) -> int:
    """What left with the part, in millionths; nothing for a part that is not kept in stock."""
    part = asking.item(session, line["item_id"])
    if part is None or not asking.has_inventory(session, part):
        return 0
    place, quantity = int(record["location_id"]), micro(Decimal(line["quantity"]))
    posting = Posting(str(line["item_id"]), record["production_date"], Kind.PRODUCTION, place, -quantity)
    taken = warehouse.post(session, replace(posting, document=f"{KIND}/{record['number']}"))
    row = warehouse.stock(session).movement(taken)
    return 0 if row is None else -int(row["delta"])


def _line(session: Session, part: Record, times: Decimal) -> Record:
    item = asking.item(session, part["product_id"]) or {"name": ""}
    quantity = round(Decimal(part["quantity"]) * times, 6)
    return {"item_id": part["product_id"], "item": {"number": part["product_id"], "name": item["name"]}} | {
        "quantity": quantity
    }


def _day(session: Session, body: Record) -> str:
    today = session.now().date()
    day = asking.day_of(body.get("production_date") or today, "production_date")
    if day > today:
        raise invalid(production_date="The production date must be a date before or equal to today.")
    return str(day)


def _draft(record: Record) -> None:
    if record["is_booked"]:
        raise ApiError(422, "The production order is booked.")


def _store(session: Session, record: Record, verb: str) -> Record:
    record["updated_at"] = session.timestamp()
    session.put(KIND, record["number"], record)
    announce(session, f"{NAME}.{verb}", "number", str(record["number"]))
    return record
