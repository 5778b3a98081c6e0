"""What stands booked on the stock account at the end of a day (domain-rules H24). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.money import ZERO


def balance_at(entries: Iterable[AccountEntry], day: date) -> Decimal:
    """The sum of all entries until the day, over all accounting years, in the base currency."""
    counted = counting(entry for entry in entries if day_booked(entry) <= day)
    return sum((entry.amountInBaseCurrency for entry in counted), start=ZERO)


def counting(entries: Iterable[AccountEntry]) -> list[AccountEntry]:
    """Those that make the balance, in their order.

    An opening entry repeats what earlier years already hold, so it counts only where nothing is dated before it: each
    opening balance once, whether or not the year before has been carried over, or carried over again.
    """
    listed = list(entries)
    first = min((day_booked(entry) for entry in listed), default=None)
    return [entry for entry in listed if not entry.is_opening or day_booked(entry) == first]


def day_booked(entry: AccountEntry) -> date:
    """This surface writes a moment."""
    return date.fromisoformat(entry.date[:10])
