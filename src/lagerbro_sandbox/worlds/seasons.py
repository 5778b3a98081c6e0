"""How sales are spread over the days of a month: seasons of the year, days of the week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

SEASONS: Final = (0.5, 0.6, 1.0, 1.4, 1.6, 1.5, 1.1, 1.0, 0.9, 0.8, 0.9, 0.7)
"""By month, for people who sell bicycles: 1 on average."""
WEEK: Final = (1.3, 1.1, 1.0, 1.1, 1.2, 0.5, 0.1)
"""From Monday to Sunday."""


def sales_by_day(first: date, until: date, sales_a_month: int) -> list[tuple[date, float]]:
    """Every day from `first` to before `until`, with how many sales are to be expected."""
    days = [first + timedelta(days=offset) for offset in range((until - first).days)]
    whole = sum(WEEK[day.weekday()] for day in days)
    expected = sales_a_month * SEASONS[first.month - 1]
    return [(day, expected * WEEK[day.weekday()] / whole) for day in days]
