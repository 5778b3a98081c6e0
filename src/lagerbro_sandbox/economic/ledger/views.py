"""How accounts, years, periods and booked entries look in answers, with what they come to (economic-api 6.7, 6.8)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from lagerbro_sandbox.economic.ledger.entry_rows import StoredEntries
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.links import escaped
from lagerbro_sandbox.kernel.records import Record


def account(session: Session, body: Record) -> Record:
    """The account with its balance, the sum of its entries, and its draft balance: what it comes to with the drafts."""
    number = body["accountNumber"]
    balance = session.store.entries.balance(session.agreement, number)
    draft = balance + session.store.draft_entries.balance(session.agreement, number)
    return {**body, "balance": balance, "draftBalance": draft}


def year(session: Session, key: str) -> Record:
    accounting_year = session.get("accounting-years", key)
    if accounting_year is None:
        raise not_found()
    return accounting_year


def shown_year(body: Record) -> Record:
    return {name: value for name, value in body.items() if name not in ("closedPeriods", "barredPeriods")}


def periods(body: Record) -> list[Record]:
    """The months of the year."""
    return [
        {
            "periodNumber": index + 1,
            "accountingYear": {"year": body["year"]},
            "fromDate": str(first),
            "toDate": str(last),
            "closed": bool(body.get("closed")) or f"{first:%Y-%m}" in body.get("closedPeriods", []),
            "self": f"/accounting-years/{escaped(body['year'])}/periods/{index + 1}",
        }
        for index, (first, last) in enumerate(_months(body))
    ]


def period(body: Record, number: str) -> Record:
    accounting_period = next((row for row in periods(body) if str(row["periodNumber"]) == number), None)
    if accounting_period is None:
        raise not_found()
    return accounting_period


def _months(body: Record) -> Iterator[tuple[date, date]]:
    first, end = date.fromisoformat(body["fromDate"]), date.fromisoformat(body["toDate"])
    while first <= end:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        yield first, last
        first = date(last.year + last.month // 12, last.month % 12 + 1, 1)


def entries(session: Session, span: Record, number: int | None = None) -> StoredEntries:
    """The booked entries in a year or period, of one account or all."""
    years = session.all("accounting-years")

    def shown(entry: Entry) -> Record:
        return shown_entry(entry, _year_of(years, entry.date))

    return StoredEntries(session, span["fromDate"], span["toDate"], shown, number)


def entry(session: Session, span: Record, number: str) -> Record:
    """One booked entry of the year."""
    booked_entry = session.store.entries.one(session.agreement, int(number)) if _is_number(number) else None
    if booked_entry is None or not span["fromDate"] <= booked_entry.date <= span["toDate"]:
        raise not_found()
    return shown_entry(booked_entry, str(span["year"]))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _year_of(years: list[Record], day: str) -> str:
    """The key of the year that the day is in: it need not be the calendar's (economic-api 6.8)."""
    return next(str(row["year"]) for row in years if row["fromDate"] <= day <= row["toDate"])


def shown_entry(entry: Entry, year: str) -> Record:
    body: Record = {
        "entryNumber": entry.number,
        "account": {"accountNumber": entry.account},
        "amount": entry.amount,
        "amountInBaseCurrency": entry.base_amount,
        "currency": entry.currency,
        "date": entry.date,
        "text": entry.text,
        "entryType": entry.kind,
        "voucherNumber": entry.voucher,
        "self": f"/accounting-years/{escaped(year)}/entries/{entry.number}",
    }
    return {**body, **{name: value for name, value in _optional(entry) if value is not None}}


def _optional(entry: Entry) -> Iterator[tuple[str, object]]:
    yield "vatAccount", {"vatCode": entry.vat_code} if entry.vat_code else None
    yield "customer", None if entry.customer is None else {"customerNumber": entry.customer}
    yield "supplier", None if entry.supplier is None else {"supplierNumber": entry.supplier}
    yield "invoiceNumber", None if entry.invoice is None else str(entry.invoice)
    yield "bookedInvoice", {"bookedInvoiceNumber": entry.invoice} if entry.kind == "customerInvoice" else None
    yield "supplierInvoiceNumber", entry.supplier_invoice
    yield "dueDate", entry.due
    yield "remainder", entry.remainder
    yield "remainderInBaseCurrency", entry.base_remainder
