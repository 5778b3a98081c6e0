"""Booked entries of all accounting years, as bookedEntriesapi lists them (economic-api 6.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.filters import at_most, both, equal, one_of
from lagerbro.economic.surfaces import OpenApi

ENTRIES: Final = "/bookedEntriesapi/v4.0.0/booked-entries"
SUPPLIER_INVOICE: Final = 3
OPENING, TRANSFERRED_OPENING = 7, 8
"""The types of entries that begin a year: typed by hand, and carried over from the year before."""


class BookedEntry(msgspec.Struct, kw_only=True):
    """An entry of the ledger, debit positive. `date` begins with the day."""

    entryNumber: int
    amount: Decimal
    date: str = ""
    text: str | None = None
    type: int = 0
    voucherNumber: int = 0
    supplierNumber: int | None = None
    supplierInvoiceNumber: str | None = None


class AccountEntry(msgspec.Struct, kw_only=True):
    """What an entry of the ledger does to its account: debit positive, in the base currency."""

    entryNumber: int
    amountInBaseCurrency: Decimal
    date: str
    type: int
    text: str | None = None
    voucherNumber: int = 0

    @property
    def is_opening(self) -> bool:
        return self.type in (OPENING, TRANSFERRED_OPENING)


@dataclass(frozen=True, slots=True)
class BookedEntries:
    """The ledger of one agreement."""

    api: OpenApi

    def of_supplier_invoice(self, supplier: int, number: str, *spellings: str) -> list[BookedEntry]:
        """What is booked of the supplier's invoices under this number of theirs, or another spelling, in any year."""
        numbers = list(dict.fromkeys((number, *spellings)))
        field = "supplierInvoiceNumber"
        is_it = equal(field, number) if len(numbers) == 1 else one_of(field, numbers)
        clause = both(equal("supplierNumber", supplier), is_it)
        entries = self.api.all(ENTRIES, BookedEntry, {"filter": clause})
        return [entry for entry in entries if entry.type == SUPPLIER_INVOICE]

    def of_supplier_on(self, supplier: int, day: str) -> list[BookedEntry]:
        """What is booked of the supplier's invoices on the day, under whatever number of theirs."""
        clause = both(equal("supplierNumber", supplier), equal("date", day))
        return [
            entry for entry in self.api.all(ENTRIES, BookedEntry, {"filter": clause}) if entry.type == SUPPLIER_INVOICE
        ]

    def of_account(self, account: int, until: date) -> Iterator[AccountEntry]:
        """Every entry on the account that is dated `until` or before; a call for every 1000."""
        clause = both(equal("accountNumber", account), at_most("date", str(until)))
        return self.api.all(ENTRIES, AccountEntry, {"filter": clause})
