"""The last 30 days as a strip of columns: what was transferred, what lies as a draft, what needs somebody, by the day
on which it last changed. Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncDate

from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.formats import COPENHAGEN

DAYS: Final = 30
HEIGHT: Final = 72
_WIDTH: Final = 10
_GAP: Final = 4
_SERIES: Final[Mapping[str, str]] = {
    TransferState.TRANSFERRED: "transferred",
    TransferState.DRAFTED: "drafted",
    **dict.fromkeys(STOPPED, "stopped"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a column, in the drawing's own units."""

    series: str
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    transferred: int = 0
    drafted: int = 0
    stopped: int = 0

    @property
    def total(self) -> int:
        return self.transferred + self.drafted + self.stopped


@dataclass(frozen=True, slots=True)
class Strip:
    """`days`: the oldest first, every day once."""

    days: tuple[Day, ...]

    @property
    def total(self) -> int:
        return sum(day.total for day in self.days)

    @property
    def width(self) -> int:
        return DAYS * (_WIDTH + _GAP) - _GAP

    @property
    def newest_first(self) -> list[Day]:
        """Those on which something happened, as a table lists them."""
        return [day for day in reversed(self.days) if day.total]

    @property
    def bars(self) -> list[Bar]:
        unit = HEIGHT / max(1, *(day.total for day in self.days))
        return [bar for at, day in enumerate(self.days) for bar in _column(day, at * (_WIDTH + _GAP), unit)]


def strip(now: datetime) -> Strip:
    """One query, however much happened."""
    today = now.astimezone(COPENHAGEN).date()
    first = datetime.combine(today - timedelta(days=DAYS - 1), datetime.min.time(), COPENHAGEN)
    rows = Transfer.in_scope.filter(changed_at__gte=first, state__in=list(_SERIES))
    by_day = rows.annotate(day=TruncDate("changed_at", tzinfo=COPENHAGEN)).values_list("day", "state")
    counts: dict[date, dict[str, int]] = {}
    for day, state, count in by_day.annotate(count=Count("pk")).order_by():
        series = counts.setdefault(day, {})
        series[_SERIES[state]] = series.get(_SERIES[state], 0) + count
    days = (today - timedelta(days=back) for back in range(DAYS - 1, -1, -1))
    return Strip(tuple(Day(day, **counts.get(day, {})) for day in days))


def _column(day: Day, x: int, unit: float) -> list[Bar]:
    bars: list[Bar] = []
    top: float = HEIGHT
    for series, count in (("transferred", day.transferred), ("drafted", day.drafted), ("stopped", day.stopped)):
        if count:
            height = count * unit
            top -= height
            bars.append(Bar(series, x, round(top, 2), _WIDTH, round(height, 2)))
    return bars
