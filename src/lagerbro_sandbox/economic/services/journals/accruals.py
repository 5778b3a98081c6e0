"""journalsapi: accruals of draft entries (economic-api 8.4). They are kept with the entry and go with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from lagerbro_sandbox.economic.journals.draft_entries import year_of
from lagerbro_sandbox.economic.services.calls import JSON, NOTHING, Call, json_response
from lagerbro_sandbox.economic.services.journals.draft_entries import stored
from lagerbro_sandbox.economic.services.lists import Listing, shown
from lagerbro_sandbox.economic.services.problems import conflict, missing, raise_if_any, refuse
from lagerbro_sandbox.economic.services.properties import VERSION, as_moment, check, day
from lagerbro_sandbox.economic.services.resources import ServiceRouter
from lagerbro_sandbox.economic.services.shapes.journals import ACCRUAL
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

FIELD: Final = "accrual"
TYPES: Final = ("supplierInvoice", "financeVoucher", "manualCustomerInvoice")


def add_to(router: ServiceRouter) -> None:
    listing = Listing(ACCRUAL, lambda row: row["entryNumber"], _rows, "accruals")
    router.add("GET", "/accruals", listing.by_cursor)
    router.add("GET", "/accruals/paged", listing.by_page)
    router.add("GET", "/accruals/count", listing.count)
    router.add("GET", "/accruals/{}/{}", _read)
    router.add("POST", "/accruals", _create)
    router.add("PUT", "/accruals", _changed)
    router.add("DELETE", "/accruals", _removed)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    for row in call.session.store.draft_entries.all(call.session.agreement):
        if FIELD in row:
            yield _accrual(row)


def _accrual(row: Record) -> Record:
    accrual = row[FIELD]
    first, last = date.fromisoformat(accrual["startDate"]), date.fromisoformat(accrual["endDate"])
    return {
        "entryNumber": row["entryNumber"],
        "journalNumber": row["journal"],
        "accountNumber": accrual["accountNumber"],
        "startDate": as_moment(accrual["startDate"]),
        "endDate": as_moment(accrual["endDate"]),
        "months": (last.year - first.year) * 12 + last.month - first.month + 1,
    }


def _entry(session: Session, journal: object, number: object) -> Record | None:
    row = stored(session, str(number))
    return None if row is None or str(row["journal"]) != str(journal) else row


def _read(call: Call, values: list[str]) -> Response:
    row = _entry(call.session, values[0], values[1])
    if row is None or FIELD not in row:
        raise missing()
    return json_response(shown(_accrual(row), ACCRUAL))


def _create(call: Call, _values: list[str]) -> Response:
    new = check(call.body(), ACCRUAL)
    row = _entry(call.session, new["journalNumber"], new["entryNumber"])
    if row is None:
        raise refuse("JournalEntryDoesNotExist", "The draft entry does not exist.", "entryNumber")
    if FIELD in row:
        raise refuse("OneAPIDraftEntryAccrualAlreadyExist", "The entry has an accrual.", "entryNumber")
    _store(call.session, row, new)
    place = f"{call.place}/accruals/{new['journalNumber']}/{new['entryNumber']}"
    return Response(201, {**JSON, "Location": place}, to_json({"entryNumber": new["entryNumber"]}))


def _changed(call: Call, _values: list[str]) -> Response:
    row, new = _present(call)
    _store(call.session, row, new)
    return NOTHING


def _removed(call: Call, _values: list[str]) -> Response:
    row, _ = _present(call)
    del row[FIELD]
    _write(call.session, row)
    return NOTHING


def _present(call: Call) -> tuple[Record, Record]:
    """The entry that the body names with its accrual, as the caller read it."""
    body = call.body()
    new = check(body, ACCRUAL)
    assert isinstance(body, dict)
    row = _entry(call.session, new["journalNumber"], new["entryNumber"])
    if row is None or FIELD not in row:
        raise missing()
    if body.get(VERSION) != shown(_accrual(row), ACCRUAL)[VERSION]:
        raise conflict()
    return row, new


def _store(session: Session, row: Record, new: Record) -> None:
    raise_if_any(list(_complaints(session, row, new)))
    dates = {name: day(new[name]) for name in ("startDate", "endDate")}
    _write(session, {**row, FIELD: {"accountNumber": new["accountNumber"], **dates}})


def _write(session: Session, row: Record) -> None:
    session.store.draft_entries.put_beside(session.agreement, row)


def _complaints(session: Session, row: Record, new: Record) -> Iterator[Complaint]:
    if row["entryType"] not in TYPES:
        yield Complaint("JournalEntryAccrualWrongEntryType", "Payments are not accrued.", "entryNumber")
    if session.get("accounts", new["accountNumber"]) is None:
        yield Complaint("JournalEntryAccrualAccountNotFound", "The account does not exist.", "accountNumber")
    if day(new["endDate"]) < day(new["startDate"]):
        yield Complaint("JournalEntryAccrualEndBeforeStart", "The accrual ends before it starts.", "endDate")
    if year_of(session, day(new["startDate"])) is None:
        code = "JournalEntryAccrualsStartDateNotInValidAccountingYear"
        yield Complaint(code, "No accounting year contains the start.", "startDate")
