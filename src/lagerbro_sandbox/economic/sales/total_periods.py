"""The periods that the totals of invoices offer as ready filters (economic-api 7.3)."""

from __future__ import annotations

from datetime import date, timedelta

from lagerbro_sandbox.kernel.records import Record


def named_spans(address: str, today: date) -> Record:
    """The totals' own address with a filter on the dates of each period."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    last_month = first - timedelta(days=1)
    january = today.replace(month=1, day=1)
    spans = {
        "lastFifteenDays": ("The last fifteen days.", today - timedelta(days=15), today),
        "lastMonth": ("The last month.", last_month.replace(day=1), last_month),
        "lastSevenDays": ("The last seven days.", today - timedelta(days=7), today),
        "lastThirtyDays": ("The last thirty days.", today - timedelta(days=30), today),
        "lastWeek": ("The last week.", monday - timedelta(days=7), monday - timedelta(days=1)),
        "lastYear": ("The last year.", january.replace(year=today.year - 1), january - timedelta(days=1)),
        "thisMonth": ("This month.", first, today),
        "thisWeek": ("This week.", monday, today),
        "thisYear": ("This year.", january, today),
    }
    return {
        name: {"description": text, "self": f"{address}?filter=date$gte:{start}$and:date$lte:{end}"}
        for name, (text, start, end) in spans.items()
    }
