"""What goods cost when they come in: the purchase order's price until a supplier invoice is booked, which locks it
(rackbeat-api 6, 3.9; D ht-00083, ht-00064).

The invoices of an order's line are laid over its receipts in the order of their numbers; what no booked invoice covers
stays at the order's price, and unbooking an invoice brings that price back. Freight and the like, lines of a group
with `should_spread_cost`, load onto the goods of the same invoice: by value, or by quantity where the group says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import goods_movements
from lagerbro_sandbox.rackbeat.documents.invoice_links import PURCHASES, invoices_of
from lagerbro_sandbox.rackbeat.documents.kinds import BILL, PURCHASE, RECEIPTS
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.micro import micro
from lagerbro_sandbox.rackbeat.wire import parameters as asking

ZERO: Final = Decimal(0)
_SIX: Final = Decimal("0.000001")
Part = tuple[Decimal, Decimal]
"""A quantity and what a unit of it costs."""


def expected(session: Session, receipt: Record, line: Record) -> Decimal:
    """What a unit of a receipt's line costs as far as is known when it comes in."""
    if line.get("bill_line_id") is not None:
        bill = session.get(BILL.path, receipt["supplier_invoice_id"]) or {"lines": []}
        return landed(session, bill).get(line["bill_line_id"], ZERO)
    order = session.get(PURCHASE.path, receipt["purchase_order_id"]) or {"lines": []}
    order_line = next((one for one in order["lines"] if one["id"] == line["purchase_order_line_id"]), None)
    return ZERO if order_line is None else net_cost(order, order_line)


def net_cost(record: Record, line: Record) -> Decimal:
    """A line's price per unit after discount, in base currency."""
    discounted = Decimal(line["line_price"]) * (100 - line["discount_percentage"]) / Decimal(100)
    price: Decimal = discounted * record["currency_rate"]
    return price.quantize(_SIX, ROUND_HALF_UP)


def landed(session: Session, bill: Record) -> dict[int, Decimal]:
    """What a unit of each goods line of a supplier invoice costs with its share of the freight, by line id."""
    goods = [line for line in bill["lines"] if line["quantity"] > 0 and goods_movements.is_goods(session, line)]
    costs = {line["id"]: net_cost(bill, line) for line in goods}
    for amount, by_quantity in _spread(session, bill):
        weights = {line["id"]: line["quantity"] if by_quantity else line["line_total"] for line in goods}
        total = sum(weights.values(), ZERO)
        if total > 0:
            for line in goods:
                part = amount * weights[line["id"]] / Decimal(total) / Decimal(line["quantity"])
                costs[line["id"]] = (costs[line["id"]] + part).quantize(_SIX, ROUND_HALF_UP)
    return costs


def lock_order(session: Session, order: Record) -> None:
    """Lay the booked invoices over what was received of the order."""
    invoices = [one for one in invoices_of(session, PURCHASES, order, booked_only=True) if not one["is_creditnote"]]
    costs = [(invoice, landed(session, invoice)) for invoice in invoices]
    for line in order["lines"]:
        parts = [
            (one["quantity"], by_line[one["id"]])
            for invoice, by_line in costs
            for one in invoice["lines"]
            if one.get("purchase_order_line_id") == line["id"] and one["id"] in by_line
        ]
        _lay(session, _received(session, order, line["id"]), parts, net_cost(order, line), _by(invoices, order))


def lock_bill(session: Session, bill: Record) -> None:
    """What a supplier invoice without an order brought costs what it says."""
    costs = landed(session, bill)
    lines = [line for number in bill["receipts"] for line in _lines(session, number)]
    for line in lines:
        if line["bill_line_id"] in costs:
            for movement in line.get("movements", []):
                warehouse.reprice(session, movement, micro(costs[line["bill_line_id"]]), _by([bill], bill))


def _spread(session: Session, bill: Record) -> Iterator[tuple[Decimal, bool]]:
    """The amounts to load on, in base currency, and whether by quantity."""
    for line in bill["lines"]:
        item = asking.item(session, line["child_id"]) if line["child_id"] is not None else None
        group = asking.group_of(session, item) if item is not None else {}
        if group.get("should_spread_cost") and not group.get("has_inventory"):
            yield line["line_total"] * bill["currency_rate"], group["should_spread_cost"] == "quantity"


def _received(session: Session, order: Record, line_id: int) -> Iterator[tuple[int, Decimal]]:
    """Movements of the order's line with their quantities, as they were received."""
    for number in order["receipts"]:
        for line in _lines(session, number):
            if line["purchase_order_line_id"] == line_id:
                for movement in line.get("movements", []):
                    yield movement, line["quantity"]


def _lines(session: Session, receipt: int) -> list[Record]:
    lines: list[Record] = (session.get(RECEIPTS, receipt) or {"lines": []})["lines"]
    return lines


def _lay(
    session: Session, received: Iterable[tuple[int, Decimal]], parts: list[Part], rest: Decimal, document: str
) -> None:
    remaining = [*parts]
    for movement, quantity in received:
        open_quantity, value = quantity, ZERO
        while open_quantity > 0 and remaining:
            covered, cost = remaining[0]
            taken = min(covered, open_quantity)
            value += taken * cost
            open_quantity -= taken
            remaining[0:1] = [(covered - taken, cost)] if covered > taken else []
        cost = (value + open_quantity * rest) / Decimal(quantity)
        warehouse.reprice(session, movement, micro(cost), document)


def _by(invoices: list[Record], order: Record) -> str:
    """Who says what it costs: the last invoice, or the order where there is none."""
    return f"{BILL.path}/{invoices[-1]['number']}" if invoices else f"{PURCHASE.path}/{order['number']}"
