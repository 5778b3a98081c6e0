"""The goods of customer invoices: a booked one ships what neither its orders nor it have shipped (rackbeat-api 6)."""

from __future__ import annotations

from collections.abc import Iterable

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import REMOVED_LINES_GIVE_BACK
from lagerbro_sandbox.rackbeat.documents import goods_movements
from lagerbro_sandbox.rackbeat.documents.invoice_links import SALES, invoiced
from lagerbro_sandbox.rackbeat.documents.kinds import INVOICE, ORDER
from lagerbro_sandbox.rackbeat.documents.sales import orders
from lagerbro_sandbox.rackbeat.money import ZERO
from lagerbro_sandbox.rackbeat.session import Session


def ship(session: Session, record: Record) -> None:
    """On the invoice's date. What was shipped before an unbooking is not shipped again."""
    for line in record["lines"]:
        if line.get("order_line_id") is None:
            remaining = line["quantity"] - line.get("quantity_shipped", ZERO)
            goods_movements.leave(session, line, remaining, record["invoice_date"], _path(record))
            line["quantity_shipped"] = line["quantity"]
    for number in record["orders"]:
        _ship_order(session, number, record)
    record |= {"is_shipped": True, "shipped_at": session.timestamp()}


def take_back(session: Session, record: Record) -> None:
    """Once: a credit note that was unbooked and is booked again has its goods already."""
    if record.get("reverse_inventory") and not record["is_shipped"]:
        for line in record["lines"]:
            goods_movements.come_back(session, line, line["quantity"], record["invoice_date"], _path(record))
        record |= {"is_shipped": True, "shipped_at": session.timestamp()}


def give_back(session: Session, record: Record, before: Iterable[Record], after: Iterable[Record]) -> None:
    """The goods of lines that are there no more, or hold another item, come back today (choices)."""
    remaining = {(line["id"], line["child_id"]) for line in after}
    for line in before:
        shipped = line.get("quantity_shipped", ZERO)
        if shipped and REMOVED_LINES_GIVE_BACK and (line["id"], line["child_id"]) not in remaining:
            goods_movements.come_back(session, line, shipped, str(session.now().date()), _path(record))


def mover(session: Session, line: Record) -> Record:
    """The line whose movements are the goods of this one: an order's, or its own."""
    if line.get("order_line_id") is None or line.get("movements"):
        return line
    order = session.get(ORDER.path, line["order_id"]) or {"lines": []}
    return next((one for one in order["lines"] if one["id"] == line["order_line_id"]), line)


def _ship_order(session: Session, number: int, invoice: Record) -> None:
    """What the booked invoice, and those booked before it, hold and the order has not shipped leaves now."""
    order = session.get(ORDER.path, number)
    if order is None:
        return
    quantities = invoiced(session, SALES, order, booked_only=True)
    for line in invoice["lines"]:
        if line.get("order_id") == number:
            quantities[line["order_line_id"]] += line["quantity"]
    behind = [line for line in order["lines"] if abs(quantities[line["id"]]) > abs(line["quantity_shipped"])]
    for line in behind:
        remaining = quantities[line["id"]] - line["quantity_shipped"]
        goods_movements.leave(session, line, remaining, invoice["invoice_date"], _path(invoice))
        line["quantity_shipped"] = quantities[line["id"]]
    if behind:
        some_left = any(orders.unshipped(line) > 0 for line in order["lines"])
        orders.save(session, order, "updated", *(() if some_left else ("shipped",)))


def _path(record: Record) -> str:
    return f"{INVOICE.path}/{record['number']}"
