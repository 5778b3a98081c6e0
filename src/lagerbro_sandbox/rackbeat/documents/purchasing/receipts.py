"""Receipts: goods that are to come in, of a purchase order or of a supplier invoice, and have (rackbeat-api 3.10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro_sandbox.rackbeat.documents import goods_movements, lifecycle, partial_quantities
from lagerbro_sandbox.rackbeat.documents.kinds import RECEIPTS
from lagerbro_sandbox.rackbeat.documents.purchasing import landed_cost as landing
from lagerbro_sandbox.rackbeat.documents.purchasing import purchase_orders as purchases
from lagerbro_sandbox.rackbeat.platform.webhooks import announce
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError
from lagerbro_sandbox.rackbeat.wire.parameters import day_of

NAME: Final = "purchase_order_receipt"
ORDER_LINE: Final = "purchase_order_line_id"


def get(session: Session, key: object) -> Record:
    return partial_quantities.get(session, RECEIPTS, key)


def of_order(session: Session, key: str, body: Record) -> Record:
    """Of what no other receipt of the order holds, or of the quantities that the body names by line id (P)."""
    order = purchases.get(session, key)
    lifecycle.booked(order)
    if order["is_cancelled"]:
        raise ApiError(422, "The purchase order is cancelled.")
    quantities = partial_quantities.wanted(body, free(session, order), ORDER_LINE)
    if not any(quantities.values()):
        raise ApiError(422, "Nothing of the purchase order is left to receive.")
    return for_order(session, order, quantities)


def free(session: Session, order: Record) -> dict[int, Decimal]:
    """What no receipt of the order holds, by line id."""
    quantities: dict[int, Decimal] = {line["id"]: line["quantity"] for line in order["lines"]}
    for line in _lines(session, order):
        quantities[line[ORDER_LINE]] -= line["quantity"]
    return quantities


def for_order(session: Session, order: Record, quantities: Mapping[int, Decimal]) -> Record:
    """A receipt of these quantities, by the order's line id."""
    rows = [
        partial_quantities.line(line, quantities[line["id"]], ORDER_LINE)
        for line in order["lines"]
        if quantities.get(line["id"])
    ]
    record = _new(session, order, rows)
    record |= {
        "purchase_order_id": order["number"],
        "purchase_order": {name: order[name] for name in ("number", "supplier_id", "supplier")},
    }
    _store(session, record, "created")
    purchases.save(session, {**order, "receipts": [*order["receipts"], record["number"]]})
    return record


def for_bill(session: Session, bill: Record, quantities: Mapping[int, Decimal]) -> Record:
    """A receipt of goods that a supplier invoice brings without an order, by the invoice's line id."""
    rows = [
        partial_quantities.line(line, quantities[line["id"]], "bill_line_id")
        for line in bill["lines"]
        if quantities.get(line["id"])
    ]
    record = _new(session, bill, rows) | {"supplier_invoice_id": bill["number"]}
    return _store(session, record, "created")


def receive(session: Session, key: object, body: Record) -> Record:
    """The goods are here: today, or since the day that is named (P)."""
    record = get(session, key)
    if record["is_received"]:
        raise ApiError(422, "The receipt is received.")
    named = body.get("received_at") or body.get("date")
    day = str(day_of(named or session.now().date(), "received_at"))
    record |= {"is_received": True, "received_at": session.timestamp(), "received_on": day}
    for line in record["lines"]:
        cost = landing.expected(session, record, line)
        goods_movements.arrive(session, line, line["quantity"], cost, day, f"{RECEIPTS}/{record['number']}")
    _store(session, record, "received")
    if record["purchase_order_id"] is not None:
        order = purchases.get(session, record["purchase_order_id"])
        for line in record["lines"]:
            lifecycle.line_of(order, line[ORDER_LINE])["quantity_received"] += line["quantity"]
        purchases.save(session, order, "updated", *(() if _has_open_lines(order) else ("received",)))
        landing.lock_order(session, order)
    return record


def delete(session: Session, key: str) -> None:
    record = get(session, key)
    if record["is_received"] or record["purchase_order_id"] is None:
        raise ApiError(422, "Only an open receipt of a purchase order can be removed.")
    session.store.delete(session.account, RECEIPTS, record["number"])
    order = purchases.get(session, record["purchase_order_id"])
    purchases.save(session, {**order, "receipts": [one for one in order["receipts"] if one != record["number"]]})


def shown(session: Session, record: Record) -> Record:
    rows = [{name: value for name, value in line.items() if name not in lifecycle.HIDDEN} for line in record["lines"]]
    return {**record, "lines": rows, "self": f"{session.base}/api/{RECEIPTS}/{record['number']}"}


def _has_open_lines(order: Record) -> bool:
    return any(line["quantity"] > line["quantity_received"] for line in order["lines"])


def _lines(session: Session, order: Record) -> Iterator[Record]:
    for number in order["receipts"]:
        yield from get(session, number)["lines"]


def _new(session: Session, source: Record, rows: list[Record]) -> Record:
    return {
        "number": session.store.next_number(session.account, RECEIPTS, FIRST_NUMBER),
        "purchase_order_id": None,
        "purchase_order": None,
        "supplier_invoice_id": None,
        "supplier_id": source["supplier_id"],
        "supplier": source["supplier"],
        "is_received": False,
        "received_at": None,
        "received_on": None,
        "lines": rows,
        "created_at": session.timestamp(),
    }


def _store(session: Session, record: Record, verb: str) -> Record:
    record["updated_at"] = session.timestamp()
    session.put(RECEIPTS, record["number"], record)
    announce(session, f"{NAME}.{verb}", "number", str(record["number"]))
    return record
