"""On which day, and in which accounting year, a supplier invoice is posted (domain-rules F27, A *Lukket periode*).

The supplier's own date. Where that is in a closed year or period, the invoice is held, or posted on the first open day
after it: as the company has chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagerbro.books.choices import ClosedPeriod
from lagerbro.economic.services import ServicePeriod
from lagerbro.economic.types import AccountingYear
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind


@dataclass(frozen=True, slots=True)
class PostingDay:
    year: AccountingYear
    day: str


def posting_day(work: Work, day: str) -> PostingDay:
    """The day and its year; raises `Refusal`. Costs a call only where no year that we know of fits."""
    year = _year_of(_years(work, refresh=False), day)
    if year is None or year.closed:
        year = _year_of(_years(work, refresh=True), day)
    if year is not None and not year.closed:
        return PostingDay(year, day)
    if year is None:
        raise Refusal("year_missing", FailureKind.CONFIG, date=day)
    return open_day(work, day, Refusal("year_closed", FailureKind.CONFIG, date=day))


def open_day(work: Work, day: str, refusal: Refusal) -> PostingDay:
    """The first open day after one that cannot be posted on, where that is the choice; else raises the refusal."""
    if work.choices.closed_period is not ClosedPeriod.FIRST_OPEN:
        raise refusal
    years = _years(work, refresh=True)
    first = first_open(list(work.clients.economic.services.periods()), day)
    year = _year_of(years, first) if first else None
    if year is None or year.closed or not first:
        raise refusal
    return PostingDay(year, first)


def closed_refusal(work: Work, day: str) -> Refusal | None:
    """Why a day cannot be posted on; None where it can."""
    year = _year_of(_years(work, refresh=True), day)
    if year is None:
        return Refusal("year_missing", FailureKind.CONFIG, date=day)
    if year.closed:
        return Refusal("year_closed", FailureKind.CONFIG, date=day)
    for period in work.clients.economic.services.periods():
        if period.covers(day) and (period.isClosed or period.isBarred):
            return Refusal("period_closed" if period.isClosed else "period_barred", FailureKind.CONFIG, date=day)
    return None


def first_open(periods: Sequence[ServicePeriod], day: str) -> str:
    """The first day of the first later period that is open; empty where there is none."""
    later = (one.dateFrom[:10] for one in periods if one.dateFrom[:10] > day and not (one.isClosed or one.isBarred))
    return min(later, default="")


def _years(work: Work, *, refresh: bool) -> Sequence[AccountingYear]:
    years_by_agreement = work.runtime.years
    if refresh or work.agreement.pk not in years_by_agreement:
        years_by_agreement[work.agreement.pk] = list(work.clients.economic.registers.years())
    return years_by_agreement[work.agreement.pk]


def _year_of(years: Sequence[AccountingYear], day: str) -> AccountingYear | None:
    return next((year for year in years if year.fromDate <= day <= year.toDate), None)
