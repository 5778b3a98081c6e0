"""Booked entries of all accounting years, as bookedEntriesapi lists them (economic-api 6.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.filters import at_least, at_most, both, either, equal, one_of
from lagerbro.economic.surfaces import OpenApi

ENTRIES: Final = "/bookedEntriesapi/v4.0.0/booked-entries"
CUSTOMER_INVOICE: Final = 1
SUPPLIER_INVOICE: Final = 3
ABOUT_A_DAY: Final = timedelta(days=31)
"""So far from an invoice's own day somebody may have dated it; a page holds more than a supplier has in two months."""
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


class VoucherEntry(msgspec.Struct, kw_only=True):
    """A line of a voucher as it was booked: debit positive, in the base currency."""

    entryNumber: int
    accountNumber: int
    amountInBaseCurrency: Decimal
    type: int = 0
    vatAccountNumber: str | None = None


@dataclass(frozen=True, slots=True)
class BookedEntries:
    """The ledger of one agreement."""

    api: OpenApi

    def of_supplier_invoice(self, supplier: int, spellings: Sequence[str], day: str) -> list[BookedEntry]:
        """What is booked of the supplier's invoices under one of these spellings of a number of theirs in any year, or
        about the day under whatever number: a number's field can be asked for in no other spelling than its own, and
        whoever wrote it otherwise wrote about the same day."""
        field = "supplierInvoiceNumber"
        is_spelt_so = equal(field, spellings[0]) if len(spellings) == 1 else one_of(field, spellings)
        clause = both(equal("supplierNumber", supplier), either(is_spelt_so, _about(day)))
        entries = self.api.all(ENTRIES, BookedEntry, {"filter": clause})
        return [entry for entry in entries if entry.type == SUPPLIER_INVOICE]

    def of_supplier_on(self, supplier: int, day: str) -> list[BookedEntry]:
        """What is booked of the supplier's invoices on the day, under whatever number of theirs."""
        clause = both(equal("supplierNumber", supplier), equal("date", day))
        return [
            entry for entry in self.api.all(ENTRIES, BookedEntry, {"filter": clause}) if entry.type == SUPPLIER_INVOICE
        ]

    def of_sales_voucher(self, number: int) -> list[VoucherEntry]:
        """What was booked of the invoice of that number: its voucher has the same (economic-api 6), and vouchers of
        journals, which may have it too, are of other types."""
        entries = self.api.all(ENTRIES, VoucherEntry, {"filter": equal("voucherNumber", number)})
        return [entry for entry in entries if entry.type == CUSTOMER_INVOICE]

    def of_account(self, account: int, until: date) -> Iterator[AccountEntry]:
        """Every entry on the account that is dated `until` or before; a call for every 1000."""
        clause = both(equal("accountNumber", account), at_most("date", str(until)))
        return self.api.all(ENTRIES, AccountEntry, {"filter": clause})


def _about(day: str) -> str:
    middle = date.fromisoformat(day)
    return both(at_least("date", str(middle - ABOUT_A_DAY)), at_most("date", str(middle + ABOUT_A_DAY)))
