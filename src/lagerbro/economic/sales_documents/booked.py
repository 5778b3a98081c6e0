"""Booked invoices, read whole and listed by their numbers (economic-api 7.2, 7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lagerbro.economic.filters import at_least
from lagerbro.economic.paths import segment
from lagerbro.economic.sales_documents.types import BookedDocument, ListedInvoice
from lagerbro.economic.surfaces import Rest
from lagerbro.wire.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class BookedInvoices:
    """Booked invoices of one agreement, whoever made them."""

    rest: Rest

    def after(self, number: int) -> list[ListedInvoice]:
        """Those booked under a higher number; one call where there are none."""
        query = {"filter": at_least("bookedInvoiceNumber", number + 1), "sort": "bookedInvoiceNumber"}
        return list(self.rest.all("/invoices/booked", ListedInvoice, query))

    def dated_from(self, day: date) -> list[ListedInvoice]:
        """Those with an invoice date of that day or later."""
        query = {"filter": at_least("date", day.isoformat()), "sort": "bookedInvoiceNumber"}
        return list(self.rest.all("/invoices/booked", ListedInvoice, query))

    def whole(self, number: int | str) -> BookedDocument | None:
        try:
            return self.rest.get(f"/invoices/booked/{segment(number)}", BookedDocument)
        except NotFoundError:
            return None
