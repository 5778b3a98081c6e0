"""Draft entries of finance vouchers on journalsapi: listed, made, replaced and deleted one by one (8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.filters import equal
from lagerbro.economic.journals import DRAFT_ENTRIES, DraftEntries, DraftEntryRow, EntryNumbers
from lagerbro.economic.paths import plain_segment
from lagerbro.economic.surfaces import OpenApi

FINANCE_VOUCHER: Final = 5
BULK_MAX: Final = 500
"""Entries that one call makes."""


class NewFinanceEntry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A finance entry as this surface takes it: debit positive, seen from `accountNumber`. Without VAT codes on either
    side. A PUT names the entry, its voucher's number, and the version that was read (economic-api 3.3)."""

    entryTypeNumber: int
    journalNumber: int
    date: str
    amount: Decimal
    currency: str
    accountNumber: int
    contraAccountNumber: int
    text: str
    entryNumber: int | None = None
    voucherNumber: int | None = None
    objectVersion: str | None = None


class NewFinanceEntries(msgspec.Struct):
    """Several, made together or not at all (8.4)."""

    entries: list[NewFinanceEntry]


class EntryNumber(msgspec.Struct):
    entryNumber: int


@dataclass(frozen=True, slots=True)
class FinanceEntries:
    """Those of one agreement."""

    api: OpenApi

    def all(self) -> Iterator[DraftEntryRow]:
        """Of every journal, whoever made them; a call for every 1000."""
        return DraftEntries(self.api).filtered(equal("entryTypeNumber", FINANCE_VOUCHER))

    def one(self, number: int) -> DraftEntryRow | None:
        """None when it is booked or gone."""
        return DraftEntries(self.api).one(number)

    def create(self, entry: NewFinanceEntry, key: str) -> EntryNumber:
        return self.api.write_and_read("POST", DRAFT_ENTRIES, entry, key, EntryNumber)

    def create_all(self, entries: NewFinanceEntries, key: str) -> EntryNumbers:
        """All or none; their numbers in the order of the entries."""
        return self.api.write_and_read("POST", f"{DRAFT_ENTRIES}/bulk", entries, key, EntryNumbers)

    def replace(self, entry: NewFinanceEntry, key: str) -> None:
        """Raises `ConflictError` when somebody has changed it since it was read."""
        self.api.write("PUT", DRAFT_ENTRIES, entry, key)

    def delete(self, number: int, key: str) -> None:
        self.api.write("DELETE", f"{DRAFT_ENTRIES}/{plain_segment(number)}", None, key)
