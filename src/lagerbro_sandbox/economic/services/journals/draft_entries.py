"""journalsapi: draft entries, one by one and in bulk (economic-api 8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lagerbro_sandbox.economic.journals import draft_entries
from lagerbro_sandbox.economic.journals import number_series as series
from lagerbro_sandbox.economic.journals.draft_rules import entry_complaints
from lagerbro_sandbox.economic.journals.entry_kinds import DRAFT_NAMES, DRAFT_NUMBERS
from lagerbro_sandbox.economic.services.calls import JSON, NOTHING, Call
from lagerbro_sandbox.economic.services.lists import shown, version_of
from lagerbro_sandbox.economic.services.problems import INVALID, conflict, missing, raise_if_any, refuse
from lagerbro_sandbox.economic.services.properties import Property, Shape, as_moment, check, day
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.journals import DRAFT_ENTRY
from lagerbro_sandbox.economic.services.versions import major
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

BULK_MAX: Final = 500
OPTIONAL_NUMBER_SINCE: Final = 15
NAMES: Final = {
    "voucherNumber": "voucher",
    "journalNumber": "journal",
    "accountNumber": "account",
    "vatCode": "vatCode",
    "amount": "amount",
    "currency": "currency",
    "exchangeRate": "exchangeRate",
    "contraAccountNumber": "contraAccount",
    "contraVatCode": "contraVatCode",
    "text": "text",
    "customerNumber": "customer",
    "customerInvoiceNumber": "customerInvoice",
    "supplierNumber": "supplier",
    "supplierInvoiceNumber": "supplierInvoiceNumber",
    "supplierPaymentType": "supplierPaymentType",
    "supplierPaymentBank": "supplierPaymentBank",
    "supplierPaymentMessage": "supplierPaymentMessage",
}
"""Our names for the row's, where nothing else differs."""
_SENT: Final = {
    **{row: sent for sent, row in NAMES.items()},
    "entryType": "entryTypeNumber",
    "date": "date",
    "dueDate": "dueDate",
}
_OF_CUSTOMERS: Final = ("customer", "customerInvoice")
_OF_SUPPLIERS: Final = ("supplier", "supplierInvoiceNumber")
_FIELDS_OF_OTHER_KINDS: Final = {
    "customerPayment": ("account", *_OF_SUPPLIERS),
    "manualCustomerInvoice": ("account", *_OF_SUPPLIERS),
    "supplierInvoice": ("account", *_OF_CUSTOMERS),
    "supplierPayment": ("account", *_OF_CUSTOMERS),
    "financeVoucher": (*_OF_CUSTOMERS, *_OF_SUPPLIERS),
}
"""What is passed over, since entries of the kind do not have it."""
ENTRIES: Final[Shape] = {"entries": Property("array", items=DRAFT_ENTRY)}


def add_to(router: ServiceRouter) -> None:
    Resource("/draft-entries", DRAFT_ENTRY, "entryNumber", _rows, _read, _create, _update, _delete).add_to(router)
    router.add("POST", "/draft-entries/bulk", _create_bulk)
    router.add("PUT", "/draft-entries/bulk", _update_bulk)
    router.add("DELETE", "/draft-entries/delete/{}", _delete_all)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    return (entry(row) for row in call.session.store.draft_entries.all(call.session.agreement))


def _read(call: Call, values: list[str]) -> Record | None:
    row = stored(call.session, values[0])
    return None if row is None else entry(row)


def stored(session: Session, number: str) -> Record | None:
    """The row of this number."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return session.store.draft_entries.one(session.agreement, int(number))


def entry(row: Record) -> Record:
    """The row as this surface tells it. A party's account is that of its group (economic-api 8.4)."""
    body = {sent: row[name] for sent, name in NAMES.items() if row.get(name) is not None}
    body |= {
        "entryNumber": row["entryNumber"],
        "entryTypeNumber": DRAFT_NUMBERS[row["entryType"]],
        "date": as_moment(row["date"]),
    }
    if row.get("dueDate"):
        body["dueDate"] = as_moment(row["dueDate"])
    if "customerInvoice" in row:
        body["customerInvoiceNumber"] = str(row["customerInvoice"])
    return body


def _create(call: Call, new: Record, _values: list[str]) -> int:
    return _made(call, new, "")


def _made(call: Call, new: Record, prefix: str) -> int:
    """Check and keep a new entry; `prefix` names its place in a bulk."""
    session = call.session
    journal = _journal(session, new, prefix)
    row = draft_entries.with_usual(journal, _row_of_body(new))
    if row.get("voucher") is None and major(call.version) < OPTIONAL_NUMBER_SINCE:
        raise refuse(INVALID, "The voucherNumber field is required.", f"{prefix}voucherNumber")
    _check(session, journal, row, prefix)
    if row.get("voucher") is None:
        row["voucher"] = _next_voucher_number(session, journal, prefix)
    _check_not_booked(session, journal, row, prefix)
    return int(draft_entries.add(session, journal, draft_entries.completed(session, row))["entryNumber"])


def _next_voucher_number(session: Session, journal: Record, prefix: str) -> int:
    try:
        return series.take_number(session, journal)
    except series.SeriesUsedUpError as error:
        code = "JournalVoucherNextNumberNotWithinBoundaries"
        raise refuse(code, str(error), f"{prefix}voucherNumber") from error


def _journal(session: Session, new: Record, prefix: str) -> Record:
    journal = session.get("journals", new["journalNumber"])
    if journal is None:
        raise refuse("JournalDoesNotExist", "The journal does not exist.", f"{prefix}journalNumber")
    return journal


