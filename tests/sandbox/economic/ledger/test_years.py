"""Accounting years, periods and totals, of the whole ledger and of one account (economic-api 6.7, 6.8)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.contract import schemas
from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Sandboxes


@pytest.fixture
def call() -> Caller:
    return Caller(Sandboxes.made())


def _next(call: Caller) -> int:
    _, body = call("GET", "/accounting-years")
    return int(max(row["toDate"] for row in body["collection"])[:4]) + 1


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("-01-02", "-12-31", "E07810"),
        ("-01-01", "-12-30", "E07821"),
    ],
)
def test_a_year_follows_the_latest_and_ends_with_a_month(call: Caller, start: str, end: str, code: str) -> None:
    """economic-api 6.8 D/C: a refused year is not there; a right one then is."""
    year = _next(call)
    before = call("GET", "/accounting-years")[1]["pagination"]["results"]
    status, body = call("POST", "/accounting-years", {"fromDate": f"{year}{start}", "toDate": f"{year}{end}"})
    assert status == 400
    assert code in str(body["errors"])
    assert call("GET", "/accounting-years")[1]["pagination"]["results"] == before
    status, body = call("POST", "/accounting-years", {"fromDate": f"{year}-01-01", "toDate": f"{year}-12-31"})
    assert (status, body["year"], body["closed"]) == (201, str(year), False)


def test_a_year_lasts_18_months_at_most_and_a_split_one_is_named_by_both(call: Caller) -> None:
    """economic-api 6.8 D, 16.25: `2027/2028`, with `_6_` in its path."""
    year = _next(call)
    status, body = call("POST", "/accounting-years", {"fromDate": f"{year}-01-01", "toDate": f"{year + 1}-07-31"})
    assert (status, "E07822" in str(body["errors"])) == (400, True)
    status, body = call("POST", "/accounting-years", {"fromDate": f"{year}-01-01", "toDate": f"{year + 1}-06-30"})
    assert (status, body["year"]) == (201, f"{year}/{year + 1}")
    assert body["self"].endswith(f"/accounting-years/{year}_6_{year + 1}")
    status, periods = call("GET", f"/accounting-years/{year}_6_{year + 1}/periods")
    assert (status, periods["pagination"]["results"]) == (200, 18)
    listed = call("GET", "/accounting-years")[1]["collection"]
    assert listed[-1]["year"] == f"{year}/{year + 1}"


def test_totals_are_the_sums_of_the_entries(call: Caller) -> None:
    """economic-api 6.7: by account, for a year; all of them come to nothing."""
    year = call("GET", "/accounting-years")[1]["collection"][0]["year"]
    entries = call("GET", f"/accounting-years/{year}/entries?pagesize=1000")[1]["collection"]
    totals = call("GET", f"/accounting-years/{year}/totals?pagesize=1000")[1]["collection"]
    sums: dict[int, Decimal] = {}
    for entry in entries:
        number = entry["account"]["accountNumber"]
        sums[number] = sums.get(number, Decimal(0)) + entry["amountInBaseCurrency"]
    assert {row["account"]["accountNumber"]: row["totalInBaseCurrency"] for row in totals} == sums
    assert sums
    assert sum(sums.values()) == 0
    for row in totals:
        status, one = call("GET", row["self"].removeprefix("http://economic.test"))
        assert (status, one) == (200, row)


@schemas.present
@pytest.mark.parametrize("below", ["", "accounts/{account}/"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "/{y}",
        "/{y}/entries",
        "/{y}/totals",
        "/{y}/periods",
        "/{y}/periods/1",
        "/{y}/periods/1/entries",
        "/{y}/periods/1/totals",
    ],
)
def test_every_path_answers_as_published(call: Caller, below: str, path: str) -> None:
    """economic-api 14: the years by themselves and below an account."""
    row = call("GET", "/accounting-years")[1]["collection"][0]
    totals = call("GET", f"/accounting-years/{row['year']}/totals")[1]["collection"]
    account = totals[0]["account"]["accountNumber"]
    address = f"/{below}accounting-years{path}".format(account=account, y=row["year"])
    status, body = call("GET", address)
    name = f"{below}accounting-years{path}".format(account="accountNumber", y="accountingYear")
    name = name.replace("/periods/1", "/periods/accountingYearPeriod").replace("/", ".") + ".get"
    assert status == 200
    assert schemas.complaints(body, name) == []


def test_an_entry_is_in_its_accounting_year_not_in_the_calendars(call: Caller) -> None:
    """economic-api 6.8, 16.25: in a split year the link of an entry carries the key of the year."""
    year = _next(call)
    call("POST", "/accounting-years", {"fromDate": f"{year}-01-01", "toDate": f"{year}-06-30"})
    call("POST", "/accounting-years", {"fromDate": f"{year}-07-01", "toDate": f"{year + 1}-06-30"})
    finance = {"amount": 10, "account": {"accountNumber": 5820}, "contraAccount": {"accountNumber": 1350}}
    entry = {**finance, "date": f"{year + 1}-02-01"}
    body = {"accountingYear": {"year": f"{year}/{year + 1}"}, "entries": {"financeVouchers": [entry]}}
    status, made = call("POST", "/journals/1/vouchers", body)
    assert (status, made[0]["self"].rsplit("/", 1)[1].startswith(f"{year}_6_{year + 1}-")) == (201, True)
    assert call("POST", "/journalsapi/v15.0.0/journals/1/book")[0] == 204
    rows = call("GET", f"/accounting-years/{year}_6_{year + 1}/entries")[1]["collection"]
    place = f"http://economic.test/accounting-years/{year}_6_{year + 1}/entries"
    assert [row["self"] for row in rows] == [f"{place}/{row['entryNumber']}" for row in rows]
    assert len(rows) == 2
