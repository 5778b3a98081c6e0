"""Orders and customer invoices as we make them in Rackbeat (rackbeat-api 3.6, 3.8). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from lagerbro.rackbeat.types import Key, Number
from lagerbro.wire.reading import DEMANDED


class NewSaleLine(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A line as it is sent. Price and discount are always said: what is left out Rackbeat fills in by itself."""

    item_id: str
    name: str
    quantity: Decimal
    line_price: Decimal
    discount_percentage: Decimal
    vat_percentage: Decimal | None = None


class NewSale(msgspec.Struct, omit_defaults=True, kw_only=True):
    """An order or an invoice as it is sent."""

    customer_id: int
    currency: str
    vat_zone: str
    other_reference: str
    lines: list[NewSaleLine]
    order_date: str = ""
    invoice_date: str = ""
    due_date: str = ""
    deliver_at: str = ""
    heading: str = ""
    note: str = ""
    ean: str = ""
    address_name: str = ""
    address_street: str = ""
    address_zipcode: str = ""
    address_city: str = ""
    address_country: str = ""
    delivery_address_street: str = ""
    delivery_address_zipcode: str = ""
    delivery_address_city: str = ""
    delivery_address_country: str = ""


class SaleLine(msgspec.Struct):
    child_id: Key | None = None
    quantity: Number = Decimal(0)
    line_price: Number = Decimal(0)
    discount_percentage: Number | None = None


class Sale(msgspec.Struct, kw_only=True):
    """An order or an invoice as it is read. `is_shipped`: None where Rackbeat does not say."""

    number: int
    customer_id: int | None = None
    is_booked: Annotated[bool, DEMANDED] = False
    booked_at: str | None = None
    is_cancelled: bool = False
    is_creditnote: bool = False
    is_shipped: bool | None = None
    orders: list[Any] = []
    currency: str = ""
    other_reference: str | None = None
    total_subtotal: Annotated[Number, DEMANDED] = Decimal(0)
    total_vat: Number = Decimal(0)
    total_total: Number = Decimal(0)
    lines: list[SaleLine] = []
