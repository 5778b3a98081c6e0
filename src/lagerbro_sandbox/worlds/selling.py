"""Sales: orders that are shipped and invoiced, sales over the counter, credit notes."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from math import ceil
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import conversions, credit_notes
from lagerbro_sandbox.rackbeat.documents.sales import invoices, orders, shipments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.worlds import people
from lagerbro_sandbox.worlds.agenda import World
from lagerbro_sandbox.worlds.catalogue import FREIGHT, WEIGHED, popular

OVER_THE_COUNTER, IN_PARTS, LEFT_AS_DRAFT = 0.4, 0.15, 0.01
CREDITED, CREDITED_IN_PART, GOODS_COME_BACK = 0.03, 0.5, 0.7
_DISCOUNTS: Final = (5, 10, Decimal("12.5"), Decimal("33.333"))


def sell(world: World) -> None:
    """Somebody buys something."""
    session, draws = world.session(), world.draws
    number = people.FIRST_CUSTOMER + draws.rank(world.customers)
    customer = session.get("customers", number)
    assert customer is not None
    body: Record = {"customer_id": number, "lines": _lines(world, session, customer)}
    if draws.chance(0.3):
        body["other_reference"] = f"Indkøb {draws.between(1000, 9999)}"
    if draws.chance(OVER_THE_COUNTER):
        invoice = invoices.create(session, body)
        if not draws.chance(LEFT_AS_DRAFT):
            _booked(world, invoices.book(world.session(), str(invoice["number"]), {}))
        return
    order = orders.create(session, body, book_it=True)
    world.after(draws.between(0, 4), partial(_ship, order=order["number"]))


def _ship(world: World, *, order: int) -> None:
    """All that is left, or at first half of it; then the invoice of it all."""
    draws, record = world.draws, orders.get(world.session(), str(order))
    body: Record = {}
    divisible = any(line["quantity"] > _part(line["quantity"]) for line in record["lines"])
    in_parts = divisible and not record["is_partly_shipped"] and draws.chance(IN_PARTS)
    if in_parts:
        body["lines"] = [{"id": line["id"], "quantity": _part(line["quantity"])} for line in record["lines"]]
    shipment = shipments.create(world.session(), str(order), body)
    shipments.ship(world.session(), str(shipment["id"]), {})
    if in_parts:
        world.after(draws.between(3, 12), partial(_ship, order=order))
    else:
        world.after(draws.between(0, 2), partial(_invoice, order=order))


def _invoice(world: World, *, order: int) -> None:
    _booked(world, conversions.order_to_invoice(world.session(), str(order), {}, book=True))


def _booked(world: World, invoice: Record) -> None:
    """What has gone is ordered anew one day; some of it comes back."""
    for line in invoice["lines"]:
        if line.get("movements") or line.get("order_line_id"):
            item = str(line["child_id"])
            world.sold[item] = world.sold.get(item, 0) + ceil(line["quantity"])
    if world.draws.chance(CREDITED):
        world.after(world.draws.between(4, 20), partial(_credit, invoice=invoice["number"]))


def _credit(world: World, *, invoice: int) -> None:
    draws, session = world.draws, world.session()
    body: Record = {"reverse_inventory": draws.chance(GOODS_COME_BACK), "reason": "Returneret af kunden"}
    if draws.chance(CREDITED_IN_PART):
        line = invoices.get(session, invoice)["lines"][0]
        body["lines"] = [{"id": line["id"], "quantity": _part(line["quantity"])}]
    note = credit_notes.credit(session, str(invoice), body)
    invoices.book(world.session(), str(note["number"]), {})


def _lines(world: World, session: Session, customer: Record) -> list[Record]:
    draws = world.draws
    count = 1 + draws.rank(8)
    lines = [_line(world, session, customer, popular(draws.rank(world.products), world.products)) for _ in range(count)]
    if draws.chance(0.25):
        lines.append(_line(world, session, customer, FREIGHT))
    return lines


def _line(world: World, session: Session, customer: Record, number: str) -> Record:
    """Some lines have a price of their own, of up to five decimals, or a discount."""
    draws, item = world.draws, session.get("products", number)
    assert item is not None
    line: Record = {"item_id": number, "quantity": _quantity(world, item)}
    if draws.chance(0.06):
        line["line_price"] = round(item["sales_price"] * Decimal(draws.between(80_001, 119_999)) / 100_000, 5)
    if draws.chance(0.1):
        line["discount_percentage"] = draws.of(_DISCOUNTS)
    if people.is_consumer(customer["vat_zone"], customer["company_vat"], customer["address_country"]):
        taxed = asking.group_of(session, item)["vat_domestic"]
        line["vat_percentage"] = people.CONSUMER_VAT[customer["address_country"]] if taxed else 0
    return line


def _quantity(world: World, item: Record) -> Decimal:
    whole = Decimal(1 + world.draws.rank(12))
    return whole + Decimal(world.draws.between(0, 7)) / 8 if item["unit_id"] == WEIGHED else whole


def _part(quantity: Decimal) -> Decimal:
    """About half, and all of one."""
    return Decimal(int(quantity) // 2) or quantity
