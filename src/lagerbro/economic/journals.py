"""What only the OpenAPI services do with journals: read draft entries, change them and book them (economic-api 8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from lagerbro.economic.filters import both, equal, one_of
from lagerbro.economic.paths import plain_segment
from lagerbro.economic.surfaces import OpenApi
from lagerbro.wire.errors import NotFoundError

JOURNALS: Final = "/journalsapi/v15.0.0"
DRAFT_ENTRIES: Final = f"{JOURNALS}/draft-entries"
SUPPLIER_INVOICE: Final = 3
"""The entry's type (economic-api 8.4)."""


class DraftEntryRow(msgspec.Struct, kw_only=True):
    """A draft entry as it stands in whatever journal, whoever made it."""

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
    supplierNumber: int | None = None
    supplierInvoiceNumber: str | None = None
    text: str | None = None
    objectVersion: str | None = None


class EntryNumbers(msgspec.Struct):
    entryNumbers: list[int]


@dataclass(frozen=True, slots=True)
class DraftEntries:
    """The draft entries of every journal of one agreement, for whoever reads them."""

    api: OpenApi

    def one(self, number: int) -> DraftEntryRow | None:
        """None when it is booked or gone."""
        try:
            return self.api.get(f"{DRAFT_ENTRIES}/{plain_segment(number)}", DraftEntryRow)
        except NotFoundError:
            return None

    def filtered(self, clause: str) -> Iterator[DraftEntryRow]:
        """A call for every 1000."""
        return self.api.all(DRAFT_ENTRIES, DraftEntryRow, {"filter": clause})


@dataclass(frozen=True, slots=True)
class Journals:
    """Journals of one agreement."""

    api: OpenApi

    def entry(self, number: int) -> DraftEntryRow | None:
        """The draft entry of that number; None when it is booked or gone."""
        return DraftEntries(self.api).one(number)

    def of_supplier(self, supplier: int) -> list[DraftEntryRow]:
        """The supplier's invoices that stand in any journal, whoever made them."""
        clause = both(equal("supplierNumber", supplier), equal("entryTypeNumber", SUPPLIER_INVOICE))
        return list(DraftEntries(self.api).filtered(clause))

    def standing(self, journal: int, vouchers: Sequence[int]) -> set[int]:
        """Which of the voucher numbers, at most 200, have draft entries in the journal."""
        clause = both(equal("journalNumber", journal), one_of("voucherNumber", vouchers))
        return {row.voucherNumber for row in DraftEntries(self.api).filtered(clause)}

    def whole_entry(self, number: int) -> dict[str, Any] | None:
        """The draft entry with every field, for whoever changes it; None when it is booked or gone."""
        try:
            return self.api.raw(f"{DRAFT_ENTRIES}/{plain_segment(number)}")
        except NotFoundError:
            return None

    def change(self, entries: Sequence[Mapping[str, Any]], key: str) -> None:
        """Write these draft entries, all or none. Each bears the `objectVersion` that it was read with; raises
        `ConflictError` where somebody has changed one since."""
        self.api.write("PUT", f"{DRAFT_ENTRIES}/bulk", {"entries": list(entries)}, key)

    def book(self, journal: int, entries: Sequence[int], key: str) -> EntryNumbers:
        """Book exactly these: the other ways book other people's entries too (economic-api 16.13).

        204 tells no numbers; the booked entries are found by the voucher or by their text.
        """
        body = EntryNumbers(list(entries))
        self.api.write("POST", f"{JOURNALS}/journals/{plain_segment(journal)}/bookdraftentries", body, key)
        return body
