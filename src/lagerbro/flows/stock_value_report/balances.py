"""Booked balance and open drafts at the end of each of the latest days. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import counting, day_booked
from lagerbro.flows.stock_value_report.report import DAYS, BalanceDay, Draft
from lagerbro.money import ZERO


def latest_days(today: date) -> list[date]:
    """The days of the chart, oldest first."""
    return [today - timedelta(days=ago) for ago in reversed(range(DAYS))]


def balances(entries: Iterable[AccountEntry], drafts: Sequence[Draft], days: Sequence[date]) -> list[BalanceDay]:
    """Of days that follow one another."""
    booked = _running(((day_booked(entry), entry.amountInBaseCurrency) for entry in counting(entries)), days)
    drafted = _running(((draft.day, draft.effect) for draft in drafts), days)
    return [BalanceDay(day, one, other) for day, one, other in zip(days, booked, drafted, strict=True)]


def _running(moves: Iterable[tuple[date, Decimal]], days: Sequence[date]) -> list[Decimal]:
    """The sum until the end of each day."""
    by_day: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for day, amount in moves:
        by_day[max(day, days[0])] += amount
    sums, total = [], ZERO
    for day in days:
        total += by_day[day]
        sums.append(total)
    return sums
