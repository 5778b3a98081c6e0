"""Rackbeat's value of the stock at the end of a day, to the øre."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lagerbro.money import ZERO, rounded
from lagerbro.rackbeat.client import Rackbeat


def value_at(rackbeat: Rackbeat, day: date, *, skip_negative: bool) -> Decimal:
    """One call. With `skip_negative`, items of a negative value count as nothing (domain-rules C9h)."""
    if skip_negative:
        return rounded(sum((max(one, ZERO) for one in rackbeat.stock_values(day)), start=ZERO))
    return rounded(rackbeat.stock_value(day))