def _row_of_body(new: Record) -> Record:
    """The body as a row; a type that does not exist is kept as it is, for the rules to refuse."""
    row: Record = {name: new[sent] for sent, name in NAMES.items() if new.get(sent) is not None}
    row["entryType"] = DRAFT_NAMES.get(new["entryTypeNumber"], "")
    row["date"] = day(new["date"])
    if new.get("dueDate"):
        row["dueDate"] = day(new["dueDate"])
    for name in _FIELDS_OF_OTHER_KINDS.get(row["entryType"], ()):
        row.pop(name, None)
    return row


def _check(session: Session, journal: Record, row: Record, prefix: str) -> None:
    if not row["entryType"]:
        text = "The entry type is 2, 3, 4, 5 or 10."
        raise refuse("JournalEntryTypeNotCorrect", text, f"{prefix}entryTypeNumber")
    complaints = [*entry_complaints(session, journal, row), *_others(session, row)]
    raise_if_any(
        [Complaint(each.code, each.message, prefix + _SENT.get(each.property, each.property)) for each in complaints]
    )
    year = draft_entries.year_of(session, row["date"])
    assert year is not None
    row["year"] = year["year"]


def _others(session: Session, row: Record) -> Iterator[Complaint]:
    """What only this surface takes."""
    for name in ("vatCode", "contraVatCode"):
        if name in row and session.get("vat-accounts", row[name]) is None:
            yield Complaint(INVALID, f"VAT code {row[name]} does not exist.", name)


def _check_not_booked(session: Session, journal: Record, row: Record, prefix: str) -> None:
    """A number joins the draft entries that have it; what is booked under it in the year is closed. 0 is no number."""
    number, number_of_journal = row["voucher"], journal["journalNumber"]
    if number and not session.store.draft_entries.are_of_voucher(
        session.agreement, number_of_journal, number, row["year"]
    ):
        year = session.get("accounting-years", row["year"]) or {}
        if session.store.entries.are_of_voucher(
            session.agreement, number_of_journal, number, year["fromDate"], year["toDate"]
        ):
            text = f"Voucher {number} is booked already."
            raise refuse("JournalVoucherEntityAlreadyExistsError", text, f"{prefix}voucherNumber")


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    _changed(call, int(row["entryNumber"]), new, "")


def _changed(call: Call, number: int, new: Record, prefix: str) -> None:
    """PUT needs the voucher's number, and the entry stays in its journal."""
    session = call.session
    old = session.store.draft_entries.one(session.agreement, number)
    assert old is not None
    if new["journalNumber"] != old["journal"]:
        text = "An entry stays in its journal."
        raise refuse("JournalNumberCannotBeChangedOnDraftEntry", text, f"{prefix}journalNumber")
    if new.get("voucherNumber") is None:
        raise refuse(INVALID, "The voucherNumber field is required.", f"{prefix}voucherNumber")
    journal = _journal(session, new, prefix)
    row = _row_of_body(new)
    _check(session, journal, row, prefix)
    own: Record = {name: old[name] for name in ("entryNumber", "approved", "madeAt", "accrual") if name in old}
    vat_amounts: Record = {
        name: old[name] for name in ("vatAmount", "contraVatAmount") if name in old and _same_vat(name, old, row)
    }
    draft_entries.store(session, {**own, **vat_amounts, **draft_entries.completed(session, row)})


def _same_vat(name: str, old: Record, new: Record) -> bool:
    """A VAT amount that REST was given stays while what it was given for stays."""
    code = "vatCode" if name == "vatAmount" else "contraVatCode"
    return bool(old["amount"] == new["amount"]) and old.get(code) == new.get(code)


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    call.session.store.draft_entries.delete(call.session.agreement, int(row["entryNumber"]))


def _bulk(call: Call) -> list[Any]:
    """The entries of a bulk as they were sent, checked for their form."""
    body = call.body()
    check(body, ENTRIES)
    assert isinstance(body, dict)
    entries = body.get("entries") or []
    if not entries:
        raise refuse("OneAPIEntriesListCannotBeEmpty", "The list of entries is empty.", "entries")
    if len(entries) > BULK_MAX:
        raise refuse("OneAPITooManyEntries", f"At most {BULK_MAX} entries are taken.", "entries")
    return list(entries)


def _create_bulk(call: Call, _values: list[str]) -> Response:
    """All or nothing: a refusal undoes the whole request."""
    numbers = [_made(call, check(each, DRAFT_ENTRY), f"entries[{at}].") for at, each in enumerate(_bulk(call))]
    return Response(201, JSON, to_json({"entryNumbers": numbers}))


def _update_bulk(call: Call, _values: list[str]) -> Response:
    """All or nothing too."""
    for at, body in enumerate(_bulk(call)):
        row = stored(call.session, str(body.get("entryNumber", "")))
        if row is None:
            raise missing("A draft entry")
        if body.get("objectVersion") != version_of_entry(row):
            raise conflict()
        _changed(call, int(row["entryNumber"]), check(body, DRAFT_ENTRY), f"entries[{at}].")
    return NOTHING


def version_of_entry(row: Record) -> str:
    """The object version that a read of the row answers."""
    body = shown(entry(row), DRAFT_ENTRY)
    del body["objectVersion"]
    return version_of(body)


def _delete_all(call: Call, values: list[str]) -> Response:
    """Every draft entry of the journal goes, whoever made it (economic-api 3.4)."""
    session = call.session
    if session.get("journals", values[0]) is None:
        raise missing("The journal")
    for row in session.store.draft_entries.all(session.agreement, journal=int(values[0])):
        session.store.draft_entries.delete(session.agreement, row["entryNumber"])
    return NOTHING
