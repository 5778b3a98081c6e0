"""When the stock value is transferred: 23:59 Danish time, daily, on Sundays, or on the month's last day (A27)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from lagerbro.books.choices import Frequency
from lagerbro.sync.schedules.timing import COPENHAGEN

AT: Final = time(23, 59)
MONTHS_MAX: Final = 13
"""Further back nothing is made good: by then the year's books are closed."""
_DAYS_MAX: Final = 63
DAYS_BACK_MAX: Final = MONTHS_MAX * 31
_SUNDAY: Final = 6


def next_stock_run(frequency: Frequency, now: datetime) -> datetime:
    """The first such moment after `now`, in UTC."""
    today = now.astimezone(COPENHAGEN).date()
    days = (today + timedelta(days=ahead) for ahead in range(_DAYS_MAX))
    moments = (_moment(day) for day in days if is_scheduled(day, frequency))
    return next(moment for moment in moments if moment > now)


def days_to_make_good(frequency: Frequency, after: date, until: date) -> tuple[date, ...]:
    """The scheduled days after the one and until the other that are still worth a run: the last one of every month that
    was missed, so that each closes with its own value, and the latest (domain-rules C9k, H25). Oldest first."""
    first = max(after, until - timedelta(days=DAYS_BACK_MAX))
    days = [first + timedelta(days=count) for count in range(1, (until - first).days + 1)]
    by_month = {(day.year, day.month): day for day in days if is_scheduled(day, frequency)}
    return tuple(by_month.values())


def is_scheduled(day: date, frequency: Frequency) -> bool:
    """Whether the day is one of the rhythm's."""
    match frequency:
        case Frequency.DAILY:
            return True
        case Frequency.WEEKLY:
            return day.weekday() == _SUNDAY
        case Frequency.MONTHLY:
            return (day + timedelta(days=1)).day == 1


def _moment(day: date) -> datetime:
    return datetime.combine(day, AT, COPENHAGEN).astimezone(UTC)
