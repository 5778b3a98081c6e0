"""Rackbeat's arithmetic as we propose it (rackbeat-api 6): lines to two decimals, VAT per rate on the rounded base."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def line_total(quantity: Decimal, price: Decimal, discount: Decimal) -> Decimal:
    """The row's total without VAT, after discount."""
    return cents(quantity * price * (100 - discount) / Decimal(100))


def vat_total(lines: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """VAT of (row total, percentage): summed by rate, rounded once per rate."""
    bases: dict[Decimal, Decimal] = {}
    for total, percentage in lines:
        bases[percentage] = bases.get(percentage, ZERO) + total
    return sum((cents(base * percentage / Decimal(100)) for percentage, base in bases.items()), ZERO)
