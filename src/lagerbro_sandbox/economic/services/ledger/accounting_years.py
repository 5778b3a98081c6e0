"""accountingyearsapi: accounting years and their periods (economic-api 6.8). There is no cursor list of years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.ledger import views as ledger
from lagerbro_sandbox.economic.ledger import years
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.problems import refuse
from lagerbro_sandbox.economic.services.properties import as_moment, day
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.accountingyears import PERIOD, YEAR
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "accounting-years"


def add_to(router: ServiceRouter) -> None:
    Resource("/AccountingYears/periods", PERIOD, "periodNumber", _periods, _period).add_to(router)
    Resource("/AccountingYears", YEAR, "year", _rows, _read, _create, delete=_delete, by_cursor=False).add_to(router)


def _years(call: Call) -> list[Record]:
    return sorted(call.session.all(KIND), key=lambda row: str(row["fromDate"]))


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    return (_shown(row) for row in _years(call))


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else _shown(row)


def _shown(row: Record) -> Record:
    return {
        "year": row["year"],
        "dateFrom": as_moment(row["fromDate"]),
        "dateTo": as_moment(row["toDate"]),
        "isClosed": bool(row.get("closed")),
    }


def _create(call: Call, new: Record, _values: list[str]) -> str:
    first, last = day(new["dateFrom"]), day(new["dateTo"])
    rows = _years(call)
    if any((row["fromDate"], row["toDate"]) == (first, last) for row in rows):
        raise refuse("AccountingYearExists", "The accounting year exists already.", "dateFrom")
    for row in rows:
        if row.get("closed") and row["fromDate"] <= last and first <= row["toDate"]:
            raise refuse("PeriodOverlapExistingClosedAccountingYear", "A closed year is in the way.", "dateFrom")
    try:
        accounting_year = years.create(call.session, {"fromDate": first, "toDate": last})
    except ApiError as error:
        messages = error.content.get("errors")
        at_start = isinstance(messages, dict) and "fromDate" in messages
        code = "ThereAreGapsBetweenAccountingYears" if at_start else "InvalidAccountingYearDates"
        raise refuse(code, "The dates of the year are not in order.", "dateFrom" if at_start else "dateTo") from error
    if new["isClosed"]:
        call.session.put(KIND, accounting_year["year"], {**accounting_year, "closed": True})
    return str(accounting_year["year"])


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    """Only the latest, and only when nothing is in it."""
    session, store = call.session, call.session.store
    accounting_year = session.get(KIND, row["year"]) or {}
    if _years(call)[-1]["year"] != row["year"]:
        code = "AccountingYearNeededToAvoidGapInAccountingYearSeries"
        raise refuse(code, "Only the latest year can be deleted.", "year")
    booked = store.entries.between(session.agreement, accounting_year["fromDate"], accounting_year["toDate"])
    if next(booked, None) is not None or store.draft_entries.all(session.agreement, year=row["year"]):
        raise refuse("AccountingYearInUse", "There are entries in the year.", "year")
    store.delete(session.agreement, KIND, row["year"])


def _periods(call: Call, _values: list[str]) -> Iterator[Record]:
    """Numbered through all years."""
    number = 0
    for year in _years(call):
        for row in ledger.periods(year):
            number += 1
            yield {
                "periodNumber": number,
                "year": year["year"],
                "dateFrom": as_moment(row["fromDate"]),
                "dateTo": as_moment(row["toDate"]),
                "isClosed": bool(row["closed"]),
                "isBarred": row["fromDate"][:7] in year.get("barredPeriods", ()),
            }


def _period(call: Call, values: list[str]) -> Record | None:
    return next((row for row in _periods(call, []) if str(row["periodNumber"]) == values[0]), None)
