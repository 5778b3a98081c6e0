"""One document out of another: invoices of orders, shipments and purchase orders (rackbeat-api 3.6 to 3.10)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import lifecycle
from lagerbro_sandbox.rackbeat.documents.invoice_links import PURCHASES, SALES, Link
from lagerbro_sandbox.rackbeat.documents.kinds import ORDER, PURCHASE
from lagerbro_sandbox.rackbeat.documents.lines import Wanted
from lagerbro_sandbox.rackbeat.documents.purchasing import purchase_orders as purchases
from lagerbro_sandbox.rackbeat.documents.purchasing import supplier_invoices as bills
from lagerbro_sandbox.rackbeat.documents.sales import invoices, orders, shipments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, invalid, invalid_at

ORDERS_MAX = 100


def order_to_invoice(session: Session, key: str, body: Record, *, book: bool) -> Record:
    """Of all that is not invoiced yet."""
    order = orders.get(session, key)
    return _invoiced(session, order, _uninvoiced(order), body, book=book)


def shipment_to_invoice(session: Session, key: str, body: Record, *, book: bool) -> Record:
    """Of what the shipment holds and is not invoiced yet."""
    shipment = shipments.get(session, key)
    order = orders.get(session, shipment["order_id"])
    shipped = {line["order_line_id"]: line["quantity"] for line in shipment["lines"]}
    remaining = {
        line["id"]: min(shipped.get(line["id"], Decimal(0)), line["quantity"] - line["quantity_invoiced"])
        for line in order["lines"]
    }
    return _invoiced(session, order, remaining, body, book=book)


def orders_to_invoice(session: Session, numbers: object, body: Record) -> Record:
    """One draft of what is left to invoice of several booked orders, which are one customer's and in one currency."""
    if not isinstance(numbers, list) or not 0 < len(numbers) <= ORDERS_MAX:
        raise invalid(orders=f"The orders must be a list of 1 to {ORDERS_MAX}.")
    orders = [_open_order(session, at, number) for at, number in enumerate(dict.fromkeys(map(str, numbers)))]
    first = orders[0]
    for at, order in enumerate(orders):
        if any(order[name] != first[name] for name in ("customer_id", "currency", "vat_zone")):
            raise invalid_at(f"orders.{at}", "The orders must have one customer, one currency and one VAT zone.")
    if str(body.get("customer_id", first["customer_id"])) != str(first["customer_id"]):
        raise invalid(customer_id="The selected customer id is invalid.")
    wanted = [line for order in orders for line in _wanted(order, _uninvoiced(order), SALES)]
    if not wanted:
        raise ApiError(422, "Nothing of the orders is left to invoice.")
    head = {**lifecycle.head_of(first, ORDER), **{name: value for name, value in body.items() if name != "lines"}}
    return invoices.create(session, head, wanted, [order["number"] for order in orders])


def _open_order(session: Session, at: int, number: str) -> Record:
    order = session.get(ORDER.path, number)
    if order is None or not order["is_booked"] or order["is_cancelled"]:
        raise invalid_at(f"orders.{at}", "The selected order is invalid.")
    return order


def _uninvoiced(order: Record) -> dict[int, Decimal]:
    return {line["id"]: line["quantity"] - line["quantity_invoiced"] for line in order["lines"]}


def _invoiced(session: Session, order: Record, remaining: dict[int, Decimal], body: Record, *, book: bool) -> Record:
    lifecycle.booked(order)
    if order["is_cancelled"]:
        raise ApiError(422, "The order is cancelled.")
    wanted = list(_wanted(order, remaining, SALES))
    if not wanted:
        raise ApiError(422, "Nothing of the order is left to invoice.")
    head = {**lifecycle.head_of(order, ORDER), **{name: body[name] for name in ("invoice_date",) if name in body}}
    invoice = invoices.create(session, head, wanted, [order["number"]])
    return invoices.book(session, str(invoice["number"]), body) if book else invoice


def purchase_to_bill(session: Session, key: str, body: Record, *, book: bool) -> Record:
    """Of all that is not invoiced yet. What the body says of booking and of the supplier's number is heard."""
    order = purchases.get(session, key)
    lifecycle.booked(order)
    if order["is_cancelled"]:
        raise ApiError(422, "The purchase order is cancelled.")
    wanted = list(_wanted(order, _uninvoiced(order), PURCHASES))
    if not wanted:
        raise ApiError(422, "Nothing of the purchase order is left to invoice.")
    head: Record = {name: body[name] for name in ("invoice_date", "invoice_number", "due_date") if name in body}
    bill = bills.create(session, {**lifecycle.head_of(order, PURCHASE), **head}, wanted, [order["number"]])
    return bills.book(session, str(bill["number"]), body) if book else bill


def _wanted(order: Record, remaining: dict[int, Decimal], link: Link) -> Iterable[Wanted]:
    for line in order["lines"]:
        if remaining[line["id"]]:
            tie = {link.number: order["number"], link.line: line["id"]}
            yield Wanted({**line, "id": None, "quantity": remaining[line["id"]]}, tie)
