"""What invoices and orders know of each other, on both sides: how much of an order's line its invoices hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents.kinds import BILL, INVOICE, ORDER, PURCHASE, Kind
from lagerbro_sandbox.rackbeat.session import Session

ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Link:
    """`numbers` is where an invoice names its orders, `number` and `line` where its line names an order's line."""

    order: Kind
    invoice: Kind
    numbers: str
    number: str
    line: str


SALES: Final = Link(ORDER, INVOICE, "orders", "order_id", "order_line_id")
PURCHASES: Final = Link(PURCHASE, BILL, "purchase_orders", "purchase_order_id", "purchase_order_line_id")


def invoices_of(session: Session, link: Link, order: Record, *, booked_only: bool = False) -> Iterator[Record]:
    for number in order["invoices"]:
        invoice = session.get(link.invoice.path, number)
        if invoice is not None and (invoice["is_booked"] or not booked_only):
            yield invoice


def invoiced(session: Session, link: Link, order: Record, *, booked_only: bool = False) -> Counter[int]:
    """How much of the order's lines its invoices hold, by the line's id."""
    quantities: Counter[int] = Counter()
    for invoice in invoices_of(session, link, order, booked_only=booked_only):
        for line in invoice["lines"]:
            if line.get(link.number) == order["number"]:
                quantities[line[link.line]] += line["quantity"]
    return quantities


def counted_anew(session: Session, link: Link, invoice: Record) -> Iterator[Record]:
    """The orders of an invoice that was made, changed or removed, where that changes how much of them is invoiced."""
    for number in () if invoice["is_creditnote"] else invoice[link.numbers]:
        order = session.get(link.order.path, number)
        if order is None:
            continue
        order["invoices"] = [one["number"] for one in invoices_of(session, link, order)]
        quantities = invoiced(session, link, order)
        if any(line["quantity_invoiced"] != quantities[line["id"]] for line in order["lines"]):
            for line in order["lines"]:
                line["quantity_invoiced"] = quantities[line["id"]] or ZERO
            yield order
