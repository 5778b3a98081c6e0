"""The books as a whole: whose they are, in which currency, and whether they are open now and soon (D19, F15, H4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from lagerbro.books.company_numbers import are_same_company
from lagerbro.checks.check import Area, Faults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts, Year

AHEAD: Final = timedelta(days=60)
"""How long before its beginning the next accounting year should be there."""
_YEARS: Final = Remedy.ECONOMIC_YEARS


@check("base_currency_differs", Severity.BLOCKS, Area.LEDGER, remedy=Remedy.ECONOMIC_COMPANY)
def base_currency_differs(facts: Facts) -> Faults:
    """Amounts in the base currency would be read in the wrong one (F15)."""
    economic = facts.economic.base_currency
    if economic is None:
        return None
    rackbeat = facts.rackbeat.base_currency or facts.connected.base_currency
    return fault_if(rackbeat != economic, rackbeat=rackbeat, economic=economic)


@check("ledger_changed", Severity.BLOCKS, Area.LEDGER, remedy=Remedy.ECONOMIC_APPS)
def ledger_changed(facts: Facts) -> Faults:
    """Another ledger than the one that was connected is a decision of its own (H4)."""
    connected, present = facts.connected.agreement_number, facts.economic.agreement_number
    if connected is None or present is None:
        return None
    return fault_if(connected != present, connected=connected, found=present)


@check("account_changed", Severity.BLOCKS, Area.LEDGER, remedy=Remedy.RACKBEAT_APPS)
def account_changed(facts: Facts) -> Faults:
    """Rackbeat's side of the same."""
    connected, present = facts.connected.account_id, facts.rackbeat.account_id
    if connected is None or present is None:
        return None
    return fault_if(connected != present, connected=connected, found=present)


@check("ledger_shared", Severity.BLOCKS, Area.LEDGER, remedy=Remedy.RACKBEAT_APPS)
def ledger_shared(facts: Facts) -> Faults:
    """Two accounts would meet in the same numbers, and undo each other's stock value every day (F29)."""
    return fault_if(facts.connected.ledger_in_use, number=facts.connected.agreement_number)


@check("companies_differ", Severity.SHOULD, Area.LEDGER, remedy=Remedy.ECONOMIC_COMPANY)
def companies_differ(facts: Facts) -> Faults:
    """Different CVR numbers: perhaps the wrong pair was joined (H5)."""
    rackbeat, economic = facts.rackbeat.cvr, facts.economic.cvr
    if not (rackbeat and rackbeat.strip() and economic and economic.strip()):
        return None
    return fault_if(not are_same_company(rackbeat, economic), rackbeat=rackbeat, economic=economic)


@check("accounting_year_missing", Severity.BLOCKS, Area.LEDGER, remedy=_YEARS)
def year_missing(facts: Facts) -> Faults:
    """Nothing that is dated today could be booked."""
    return None if facts.economic.years is None else fault_if(_year(facts) is None, date=facts.today)


@check("accounting_year_closed", Severity.BLOCKS, Area.LEDGER, remedy=_YEARS)
def year_closed(facts: Facts) -> Faults:
    year = _year(facts)
    return None if year is None else fault_if(year.closed, year=year.key)


@check("next_year_missing", Severity.SHOULD, Area.LEDGER, remedy=_YEARS)
def next_year_missing(facts: Facts) -> Faults:
    """Documents stop on its first day."""
    year = _year(facts)
    if year is None or year.last - facts.today >= AHEAD:
        return None
    return fault_if(_next(facts, year) is None, last=year.last)


@check("next_year_closed", Severity.SHOULD, Area.LEDGER, remedy=_YEARS)
def next_year_closed(facts: Facts) -> Faults:
    year = _year(facts)
    following = _next(facts, year) if year else None
    return None if following is None else fault_if(following.closed, year=following.key)


@check("period_closed", Severity.BLOCKS, Area.LEDGER, remedy=_YEARS)
def period_closed(facts: Facts) -> Faults:
    """The period that today is in; a closed year is told as such."""
    return _period(facts, "closed")


@check("period_barred", Severity.BLOCKS, Area.LEDGER, remedy=_YEARS)
def period_barred(facts: Facts) -> Faults:
    return _period(facts, "barred")


def _period(facts: Facts, flag: str) -> Faults:
    year = _year(facts)
    if facts.economic.periods is None or year is None or year.closed:
        return None
    present = [period for period in facts.economic.periods if period.includes(facts.today)]
    wrong = next((period for period in present if getattr(period, flag)), None)
    return fault_if(wrong is not None, first=wrong and wrong.first, last=wrong and wrong.last)


def _year(facts: Facts) -> Year | None:
    return next((year for year in facts.economic.years or () if year.includes(facts.today)), None)


def _next(facts: Facts, year: Year) -> Year | None:
    if year.last == date.max:
        return None
    day = year.last + timedelta(days=1)
    return next((other for other in facts.economic.years or () if other.includes(day)), None)


CHECKS: Final = (
    ledger_changed,
    account_changed,
    ledger_shared,
    base_currency_differs,
    companies_differ,
    year_missing,
    year_closed,
    period_closed,
    period_barred,
    next_year_missing,
    next_year_closed,
)
