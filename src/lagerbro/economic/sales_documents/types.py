"""Orders and booked invoices as they are read whole (economic-api 7.2, 7.5). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from lagerbro.economic.invoice_types import CustomerRef, ProductRef, VatZoneRef
from lagerbro.wire.constraints import Day


class DocumentRecipient(msgspec.Struct, kw_only=True):
    """Whom the document is to, as it stands on it."""

    name: str = ""
    vatZone: VatZoneRef
    address: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    ean: str = ""


class DocumentDelivery(msgspec.Struct):
    address: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    deliveryDate: Annotated[str, Day(or_nothing=True)] | None = None


class DocumentNotes(msgspec.Struct):
    heading: str = ""
    textLine1: str = ""
    textLine2: str = ""


class DocumentReferences(msgspec.Struct):
    other: str = ""


class DocumentLine(msgspec.Struct):
    """A line; `vatRate` in per cent stands on booked lines only."""

    description: str = ""
    product: ProductRef | None = None
    quantity: Decimal | None = None
    unitNetPrice: Decimal | None = None
    discountPercentage: Decimal | None = None
    vatRate: Decimal | None = None


class SalesDocument(msgspec.Struct, kw_only=True):
    """What an order and an invoice have in common."""

    date: Annotated[str, Day()]
    currency: str
    customer: CustomerRef
    recipient: DocumentRecipient
    netAmount: Decimal
    vatAmount: Decimal = Decimal(0)
    grossAmount: Decimal = Decimal(0)
    dueDate: Annotated[str, Day(or_nothing=True)] | None = None
    delivery: DocumentDelivery | None = None
    notes: DocumentNotes = msgspec.field(default_factory=DocumentNotes)
    references: DocumentReferences = msgspec.field(default_factory=DocumentReferences)
    lines: list[DocumentLine] = []


class Order(SalesDocument):
    orderNumber: int


class BookedDocument(SalesDocument):
    bookedInvoiceNumber: int


class StandingOrder(msgspec.Struct):
    """As much of an order as tells whether it is there and as it was. Nothing is demanded: one order that cannot be
    read must not hide the others."""

    orderNumber: Any = None
    lastUpdated: Any = None

    @property
    def number(self) -> int | None:
        value = self.orderNumber
        return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None

    @property
    def changed_at(self) -> str:
        return self.lastUpdated if isinstance(self.lastUpdated, str) else ""


class ListedInvoice(msgspec.Struct):
    """A booked invoice in a list, as far as telling whether it is one of ours."""

    bookedInvoiceNumber: int
    references: Any = None

    @property
    def other(self) -> str:
        value = self.references.get("other") if isinstance(self.references, dict) else None
        return value if isinstance(value, str) else ""
