"""Which days belong to the same accounting period (domain-rules H25). Pure.

An accounting year follows the one before without a gap, ends on a month's last day and is cut by months (economic-api
6.8): a period is a calendar month, or the part of one with which the first year begins, before which nothing can be
posted.
"""

from __future__ import annotations

from datetime import date, timedelta


def are_same_period(one: date, other: date) -> bool:
    return month_of(one) == month_of(other)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the calendar month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
