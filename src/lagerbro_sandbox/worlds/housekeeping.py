"""What a company does besides: prices that drift, goods that are counted and written down."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.inventory import adjustments
from lagerbro_sandbox.rackbeat.registers.products import PRODUCTS
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.micro import decimal
from lagerbro_sandbox.worlds.agenda import World
from lagerbro_sandbox.worlds.catalogue import WEIGHED, popular

COUNTED_MAX: Final = 200
PRICED_MAX: Final = 500
REASONS: Final = ("Svind", "Optælling", "Fundet på lageret", "Beskadiget")


def new_prices(world: World) -> None:
    """Some suppliers have become dearer, and some goods follow."""
    for _ in range(min(PRICED_MAX, 1 + world.products // 50)):
        number = popular(world.draws.rank(world.products), world.products)
        session = world.session()
        item = session.get("products", number)
        assert item is not None
        change = Decimal(world.draws.between(970, 1050)) / 1000
        body: Record = {"recommended_cost_price": round(item["recommended_cost_price"] * change, 3)}
        if world.draws.chance(0.7):
            body["sales_price"] = round(item["sales_price"] * change, 2)
        PRODUCTS.update(session, number, body)


def count(world: World) -> None:
    """Some goods are counted; where there are more or fewer than the books say, the books follow."""
    for _ in range(min(COUNTED_MAX, 2 + world.products // 200)):
        _count(world, popular(world.draws.rank(world.products), world.products))


def _count(world: World, number: str) -> None:
    session, draws = world.session(), world.draws
    standing = warehouse.stock(session).standing(number)
    item = session.get("products", number)
    if item is None or not warehouse.figures(session, number).get("stock_quantity"):
        return
    level = decimal(standing.quantity)
    body: Record = {"item_id": number, "regulated_at": world.today, "reason": draws.of(REASONS)}
    if level > 0 and draws.chance(0.1):
        cost = warehouse.cost_price(standing)
        body |= {"adjustment_type": "value", "cost_price": round(cost * draws.between(50, 95) / 100, 2)}
    else:
        step = Decimal("0.125") if item["unit_id"] == WEIGHED else Decimal(1)
        body |= {"adjustment_type": "quantity", "quantity": max(level + step * draws.of((-2, -1, -1, 1)), Decimal(0))}
    if body.get("quantity") == level or (body.get("cost_price") is not None and body["cost_price"] >= cost):
        return
    adjustment = adjustments.create(session, body)
    adjustments.book(world.session(), str(adjustment["id"]))
