"""Accounting years and their periods: made, closed, opened again; periods barred (economic-api 6.8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from lagerbro_sandbox.economic.ledger import views as ledger
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import MONTHS
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record


def add_to(router: PageRouter) -> None:
    router.add("GET", "years", _years)
    router.add("POST", "years", _make)
    router.add("GET", "years/{}", _year)
    router.add("POST", "years/{}/close", _close)
    router.add("POST", "years/{}/periods/{}/bar", _bar)


def _address(key: str) -> str:
    return f"/accounting-years/{key.replace('/', '_6_')}"


def _rows(visit: Visit) -> list[Record]:
    years: list[Record] = visit.api("GET", "/accounting-years?pagesize=1000")["collection"]
    return years


def _years(visit: Visit) -> Response:
    return visit.page("ledger/years.html", **_context(visit))


def _context(visit: Visit) -> dict[str, Any]:
    """The years, and the dates that the next one would have."""
    rows = _rows(visit)
    first = date.fromisoformat(rows[-1]["toDate"]) + timedelta(days=1) if rows else visit.session.today()
    last = first.replace(year=first.year + 1) - timedelta(days=1)
    return {"years": rows[::-1], "first": str(first), "last": str(last), "today": str(visit.session.today())}


def _make(visit: Visit) -> Response:
    dates = {name: visit.form.get(name, "") for name in ("fromDate", "toDate")}
    try:
        accounting_year = visit.api("POST", "/accounting-years", dates)
    except (ApiError, ServiceError) as error:
        refused = visit.refused(error, "Regnskabsåret er ikke oprettet.")
        return visit.page("ledger/years.html", error.status, refused=refused, **_context(visit))
    return to("years", "year-made", accounting_year["year"])


def _year(visit: Visit) -> Response:
    year = visit.api("GET", _address(visit.key))
    stored = visit.session.get("accounting-years", year["year"]) or {}
    barred = stored.get("barredPeriods", ())
    periods = [
        {**row, "barred": row["fromDate"][:7] in barred, "name": _month(row["fromDate"])}
        for row in ledger.periods(stored)
    ]
    return visit.page("ledger/year.html", year=year, periods=periods)


def _month(day: str) -> str:
    return f"{MONTHS[int(day[5:7]) - 1]} {day[:4]}"


def _close(visit: Visit) -> Response:
    year = visit.api("GET", _address(visit.key))
    is_closed = visit.form.get("closed") == "1"
    visit.admin("years/close", agreement=visit.session.agreement, year=year["year"], closed=is_closed)
    return to(f"years/{quote(visit.key, safe='')}", "year-closed" if is_closed else "year-opened")


def _bar(visit: Visit) -> Response:
    year = visit.api("GET", _address(visit.key))
    period = visit.api("GET", f"{_address(visit.key)}/periods/{visit.values[1]}")
    is_barred = visit.form.get("barred") == "1"
    visit.admin(
        "periods/bar",
        agreement=visit.session.agreement,
        year=year["year"],
        date=period["fromDate"],
        barred=is_barred,
    )
    notice = "period-barred" if is_barred else "period-opened"
    return to(f"years/{quote(visit.key, safe='')}", notice, _month(period["fromDate"]))
