"""The company of a world: the accounts and terms of the demo company under another name, and years of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lagerbro_sandbox.company import AccountingYear, Company, Opening
from lagerbro_sandbox.nordlys import company as nordlys
from lagerbro_sandbox.worlds.catalogue import WORLD_GROUPS, products
from lagerbro_sandbox.worlds.size import Size

STOCK, EQUITY = 5820, 6110


def company(size: Size) -> Company:
    """Without customers, suppliers and products: those are many, and are written as they are made."""
    days = size.first_days()
    years = range(days[0].year, days[-1].year + 2)
    value = opening_value(size)
    return replace(
        nordlys(),
        name=f"Verdens Cykler {size.seed} ApS",
        costing=size.costing.value,
        years=tuple(AccountingYear(date(year, 1, 1), date(year, 12, 31)) for year in years),
        product_groups=WORLD_GROUPS,
        products=(),
        customers=(),
        suppliers=(),
        openings=(Opening(STOCK, value), Opening(EQUITY, -value)),
    )


def opening_value(size: Size) -> Decimal:
    """What lies in the warehouse on the first day is worth this much."""
    return sum((each.stock * each.cost_price for each in products(size)), Decimal(0)).quantize(Decimal("0.01"))
