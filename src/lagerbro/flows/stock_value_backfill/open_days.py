"""Whether days can be posted on: closed and barred periods are refused by name (domain-rules H26). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from lagerbro.economic.services import ServicePeriod
from lagerbro.flows.refusals import CONFIG, PlanRefusal


def check_open(days: Iterable[date], periods: Sequence[ServicePeriod]) -> None:
    """Raises `PlanRefusal` that names the closed or barred periods that a day is in, or the day that is in none."""
    closed: dict[str, None] = {}
    for day in sorted(days):
        covering = [period for period in periods if period.covers(str(day))]
        if not covering:
            raise PlanRefusal("stock_year_missing", CONFIG, date=str(day))
        closed |= {f"{one.dateFrom[:10]}–{one.dateTo[:10]}": None for one in covering if one.isClosed or one.isBarred}
    if closed:
        raise PlanRefusal("stock_backfill_closed", CONFIG, periods=", ".join(closed))
