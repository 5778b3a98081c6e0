"""Draft entries of finance vouchers on journalsapi: listed, made, replaced and deleted one by one (8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.filters import equal
from lagerbro.economic.journals import JOURNALS, EntryNumbers
from lagerbro.economic.paths import plain_segment
from lagerbro.economic.surfaces import OpenApi
from lagerbro.wire.errors import NotFoundError

FINANCE_VOUCHER: Final = 5
BULK_MAX: Final = 500
"""Entries that one call makes."""
_PATH: Final = f"{JOURNALS}/draft-entries"


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


class FinanceEntryRow(msgspec.Struct, kw_only=True):
    """A draft entry of a finance voucher as it stands in whatever journal."""

    entryNumber: int
    journalNumber: int
    date: str
    amount: Decimal
    currency: str
    voucherNumber: int = 0
    accountNumber: int | None = None
    contraAccountNumber: int | None = None
    vatCode: str | None = None
    contraVatCode: str | None = None
    text: str | None = None
    objectVersion: str | None = None


class EntryNumber(msgspec.Struct):
    entryNumber: int


@dataclass(frozen=True, slots=True)
class FinanceEntries:
    """Those of one agreement."""

    api: OpenApi

    def all(self) -> Iterator[FinanceEntryRow]:
        """Of every journal, whoever made them; a call for every 1000."""
        return self.api.all(_PATH, FinanceEntryRow, {"filter": equal("entryTypeNumber", FINANCE_VOUCHER)})

    def one(self, number: int) -> FinanceEntryRow | None:
        """None when it is booked or gone."""
        try:
            return self.api.get(f"{_PATH}/{plain_segment(number)}", FinanceEntryRow)
        except NotFoundError:
            return None

    def create(self, entry: NewFinanceEntry, key: str) -> EntryNumber:
        return self.api.write_and_read("POST", _PATH, entry, key, EntryNumber)

    def create_all(self, entries: NewFinanceEntries, key: str) -> EntryNumbers:
        """All or none; their numbers in the order of the entries."""
        return self.api.write_and_read("POST", f"{_PATH}/bulk", entries, key, EntryNumbers)

    def replace(self, entry: NewFinanceEntry, key: str) -> None:
        """Raises `ConflictError` when somebody has changed it since it was read."""
        self.api.write("PUT", _PATH, entry, key)

    def delete(self, number: int, key: str) -> None:
        self.api.write("DELETE", f"{_PATH}/{plain_segment(number)}", None, key)
