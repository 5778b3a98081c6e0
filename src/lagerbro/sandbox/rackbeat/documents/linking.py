"""What invoices and orders know of each other: how much of a line is invoiced, who has moved its goods."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.documents import moving, orders
from lagerbro.sandbox.rackbeat.documents.kinds import INVOICE, ORDER
from lagerbro.sandbox.rackbeat.session import Session

ZERO = Decimal(0)


def invoiced(session: Session, order: Record, *, booked_only: bool = False) -> Counter[int]:
    """How much of the order's lines its invoices hold, by the line's id."""
    found: Counter[int] = Counter()
    for number in order["invoices"]:
        invoice = session.get(INVOICE.path, number)
        if invoice is None or (booked_only and not invoice["is_booked"]):
            continue
        for line in invoice["lines"]:
            if line.get("order_line_id") is not None and line.get("order_id") == order["number"]:
                found[line["order_line_id"]] += line["quantity"]
    return found


def count_invoiced(session: Session, invoice: Record) -> None:
    """The orders of an invoice that was made, changed or removed."""
    for number in invoice["orders"]:
        order = session.get(ORDER.path, number)
        if order is None or invoice["is_creditnote"]:
            continue
        order["invoices"] = [one for one in order["invoices"] if session.get(INVOICE.path, one) is not None]
        held = invoiced(session, order)
        if any(line["quantity_invoiced"] != held[line["id"]] for line in order["lines"]):
            for line in order["lines"]:
                line["quantity_invoiced"] = held[line["id"]] or ZERO
            orders.keep(session, order, "updated")


def ship_order(session: Session, number: int, invoice: Record, document: str) -> None:
    """What the booked invoice, and those booked before it, hold and the order has not shipped leaves now."""
    order = session.get(ORDER.path, number)
    if order is None:
        return
    held = invoiced(session, order, booked_only=True)
    for line in invoice["lines"]:
        if line.get("order_id") == number:
            held[line["order_line_id"]] += line["quantity"]
    whole = [line for line in order["lines"] if abs(held[line["id"]]) > abs(line["quantity_shipped"])]
    for line in whole:
        moving.leave(session, line, held[line["id"]] - line["quantity_shipped"], invoice["invoice_date"], document)
        line["quantity_shipped"] = held[line["id"]]
    if whole:
        left = any(orders.unshipped(line) > 0 for line in order["lines"])
        orders.keep(session, order, "updated", *(() if left else ("shipped",)))


def mover(session: Session, line: Record) -> Record:
    """The line whose movements are the goods of this one: an order's, or its own."""
    if line.get("order_line_id") is None or line.get("movements"):
        return line
    order = session.get(ORDER.path, line["order_id"]) or {"lines": []}
    return next((one for one in order["lines"] if one["id"] == line["order_line_id"]), line)
