"""Invoices as e-conomic's REST surface writes and reads them (economic-api 7). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from lagerbro.money import InexactAmountError, rounded
from lagerbro.wire.unreadable import UnfitValueError
from lagerbro.wire.values import amount


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


class DistributionRef(msgspec.Struct):
    departmentalDistributionNumber: int


class UnitRef(msgspec.Struct):
    unitNumber: int


class ContactRef(msgspec.Struct):
    customerContactNumber: int


class EmployeeRef(msgspec.Struct):
    employeeNumber: int


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
    attention: ContactRef | None = None


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
    """`other` bears our mark. `customerContact` is *Deres reference*, the two employees *Vores reference*."""

    other: str = ""
    customerContact: ContactRef | None = None
    salesPerson: EmployeeRef | None = None
    vendorReference: EmployeeRef | None = None


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
    departmentalDistribution: DistributionRef | None = None


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


class InvoicedLine(msgspec.Struct, omit_defaults=True):
    """A line as it is read: what it comes to without VAT. A text line comes to nothing."""

    totalNetAmount: Decimal | None = None


class Invoice(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A draft or a booked invoice as it is read, as far as telling whose it is and what it comes to.

    Items of a collection come without their `lines`.
    """

    customer: CustomerRef
    currency: str
    netAmount: Decimal
    vatAmount: Decimal
    grossAmount: Decimal
    references: References = msgspec.field(default_factory=References)
    draftInvoiceNumber: int | None = None
    bookedInvoiceNumber: int | None = None
    dueDate: str = ""
    lines: list[InvoicedLine] = []


class BookedNumber(msgspec.Struct):
    """A booked invoice in a list, by its number alone."""

    bookedInvoiceNumber: int


class DraftRef(msgspec.Struct):
    draftInvoiceNumber: int


class Booking(msgspec.Struct, omit_defaults=True):
    """`number` is wanted for the booked invoice: it goes into the address, which makes the call repeatable."""

    draftInvoice: DraftRef
    number: int | None = None


class StandingDraft(msgspec.Struct):
    """As much of a draft as tells whether it is still there. Anybody's may be listed, so nothing in it is demanded."""

    draftInvoiceNumber: Any = None
    references: Any = None
    grossAmount: Any = None

    @property
    def other(self) -> str:
        reference = self.references.get("other") if isinstance(self.references, dict) else None
        return reference if isinstance(reference, str) else ""

    @property
    def gross(self) -> Decimal | None:
        """What it comes to with VAT; None where it does not say so in a way that can be compared."""
        try:
            return rounded(amount(self.grossAmount))
        except (UnfitValueError, InexactAmountError):
            return None
