"""When the stock value is transferred next: 23:59 Danish time, daily, on Sundays, or on the month's last day (A27)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from lagerbro.books.choices import Frequency
from lagerbro.sync.schedules.timing import COPENHAGEN

AT: Final = time(23, 59)
_DAYS_MAX: Final = 63
_SUNDAY: Final = 6


def next_stock_run(frequency: Frequency, now: datetime) -> datetime:
    """The first such moment after `now`, in UTC."""
    today = now.astimezone(COPENHAGEN).date()
    moments = (_moment(today + timedelta(days=days)) for days in range(_DAYS_MAX) if _is_day(today, days, frequency))
    return next(moment for moment in moments if moment > now)


def _moment(day: date) -> datetime:
    return datetime.combine(day, AT, COPENHAGEN).astimezone(UTC)


def _is_day(today: date, days: int, frequency: Frequency) -> bool:
    day = today + timedelta(days=days)
    match frequency:
        case Frequency.DAILY:
            return True
        case Frequency.WEEKLY:
            return day.weekday() == _SUNDAY
        case Frequency.MONTHLY:
            return (day + timedelta(days=1)).day == 1
