"""What only the OpenAPI services do with journals: read a draft entry by its number, and book (economic-api 8.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from lagerbro.economic.filters import both, equal
from lagerbro.economic.paths import plain_segment
from lagerbro.economic.surfaces import OpenApi
from lagerbro.wire.errors import NotFoundError

JOURNALS: Final = "/journalsapi/v15.0.0"
SUPPLIER_INVOICE: Final = 3
"""The entry's type (economic-api 8.4)."""


class ServiceDraftEntry(msgspec.Struct, kw_only=True):
    """A draft entry as journalsapi tells it, as far as telling whose it is."""

    entryNumber: int
    journalNumber: int
    amount: Decimal
    text: str | None = None
    voucherNumber: int | None = None
    objectVersion: str | None = None
    date: str = ""
    supplierNumber: int | None = None
    supplierInvoiceNumber: str | None = None


class EntryNumbers(msgspec.Struct):
    entryNumbers: list[int]


@dataclass(frozen=True, slots=True)
class Journals:
    """Journals of one agreement."""

    api: OpenApi

    def entry(self, number: int) -> ServiceDraftEntry | None:
        """The draft entry of that number, whoever made it; None when it is booked or gone."""
        try:
            return self.api.get(f"{JOURNALS}/draft-entries/{plain_segment(number)}", ServiceDraftEntry)
        except NotFoundError:
            return None

    def of_supplier(self, supplier: int) -> list[ServiceDraftEntry]:
        """The supplier's invoices that stand in any journal, whoever made them."""
        clause = both(equal("supplierNumber", supplier), equal("entryTypeNumber", SUPPLIER_INVOICE))
        return list(self.api.all(f"{JOURNALS}/draft-entries", ServiceDraftEntry, {"filter": clause}))

    def whole_entry(self, number: int) -> dict[str, Any] | None:
        """The draft entry with every field, for whoever changes it; None when it is booked or gone."""
        try:
            return self.api.raw(f"{JOURNALS}/draft-entries/{plain_segment(number)}")
        except NotFoundError:
            return None

    def change(self, entries: Sequence[Mapping[str, Any]], key: str) -> None:
        """Write these draft entries, all or none. Each bears the `objectVersion` that it was read with; raises
        `ConflictError` where somebody has changed one since."""
        self.api.write("PUT", f"{JOURNALS}/draft-entries/bulk", {"entries": list(entries)}, key)

    def book(self, journal: int, entries: Sequence[int], key: str) -> EntryNumbers:
        """Book exactly these: the other ways book other people's entries too (economic-api 16.13).

        204 tells no numbers; the booked entries are found by the voucher or by their text.
        """
        body = EntryNumbers(list(entries))
        self.api.write("POST", f"{JOURNALS}/journals/{plain_segment(journal)}/bookdraftentries", body, key)
        return body
