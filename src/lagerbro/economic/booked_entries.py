"""Booked entries of all accounting years, as bookedEntriesapi lists them (economic-api 6.8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.filters import both, equal
from lagerbro.economic.surfaces import OpenApi

ENTRIES: Final = "/bookedEntriesapi/v4.0.0/booked-entries"
SUPPLIER_INVOICE: Final = 3


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


@dataclass(frozen=True, slots=True)
class BookedEntries:
    """The ledger of one agreement."""

    api: OpenApi

    def of_supplier_invoice(self, supplier: int, number: str) -> list[BookedEntry]:
        """What is booked of the supplier's invoices under this number of theirs, in any year."""
        clause = both(equal("supplierNumber", supplier), equal("supplierInvoiceNumber", number))
        found = self.api.all(ENTRIES, BookedEntry, {"filter": clause})
        return [entry for entry in found if entry.type == SUPPLIER_INVOICE]
