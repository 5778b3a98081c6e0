"""Draft and booked invoices on the REST surface (economic-api 7): made, found again, booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lagerbro.economic.filters import contains
from lagerbro.economic.invoice_types import BookedNumber, Booking, Invoice, NewDraft, StandingDraft
from lagerbro.economic.paths import segment
from lagerbro.economic.surfaces import Rest
from lagerbro.wire.errors import NotFoundError, UnreadableAnswerError


@dataclass(frozen=True, slots=True)
class WholeDraft:
    """A draft as far as we know its fields, and the whole record, to be compared with what was sent."""

    invoice: Invoice
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Invoices:
    """Invoices of one agreement."""

    rest: Rest

    def create_draft(self, draft: NewDraft, key: str) -> Invoice:
        """Raises `UnreadableAnswerError` for an answer without a number: what was made must be looked up."""
        made = self.rest.write_and_read("POST", "/invoices/drafts", draft, key, Invoice)
        if made.draftInvoiceNumber is None:
            raise UnreadableAnswerError("e-conomic made a draft and told no number", outcome_unknown=True)
        return made

    def draft(self, number: int) -> Invoice | None:
        """The draft of that number, whoever made it; None when there is none."""
        return self._one(f"/invoices/drafts/{segment(number)}")

    def whole_draft(self, number: int) -> WholeDraft | None:
        """The same with every field."""
        record = self._record(f"/invoices/drafts/{segment(number)}")
        if record is None:
            return None
        (invoice,) = self.rest.items([record], Invoice)
        return WholeDraft(invoice, record)

    def delete_draft(self, number: int, key: str) -> None:
        """Numbers of deleted drafts are given again (economic-api 16.4): whoever deletes has read whose it is."""
        self.rest.write("DELETE", f"/invoices/drafts/{segment(number)}", None, key)

    def booked(self, number: int) -> Invoice | None:
        return self._one(f"/invoices/booked/{segment(number)}")

    def booked_record(self, number: int) -> Mapping[str, Any] | None:
        """The same with every field."""
        return self._record(f"/invoices/booked/{segment(number)}")

    def last_booked_number(self) -> int | None:
        """The highest number that an invoice was booked under; None before the first."""
        latest = self.rest.first("/invoices/booked", BookedNumber, {"sort": "-bookedInvoiceNumber"})
        return latest.bookedInvoiceNumber if latest else None

    def marked(self, state: str, mark: str) -> list[Invoice]:
        """Invoices in `drafts` or `booked` whose other reference holds `mark`, whosever they are; each has its number.

        Raises `UnreadableAnswerError` where one has none: it may be ours, and is not to be taken for nothing.
        """
        clause = contains("references.other", mark)
        invoices = list(self.rest.all(f"/invoices/{segment(state)}", Invoice, {"filter": clause}))
        if any(one.draftInvoiceNumber is None and one.bookedInvoiceNumber is None for one in invoices):
            raise UnreadableAnswerError("e-conomic listed an invoice without its number")
        return invoices

    def drafts_marked(self, mark: str) -> list[StandingDraft]:
        """Every draft whose other reference holds `mark`, whosever it is."""
        return list(self.rest.all("/invoices/drafts", StandingDraft, {"filter": contains("references.other", mark)}))

    def book(self, booking: Booking, key: str) -> Invoice:
        """Book a draft: with a wanted number by PUT, which cannot book twice; else by POST (economic-api 7.2)."""
        body: dict[str, Any] = {"draftInvoice": booking.draftInvoice}
        if booking.number is None:
            return self.rest.write_and_read("POST", "/invoices/booked", body, key, Invoice)
        return self.rest.write_and_read("PUT", f"/invoices/booked/{segment(booking.number)}", body, key, Invoice)

    def _record(self, path: str) -> Mapping[str, Any] | None:
        try:
            return self.rest.raw(path)
        except NotFoundError:
            return None

    def _one(self, path: str) -> Invoice | None:
        try:
            return self.rest.get(path, Invoice)
        except NotFoundError:
            return None
