"""Quantities and amounts as whole millionths: exact, fast, and six decimals as Rackbeat sends (rackbeat-api 1.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

MICRO: Final = 1_000_000
LARGEST: Final = 9_000_000_000_000 * MICRO
"""What SQLite's integers hold, with some room."""


def micro(value: Decimal | int) -> int:
    """Millionths, half up: away from zero."""
    scaled = Decimal(value) * MICRO
    return int(scaled.quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def decimal(value: int) -> Decimal:
    """As it is sent: without trailing zeros."""
    number = (Decimal(value) / MICRO).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def share(whole: int, part: int, of: int) -> int:
    """`whole * part / of`, half up: the value of some of what is in stock. `of` is above zero."""
    product = whole * part
    return (abs(product) * 2 + of) // (2 * of) * (1 if product >= 0 else -1)


def priced(quantity: int, cost: int) -> int:
    """What a quantity is worth at a cost per unit."""
    return share(quantity, cost, MICRO)


def unit_cost(value: int, quantity: int) -> int:
    """The cost per unit of a value; the quantity is above zero."""
    return share(value, MICRO, quantity)
