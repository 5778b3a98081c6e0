"""Draft and booked invoices on the REST surface (economic-api 7): made, found again, booked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from lagerbro.economic.filters import both, contains, equal
from lagerbro.economic.paths import segment
from lagerbro.economic.surfaces import Rest
from lagerbro.wire.errors import NotFoundError


class CustomerRef(msgspec.Struct):
    customerNumber: int


class LayoutRef(msgspec.Struct):
    layoutNumber: int


class PaymentTermsRef(msgspec.Struct):
    paymentTermsNumber: int


class VatZoneRef(msgspec.Struct):
    vatZoneNumber: int


class ProductRef(msgspec.Struct):
    productNumber: str


class UnitRef(msgspec.Struct):
    unitNumber: int


class Recipient(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Whom the invoice is to, copied onto it: e-conomic takes nothing from the customer by itself."""

    name: str
    vatZone: VatZoneRef
    address: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    ean: str = ""
    nemHandelType: str = ""


class Delivery(msgspec.Struct, omit_defaults=True):
    address: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    deliveryDate: str = ""


class Notes(msgspec.Struct, omit_defaults=True):
    heading: str = ""
    textLine1: str = ""


class References(msgspec.Struct, omit_defaults=True):
    other: str = ""


class DraftLine(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A line as it is sent. Without a product it is a text line and carries no amount."""

    lineNumber: int
    description: str
    product: ProductRef | None = None
    quantity: Decimal | None = None
    unitNetPrice: Decimal | None = None
    discountPercentage: Decimal | None = None
    unitCostPrice: Decimal | None = None
    unit: UnitRef | None = None


class NewDraft(msgspec.Struct, omit_defaults=True, kw_only=True):
    """The body of `POST /invoices/drafts`: everything is sent, as the server fills in nothing (economic-api 16.5)."""

    date: str
    currency: str
    customer: CustomerRef
    recipient: Recipient
    layout: LayoutRef
    paymentTerms: PaymentTermsRef
    references: References
    lines: list[DraftLine]
    exchangeRate: Decimal | None = None
    dueDate: str = ""
    delivery: Delivery | None = None
    notes: Notes | None = None


class Invoice(msgspec.Struct, kw_only=True):
    """A draft or a booked invoice as it is read, as far as telling whose it is and what it comes to."""

    customer: CustomerRef
    currency: str
    date: str = ""
    netAmount: Decimal
    vatAmount: Decimal
    grossAmount: Decimal
    references: References = msgspec.field(default_factory=References)
    draftInvoiceNumber: int | None = None
    bookedInvoiceNumber: int | None = None


class DraftRef(msgspec.Struct):
    draftInvoiceNumber: int


class Booking(msgspec.Struct, omit_defaults=True):
    """`number` is wanted for the booked invoice: it goes into the address, which makes the call repeatable."""

    draftInvoice: DraftRef
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Invoices:
    """Invoices of one agreement."""

    rest: Rest

    def create_draft(self, draft: NewDraft, key: str) -> Invoice:
        return self.rest.made("POST", "/invoices/drafts", draft, key, Invoice)

    def draft(self, number: int) -> Invoice | None:
        """The draft of that number, whoever made it; None when there is none."""
        return self._one(f"/invoices/drafts/{segment(number)}")

    def booked(self, number: int) -> Invoice | None:
        return self._one(f"/invoices/booked/{segment(number)}")

    def marked(self, state: str, mark: str, customer: int) -> list[Invoice]:
        """Invoices in `drafts` or `booked` of the customer whose other reference holds `mark`."""
        clause = both(contains("references.other", mark), equal("customer.customerNumber", customer))
        return list(self.rest.all(f"/invoices/{segment(state)}", Invoice, {"filter": clause}))

    def book(self, booking: Booking, key: str) -> Invoice:
        """Book a draft: with a wanted number by PUT, which cannot book twice; else by POST (economic-api 7.2)."""
        body: dict[str, Any] = {"draftInvoice": booking.draftInvoice}
        if booking.number is None:
            return self.rest.made("POST", "/invoices/booked", body, key, Invoice)
        return self.rest.made("PUT", f"/invoices/booked/{segment(booking.number)}", body, key, Invoice)

    def _one(self, path: str) -> Invoice | None:
        try:
            return self.rest.get(path, Invoice)
        except NotFoundError:
            return None
