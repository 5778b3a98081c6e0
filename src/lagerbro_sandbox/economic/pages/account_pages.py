"""The chart of accounts, the ledger of an account, vouchers; barring an account (economic-api 6.7, 6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lagerbro_sandbox.economic.journals.voucher_documents import Document, content, of_voucher
from lagerbro_sandbox.economic.pages import rights, table
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import ACCOUNT_TYPES, ENTRY_TYPES
from lagerbro_sandbox.economic.registers.rules import POSTABLE
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.economic.wire.errors import ApiError, not_found
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

_FIRST_DAY = "0001-01-01"


def add_to(router: PageRouter) -> None:
    router.add("GET", "accounts", _chart)
    router.add("GET", "accounts/{}", _ledger)
    router.add("POST", "accounts/{}/bar", _bar)
    router.add("GET", "vouchers/{}/{}", _voucher)
    router.add("GET", "vouchers/{}/{}/file", _file)


def _chart(visit: Visit) -> Response:
    accounts = table.listed(visit, "/accounts", number="accountNumber", text="name")
    return visit.page("ledger/chart.html", table=accounts, types=ACCOUNT_TYPES, postable=POSTABLE)


def _ledger(visit: Visit) -> Response:
    return visit.page("ledger/ledger.html", **_shown(visit))


def _shown(visit: Visit) -> dict[str, Any]:
    """The account, and one page of its entries in a year with the balance after each."""
    account = visit.api("GET", f"/accounts/{visit.key}")
    years = sorted(visit.session.all("accounting-years"), key=lambda row: str(row["fromDate"]))
    year = _year(visit, years)
    opening = _opening(visit, account, year)
    rows = _running(_entries(visit, year, account["accountNumber"]), opening)
    return {
        "account": account,
        "types": ACCOUNT_TYPES,
        "is_postable": account["accountType"] in POSTABLE,
        "entry_types": ENTRY_TYPES,
        "years": years,
        "year": year,
        "opening": opening,
        "closing": rows[-1]["balance"] if rows else opening,
        "table": table.cut(visit, rows, year=str(year["year"])),
    }


def _year(visit: Visit, years: list[Record]) -> Record:
    """The year that is asked for, else the one that today is in."""
    wanted, today = visit.given.get("year", ""), str(visit.session.today())
    named = next((row for row in years if row["year"] == wanted), None)
    return named or next((row for row in years if row["fromDate"] <= today <= row["toDate"]), years[-1])


def _opening(visit: Visit, account: Record, year: Record) -> Decimal:
    """A status account carries its balance over; a profit-and-loss account begins at nothing."""
    if account["accountType"] != "status":
        return Decimal(0)
    number = account["accountNumber"]
    last = str(date.fromisoformat(year["fromDate"]) - timedelta(days=1))
    return visit.session.store.entries.sums(visit.session.agreement, _FIRST_DAY, last, number).get(number, Decimal(0))


def _entries(visit: Visit, year: Record, account: int | None = None) -> list[Entry]:
    entries = visit.session.store.entries.between(visit.session.agreement, year["fromDate"], year["toDate"], account)
    return sorted(entries, key=lambda entry: (entry.date, entry.number))


def _running(entries: Iterable[Entry], opening: Decimal) -> list[Record]:
    rows: list[Record] = []
    balance = opening
    for entry in entries:
        balance += entry.base_amount
        rows.append({**asdict(entry), "balance": balance})
    return rows


def _bar(visit: Visit) -> Response:
    """As an app would: read, change, write with the version that was read. An account in use is not barred."""
    is_barred = visit.form.get("barred") == "1"
    try:
        body = visit.api("GET", f"/accountsapi/Accounts/{visit.key}")
        visit.api("PUT", "/accountsapi/Accounts", {**body, "isBarred": is_barred})
    except (ApiError, ServiceError) as error:
        if error.status == 404:
            raise
        refused = visit.refused(error, f"Konto {visit.key} er ikke {'spærret' if is_barred else 'åbnet'}.")
        return visit.page("ledger/ledger.html", error.status, refused=refused, **_shown(visit))
    return to(f"accounts/{visit.key}", "barred" if is_barred else "unbarred", f"konto {visit.key}")


def _voucher(visit: Visit) -> Response:
    """Every entry of a year under one voucher number, whatever made it."""
    key, number = visit.values
    year = visit.api("GET", f"/accounting-years/{key.replace('/', '_6_')}")
    entries = [entry for entry in _entries(visit, year) if str(entry.voucher) == number]
    if not entries:
        raise not_found()
    names = {entry.account: (visit.session.get("accounts", entry.account) or {}).get("name", "") for entry in entries}
    debit = sum((entry.base_amount for entry in entries if entry.base_amount > 0), Decimal(0))
    credit = -sum((entry.base_amount for entry in entries if entry.base_amount < 0), Decimal(0))
    return visit.page(
        "ledger/voucher.html",
        year=year,
        number=number,
        entries=entries,
        names=names,
        types=ENTRY_TYPES,
        debit=debit,
        credit=credit,
        filed=_document(visit) is not None,
    )


def _document(visit: Visit) -> Document | None:
    year, number = visit.values
    return (
        of_voucher(visit.session, year, int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )


def _file(visit: Visit) -> Response:
    """The voucher's document, be it a draft or booked."""
    rights.check(visit.user, "/journals")
    document = _document(visit)
    if document is None:
        raise not_found()
    return Response(200, {"Content-Type": "application/pdf"}, content(visit.session, document))
