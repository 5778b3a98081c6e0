"""The products of a world by their place: what they are called, what they cost, in which group they are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.company import Product, ProductGroup
from lagerbro_sandbox.nordlys.products import GROUPS, ean13
from lagerbro_sandbox.worlds.draws import Draws
from lagerbro_sandbox.worlds.size import Size

NO_VAT: Final = Decimal(0)
COURSES: Final = ProductGroup(9, "Kurser, momsfri", {1: 1040, 2: 1024, 3: 1030, 4: 1040}, NO_VAT, has_inventory=False)
WORLD_GROUPS: Final = (*GROUPS, COURSES)
FREIGHT: Final = "FRAGT"

_CENT: Final = Decimal("0.01")
_KINDS: Final = (
    # group, unit, beginning of the number, names, lowest and highest price
    (1, 1, "CY-", ("Citycykel", "Gravelcykel", "Juniorcykel", "Ladcykel"), 2400, 14000),
    (2, 1, "EL-", ("Elcykel", "Elladcykel"), 9000, 32000),
    (3, 1, "RD/", ("Kæde", "Krank", "Pedalarm", "Bagskifter", "Kassette", "Nav"), 60, 900),
    (3, 2, "BR#", ("Bremseklodser", "Bremsekabler", "Skruesæt"), 25, 240),
    (4, 1, "0", ("Dæk", "Slange", "Ventil"), 9, 420),
    (5, 1, "TB ", ("Lås", "Forlygte", "Kurv", "Pumpe", "Klokke", "Barnestol"), 30, 1100),
    (5, 5, "KG-", ("Kædeolie i løs vægt", "Kugler i løs vægt"), 40, 300),
    (6, 1, "BK-", ("Hjelm", "Regnjakke", "Vest", "Trøje"), 90, 1400),
    (6, 3, "BP-", ("Handsker", "Sokker", "Skoovertræk"), 30, 350),
)
_SERVICES: Final = (
    (7, 4, "V-TIME", "Værkstedstime", "520"),
    (8, 1, FREIGHT, "Fragt", "79"),
    (8, 1, "GEBYR", "Ekspeditionsgebyr", "39.5"),
    (9, 1, "KURSUS", "Kursus i cykelreparation", "1150"),
)
_SERIES: Final = ("Basis", "Komfort", "Sport", "Pro", "Sort", "Hvid", "Rød", "Blå")
WEIGHED: Final = 5
"""The unit of what is sold by weight, in other quantities than whole ones."""


def products(size: Size) -> Iterator[Product]:
    """As many as are asked for, the services among the first. `stock` is what lies there on the first day."""
    draws = Draws("products", size.seed)
    for index in range(size.products):
        if index < len(_SERVICES):
            group, unit, _, name, price = _SERVICES[index]
            yield Product(number_of(index), name, group, unit, Decimal(price), Decimal(0))
        else:
            yield _goods(index, draws)


def _goods(index: int, draws: Draws) -> Product:
    group, unit, _, names, low, high = _KINDS[index % len(_KINDS)]
    price = Decimal(int(100 * low * (high / low) ** draws.factor(0, 1))) / 100
    cost = (price * draws.between(38, 72) / 100).quantize(_CENT)
    stock = Decimal(0) if draws.chance(0.15) else Decimal(draws.between(1, max(2, 9000 // int(price))))
    return Product(
        number=number_of(index),
        name=f"{draws.of(names)} {draws.of(_SERIES)} {index}",
        group=group,
        unit=unit,
        sales_price=price,
        # Some suppliers price by the hundred: costs with more decimals than an amount has.
        cost_price=cost if draws.chance(0.9) else cost + Decimal(draws.between(1, 9)) / 1000,
        stock=stock + (Decimal("0.375") if unit == WEIGHED and stock else 0),
        barcode=ean13(f"57{index:010d}") if draws.chance(0.9) else None,
    )


def number_of(index: int) -> str:
    """The number of the product at that place."""
    if index < len(_SERVICES):
        return _SERVICES[index][2]
    return f"{_KINDS[index % len(_KINDS)][2]}{100_000 + index}"


def popular(rank: int, count: int) -> str:
    """The number of the product of that rank among so many: goods come before services."""
    return number_of((rank + len(_SERVICES)) % count)
