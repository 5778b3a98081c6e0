"""Order shipments: picked, then shipped, which is when the goods leave (rackbeat-api 3.7, 6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import goods_movements, lifecycle, partial_quantities
from lagerbro_sandbox.rackbeat.documents.kinds import SHIPMENTS
from lagerbro_sandbox.rackbeat.documents.sales import orders
from lagerbro_sandbox.rackbeat.platform.webhooks import announce
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError
from lagerbro_sandbox.rackbeat.wire.parameters import day_of, flag

NAME: Final = "order_shipment"
ORDER_LINE: Final = "order_line_id"


def get(session: Session, key: object) -> Record:
    return partial_quantities.get(session, SHIPMENTS, key)


def create(session: Session, key: str, body: Record) -> Record:
    """Of what no other shipment of the order holds, or of the quantities that the body names by line id (P)."""
    order = orders.get(session, key)
    lifecycle.booked(order)
    if order["is_cancelled"]:
        raise ApiError(422, "The order is cancelled.")
    quantities = partial_quantities.wanted(body, free(session, order), ORDER_LINE)
    if not any(quantities.values()):
        raise ApiError(422, "Nothing of the order is left to ship.")
    identity = session.store.count_up(session.account, SHIPMENTS)
    record: Record = {
        "id": identity,
        "number": identity,
        "order_id": order["number"],
        "order": {"number": order["number"], "customer_id": order["customer_id"]},
        **{name: order.get(name) for name in ("customer_id", "customer", "employee_id", "delivery_address")},
        **dict.fromkeys(("is_picked", "is_partly_picked", "is_shipped"), False),
        "shipped_at": None,
        "shipping_date": None,
        "lines": [
            {**partial_quantities.line(line, quantities[line["id"]], ORDER_LINE), "is_picked": False}
            for line in order["lines"]
            if quantities.get(line["id"])
        ],
        "created_at": session.timestamp(),
    }
    orders.save(session, {**order, "shipments": [*order["shipments"], identity]})
    return _store(session, record, "created")


def free(session: Session, order: Record) -> dict[int, Decimal]:
    """What no shipment of the order holds, by line id."""
    shipped = _shipped(session, order)
    return {
        line["id"]: line["quantity"] - max(shipped.get(line["id"], Decimal(0)), line["quantity_shipped"])
        for line in order["lines"]
    }


def pick(session: Session, key: str, line_id: str, *, picked: bool) -> Record:
    record = get(session, key)
    _not_shipped(record)
    lifecycle.line_of(record, line_id)["is_picked"] = picked
    return _store(session, record, "updated")


def ship(session: Session, key: str, body: Record) -> Record:
    """The goods leave, today or on the day that is named (P). `pick` says that they were picked as well (C)."""
    record = get(session, key)
    _not_shipped(record)
    for line in record["lines"]:
        line["is_picked"] = line["is_picked"] or flag(body.get("pick"), default=True)
    if not all(line["is_picked"] for line in record["lines"]):
        raise ApiError(422, "The shipment is not picked.")
    day = day_of(body.get("shipping_date") or session.now().date(), "shipping_date")
    record |= {"is_shipped": True, "shipped_at": session.timestamp(), "shipping_date": str(day)}
    order = orders.get(session, record["order_id"])
    for line in record["lines"]:
        whole = lifecycle.line_of(order, line[ORDER_LINE])
        quantity = min(line["quantity"], max(orders.unshipped(whole), Decimal(0)))
        goods_movements.leave(session, whole, quantity, str(day), f"{SHIPMENTS}/{record['id']}")
        whole["quantity_shipped"] += quantity
    orders.save(session, order, *_news(order))
    return _store(session, record, "shipped")


def delete(session: Session, key: str) -> None:
    record = get(session, key)
    _not_shipped(record)
    session.store.delete(session.account, SHIPMENTS, record["id"])
    order = orders.get(session, record["order_id"])
    orders.save(session, {**order, "shipments": [one for one in order["shipments"] if one != record["id"]]})


def shown(session: Session, record: Record) -> Record:
    address = f"{session.base}/api/{SHIPMENTS}/{record['id']}"
    return {**record, "self": address, "pdf": f"{address}/download"}


def _news(order: Record) -> tuple[str, ...]:
    has_remaining = any(orders.unshipped(line) > 0 for line in order["lines"])
    return ("updated",) if has_remaining else ("updated", "shipped")


def _shipped(session: Session, order: Record) -> dict[int, Decimal]:
    quantities: dict[int, Decimal] = {}
    for key in order["shipments"]:
        for line in get(session, key)["lines"]:
            quantities[line[ORDER_LINE]] = quantities.get(line[ORDER_LINE], Decimal(0)) + line["quantity"]
    return quantities


def _store(session: Session, record: Record, verb: str) -> Record:
    picked = [line["is_picked"] for line in record["lines"]]
    record |= {"is_picked": all(picked), "is_partly_picked": any(picked) and not all(picked)}
    record["updated_at"] = session.timestamp()
    session.put(SHIPMENTS, record["id"], record)
    announce(session, f"{NAME}.{verb}", "id", str(record["id"]))
    return record


def _not_shipped(record: Record) -> None:
    if record["is_shipped"]:
        raise ApiError(422, "The shipment is shipped.")
