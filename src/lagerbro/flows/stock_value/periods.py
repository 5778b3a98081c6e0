"""Which days belong to the same accounting period (domain-rules H25). Pure.

Accounting years end on a month's last day and are cut by months (economic-api 6.8), so a period is a calendar month
unless e-conomic says otherwise of the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Periods:
    """`uneven`: first and last day of each period that is not a calendar month, in order."""

    uneven: tuple[tuple[date, date], ...] = ()

    def are_same(self, one: date, other: date) -> bool:
        return self.of(one) == self.of(other)

    def of(self, day: date) -> tuple[date, date]:
        """The first and the last day of the day's period."""
        uneven_period = next((period for period in self.uneven if period[0] <= day <= period[1]), None)
        return uneven_period or month_of(day)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the calendar month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def uneven_among(periods: Iterable[tuple[date, date]]) -> Periods:
    """What is worth remembering of a list of periods."""
    return Periods(tuple(sorted(period for period in periods if period != month_of(period[0]))))


MONTHS: Final = Periods()
