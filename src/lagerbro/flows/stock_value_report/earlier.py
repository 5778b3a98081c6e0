"""The values of days that no run has seen, read when somebody asks for them: a few at a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.flows.stock_value.valuing.valuation import values_by_day
from lagerbro.flows.stock_value_days.days import note_values, values_between
from lagerbro.flows.stock_value_report.balances import latest_days
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.runtime import RunAll

CALLS_AT_ONCE: Final = 30
"""Each day costs one, and more where the stock is split; Rackbeat takes seven a second: some four of a page's ten."""


def unknown_days(agreement: Agreement, today: date) -> list[date]:
    """The days of the chart before today whose value is not known, the latest first."""
    days = latest_days(today)[:-1]
    known = values_between(agreement, None, days[0], days[-1])
    return [day for day in reversed(days) if day not in known]


def read_earlier(
    agreement: Agreement,
    choices: Choices,
    rackbeat: Rackbeat,
    now: datetime,
    today: date,
    run_all: RunAll,
) -> int:
    """Read the latest of them and keep each that came; answers how many are still unknown. Inside the scope."""
    unknown = unknown_days(agreement, today)
    values_read, fault = values_by_day(rackbeat, choices, unknown, run_all, CALLS_AT_ONCE)
    note_values(agreement, values_read, now)
    if fault is not None and not values_read:
        raise fault
    return len(unknown) - len(values_read)
