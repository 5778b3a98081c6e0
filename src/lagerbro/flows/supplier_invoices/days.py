"""On which day, and in which accounting year, a supplier invoice is posted (domain-rules F27, A *Lukket periode*).

The supplier's own date. Where that is in a closed year or period, the invoice is held, or posted on the first open day
after it: as the company has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lagerbro.books.choices import ClosedPeriod
from lagerbro.economic.services import ServicePeriod
from lagerbro.economic.types import AccountingYear
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

YEAR_MISSING: Final = "purchase_year_missing"
"""No day is put in place of one that belongs to no year: it is likelier a slip."""


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
    return open_day(work, day, _year_refusal(year, day))


def open_day(work: Work, day: str, refusal: Refusal) -> PostingDay:
    """The first open day after one that cannot be posted on, where that is the choice; else raises the refusal."""
    if work.choices.closed_period is not ClosedPeriod.FIRST_OPEN or refusal.code == YEAR_MISSING:
        raise refusal
    first = first_open(list(work.clients.economic.services.periods()), _years(work, refresh=True), day)
    if first is None:
        raise Refusal("purchase_no_open_day", FailureKind.CONFIG, date=day) from refusal
    return first


def closed_refusal(work: Work, day: str) -> Refusal | None:
    """Why a day cannot be posted on; None where it can."""
    year = _year_of(_years(work, refresh=True), day)
    if year is None or year.closed:
        return _year_refusal(year, day)
    for period in work.clients.economic.services.periods():
        if period.covers(day) and (period.isClosed or period.isBarred):
            code = "purchase_period_closed" if period.isClosed else "purchase_period_barred"
            return Refusal(code, FailureKind.CONFIG, date=day)
    return None


def first_open(periods: Iterable[ServicePeriod], years: Sequence[AccountingYear], day: str) -> PostingDay | None:
    """The first day of the first later period that is open in a year that is open; None where there is none."""
    open_days = (one.dateFrom[:10] for one in periods if not (one.isClosed or one.isBarred))
    for first in sorted(first for first in open_days if first > day):
        year = _year_of(years, first)
        if year is not None and not year.closed:
            return PostingDay(year, first)
    return None


def _year_refusal(year: AccountingYear | None, day: str) -> Refusal:
    if year is None:
        return Refusal(YEAR_MISSING, FailureKind.CONFIG, date=day)
    return Refusal("purchase_year_closed", FailureKind.CONFIG, date=day)


def _years(work: Work, *, refresh: bool) -> Sequence[AccountingYear]:
    years_by_agreement = work.runtime.years
    if refresh or work.agreement.pk not in years_by_agreement:
        years_by_agreement[work.agreement.pk] = list(work.clients.economic.registers.years())
    return years_by_agreement[work.agreement.pk]


def _year_of(years: Sequence[AccountingYear], day: str) -> AccountingYear | None:
    return next((year for year in years if year.fromDate <= day <= year.toDate), None)
