"""The sandbox's own arithmetic: the product's is checked against it, so neither imports the other."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(value: Decimal) -> Decimal:
    """`value` in whole hundredths, halves up and away from zero."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def line_total(quantity: Decimal, unit_price: Decimal, discount_percentage: Decimal) -> Decimal:
    """economic-api 9.1: quantity x price less discount, rounded once per line."""
    return cents(quantity * unit_price * (100 - discount_percentage) / Decimal(100))


def in_base(amount: Decimal, rate_per_100: Decimal) -> Decimal:
    """An amount in base currency; the rate is base currency per 100 units (economic-api 2.6)."""
    return cents(amount * rate_per_100 / Decimal(100))


def minor(amount: Decimal) -> int:
    """An amount as the tables have it, in whole hundredths."""
    return int(amount.scaleb(2))


def from_minor(amount: int) -> Decimal:
    """What the tables have as an amount."""
    return Decimal(amount).scaleb(-2)
