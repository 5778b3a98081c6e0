"""Goods that documents move, and what a line's goods cost as the warehouse has it now.

A line remembers the ids of its movements; what they are worth is always asked of the books, since a late receipt or a
dearer invoice changes it afterwards (rackbeat-api 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.costing import Kind
from lagerbro_sandbox.rackbeat.stock.micro import decimal, micro, unit_cost
from lagerbro_sandbox.rackbeat.stock.posting import Posting
from lagerbro_sandbox.rackbeat.wire import parameters as asking

ZERO = Decimal(0)
Present = Callable[[str], Decimal]
"""What a unit of an item costs at present."""


def is_goods(session: Session, line: Record) -> bool:
    """Whether the line's item is kept in stock."""
    item = asking.item(session, line["child_id"]) if line["child_id"] is not None else None
    return item is not None and asking.has_inventory(session, item)


def day_of(session: Session, day: str) -> str:
    """P: nothing moves in the future (choices.NOTHING_MOVES_IN_THE_FUTURE)."""
    return min(day, str(session.now().date()))


def leave(session: Session, line: Record, quantity: Decimal, day: str, document: str) -> None:
    """Goods go to a customer; less than nothing of them comes back. The line remembers it."""
    if quantity and is_goods(session, line):
        posting = _posting(session, line, Kind.SHIPMENT, -quantity, day)
        _remember(session, line, replace(posting, document=document))


def come_back(session: Session, line: Record, quantity: Decimal, day: str, document: str) -> None:
    """A credit note takes goods back, at what they cost when they left."""
    if quantity and is_goods(session, line):
        basis = next(iter(line.get("movements", [])), None)
        line["movements"] = []
        posting = _posting(session, line, Kind.SHIPMENT, quantity, day)
        _remember(session, line, replace(posting, basis=basis, document=document))


def arrive(session: Session, line: Record, quantity: Decimal, cost: Decimal, day: str, document: str) -> None:
    """Goods come from a supplier at a cost in base currency; less than nothing goes back to it."""
    if quantity and is_goods(session, line):
        posting = _posting(session, line, Kind.RECEIPT, quantity, day)
        _remember(session, line, replace(posting, cost=micro(cost) if quantity > 0 else None, document=document))


def cost_of(session: Session, line: Record, present: Present | None = None) -> Decimal:
    """What a unit costs: of the goods that moved, or at present, which `present` knows of many lines' items."""
    rows = [warehouse.stock(session).movement(identity) for identity in line.get("movements", [])]
    value = sum(abs(row["delta"]) for row in rows if row is not None)
    quantity = sum(abs(row["quantity"]) for row in rows if row is not None)
    if quantity:
        return decimal(unit_cost(value, quantity))
    if line["child_id"] is None:
        return ZERO
    return present(str(line["child_id"])) if present else warehouse.present_cost(session, str(line["child_id"]))


def _remember(session: Session, line: Record, posting: Posting) -> None:
    line["movements"] = [*line.get("movements", []), warehouse.post(session, posting)]


def _posting(session: Session, line: Record, kind: Kind, quantity: Decimal, day: str) -> Posting:
    place = int(line["location_id"] or warehouse.default_location(session))
    return Posting(str(line["child_id"]), day_of(session, day), kind, place, micro(quantity))
