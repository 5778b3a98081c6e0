"""bookedEntriesapi: booked entries across all years, matching, matched pairs (economic-api 6.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.journals.draft_rules import date_complaints
from lagerbro_sandbox.economic.journals.entry_kinds import BOOKED_NUMBERS
from lagerbro_sandbox.economic.ledger.entry_rows import StoredEntries
from lagerbro_sandbox.economic.ledger.open_items import can_match, match
from lagerbro_sandbox.economic.services.calls import NOTHING, Call
from lagerbro_sandbox.economic.services.lists import Listing
from lagerbro_sandbox.economic.services.problems import refuse
from lagerbro_sandbox.economic.services.properties import Property, Shape, as_moment, check
from lagerbro_sandbox.economic.services.resources import ServiceRouter
from lagerbro_sandbox.economic.services.shapes.bookedentries import BOOKED_ENTRY, MATCHED_PAIR
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

IDS: Final[Shape] = {"entryIds": Property("array", required=True)}
CODE: Final = "ENTRYMATCHING_ERROR_"
MONEY_ENTRIES_MAX: Final = 500
DAYS: Final = ("0001-01-01", "9999-12-31")


def add_to(router: ServiceRouter) -> None:
    entries = Listing(BOOKED_ENTRY, lambda row: row["entryNumber"], _rows, "booked-entries")
    router.add("GET", "/booked-entries", entries.by_cursor)
    router.add("GET", "/booked-entries/paged", entries.by_page)
    router.add("GET", "/booked-entries/count", entries.count)
    router.add("POST", "/booked-entries/match", _match)
    pairs = Listing(MATCHED_PAIR, lambda row: f"{row['fromEntry']}-{row['toEntry']}", _pairs, "matched-pairs")
    router.add("GET", "/booked-entries/matched-pairs", pairs.by_cursor)


def _rows(call: Call, _values: list[str]) -> StoredEntries:
    return StoredEntries(call.session, *DAYS, shown)


def shown(entry: Entry) -> Record:
    """The entry as this surface tells it."""
    return {
        "entryNumber": entry.number,
        "accountNumber": entry.account,
        "amount": entry.amount,
        "amountInBaseCurrency": entry.base_amount,
        "currencyCode": entry.currency,
        "date": as_moment(entry.date),
        "dueDate": as_moment(entry.due) if entry.due else None,
        "text": entry.text,
        "type": BOOKED_NUMBERS[entry.kind],
        "vatAccountNumber": entry.vat_code,
        "voucherNumber": entry.voucher,
        "customerNumber": entry.customer,
        "customerInvoiceNumber": entry.invoice,
        "supplierNumber": entry.supplier,
        "supplierInvoiceNumber": entry.supplier_invoice,
        "remainder": entry.remainder,
    }


def _match(call: Call, _values: list[str]) -> Response:
    """Pair what pays with what is paid, oldest first, until nothing fits."""
    session = call.session
    entries = _entries_named(session, check(call.body(), IDS)["entryIds"])
    _check(session, entries)
    matched = 0
    for first in entries:
        for second in entries:
            fresh = [_refreshed(session, entry) for entry in (first, second)]
            if can_match(*fresh):
                match(session, fresh[0], fresh[1], max(entry.date for entry in fresh))
                matched += 1
    if not matched:
        raise refuse(f"{CODE}NO_MATCHES", "None of the entries fits another one.", "entryIds")
    return NOTHING


def _refreshed(session: Session, entry: Entry) -> Entry:
    present = session.store.entries.one(session.agreement, entry.number)
    assert present is not None
    return present


def _entries_named(session: Session, numbers: list[object]) -> list[Entry]:
    if not numbers or len(numbers) > MONEY_ENTRIES_MAX:
        raise refuse(f"{CODE}SELECTATLEASTONEENTRY", f"Name 1 to {MONEY_ENTRIES_MAX} entries.", "entryIds")
    listed = [session.store.entries.one(session.agreement, n) for n in numbers if isinstance(n, int)]
    entries = [entry for entry in listed if entry is not None]
    if len(entries) != len(numbers):
        raise refuse(f"{CODE}ENTRIESNOTFOUND", "Not all of the entries exist.", "entryIds")
    return sorted(entries, key=lambda entry: entry.number)


def _check(session: Session, entries: list[Entry]) -> None:
    open_items = [entry for entry in entries if entry.remainder is not None]
    if len(open_items) != len(entries):
        text = "Only entries of customers or suppliers are matched."
        raise refuse(f"{CODE}NO_CUSTOMER_OR_SUPPLIER_ENTRIES", text, "entryIds")
    if len({entry.customer is None for entry in entries}) > 1:
        raise refuse(f"{CODE}SUPPLIER_CUSTOMER_MIXED", "Customers and suppliers are mixed.", "entryIds")
    party = "SUPPLIERS" if entries[0].customer is None else "CUSTOMERS"
    for entry in entries:
        for complaint in date_complaints(session, entry.date):
            if complaint.code.endswith("YearClosed"):
                raise refuse(f"{CODE}CLOSED_ACCOUNTING_YEAR", complaint.message, "entryIds")
            raise refuse(f"{CODE}BARREDPERIODS_{party}", complaint.message, "entryIds")


def _pairs(call: Call, _values: list[str]) -> Iterator[Record]:
    for first, second in call.session.store.entries.matches(call.session.agreement):
        yield {
            "fromEntry": first.number,
            "fromEntryDate": as_moment(first.date),
            "fromEntryAmount": first.amount,
            "fromEntryAmountDKK": first.base_amount,
            "toEntry": second.number,
            "toEntryDate": as_moment(second.date),
            "toEntryAmount": second.amount,
            "toEntryAmountDKK": second.base_amount,
        }
