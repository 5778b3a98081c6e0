"""Purchases: what was sold is ordered anew, comes late or in parts, and is invoiced, now and then at another price."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import partial
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import conversions
from lagerbro_sandbox.rackbeat.documents.heads import base_rate
from lagerbro_sandbox.rackbeat.documents.purchasing import purchase_orders as purchases
from lagerbro_sandbox.rackbeat.documents.purchasing import receipts
from lagerbro_sandbox.rackbeat.documents.purchasing import supplier_invoices as bills
from lagerbro_sandbox.rackbeat.money import cents
from lagerbro_sandbox.rackbeat.wire import parameters as asking
from lagerbro_sandbox.worlds.agenda import World

LINES_MAX: Final = 40
LATE, IN_PARTS, NEVER_SENT = 0.15, 0.2, 0.02
INVOICED_FIRST, AT_ANOTHER_PRICE, OTHER_PRICE_OF_A_LINE = 0.1, 0.2, 0.5


def reorder_what_was_sold(world: World) -> None:
    """Everything that has been sold, from those who deliver it."""
    session, wanted = world.session(), defaultdict[int, list[Record]](list)
    for number, quantity in world.sold.items():
        item = session.get("products", number)
        assert item is not None
        if asking.has_inventory(session, item):
            ordered = quantity + world.draws.between(0, max(1, quantity // 5))
            wanted[item["default_supplier_id"]].append({"item_id": number, "quantity": ordered})
    world.sold.clear()
    for supplier, lines in wanted.items():
        for start in range(0, len(lines), LINES_MAX):
            _order(world, supplier, lines[start : start + LINES_MAX])


def _order(world: World, supplier: int, lines: list[Record]) -> None:
    draws, session = world.draws, world.session()
    party = session.get("suppliers", supplier)
    assert party is not None
    rate = base_rate(session, party["currency"])
    for line in lines:
        item = session.get("products", line["item_id"])
        assert item is not None
        if draws.chance(0.6):
            drifted = item["recommended_cost_price"] * Decimal(draws.between(960, 1060)) / 1000
            line["line_price"] = cents(drifted / rate)
    number = purchases.create(session, {"supplier_id": supplier, "lines": lines}, book_it=True)["number"]
    if draws.chance(NEVER_SENT):
        return
    if draws.chance(INVOICED_FIRST):
        world.after(draws.between(3, 10), partial(_bill, order=number, received=True))
    else:
        world.after(_lead_days(world), partial(_receive, order=number))


def _lead_days(world: World) -> int:
    days = world.draws.between(2, 14)
    return days + world.draws.between(10, 25) if world.draws.chance(LATE) else days


def _receive(world: World, *, order: int) -> None:
    """All that has not come, or at first some of it. The invoice comes after the first goods."""
    draws, record = world.draws, purchases.get(world.session(), order)
    body: Record = {}
    is_first = not record["receipts"]
    if in_parts := is_first and draws.chance(IN_PARTS):
        body["lines"] = [{"id": line["id"], "quantity": _some(line["quantity"])} for line in record["lines"]]
    receipt = receipts.of_order(world.session(), str(order), body)
    receipts.receive(world.session(), receipt["number"], {})
    if in_parts and any(line["quantity"] > _some(line["quantity"]) for line in record["lines"]):
        world.after(draws.between(5, 20), partial(_receive, order=order))
    if is_first:
        world.after(draws.between(0, 9), partial(_bill, order=order, received=False))


def _bill(world: World, *, order: int, received: bool) -> None:
    """The supplier's invoice: as ordered, or dearer or cheaper. Some of them say that the goods are here as well."""
    draws = world.draws
    head: Record = {"invoice_number": f"F{draws.between(10_000, 99_999)}-{order}"}
    bill = conversions.purchase_to_bill(world.session(), str(order), head, book=False)
    if draws.chance(AT_ANOTHER_PRICE):
        lines = [{"id": line["id"], "line_price": _other_price(world, line["line_price"])} for line in bill["lines"]]
        bills.update(world.session(), str(bill["number"]), {"lines": lines})
    bills.book(world.session(), str(bill["number"]), {"mark_received": received})


def _other_price(world: World, price: Decimal) -> Decimal:
    if not world.draws.chance(OTHER_PRICE_OF_A_LINE):
        return price
    return round(price * Decimal(world.draws.between(900, 1120)) / 1000, 4)


def _some(quantity: Decimal) -> Decimal:
    """Two thirds, and all of one."""
    return Decimal(int(quantity) * 2 // 3) or quantity
