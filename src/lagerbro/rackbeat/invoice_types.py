"""What Rackbeat's invoices look like, as far as we read them (rackbeat-api 3). Field names are theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from lagerbro.money import product_of
from lagerbro.rackbeat.types import Address, Currency, InvoicedCustomer, Key, Named, Number, Unit
from lagerbro.wire.constraints import Day
from lagerbro.wire.reading import DEMANDED, DISPENSABLE


class LineItem(msgspec.Struct):
    number: Key
    name: str = ""


class InvoiceLine(msgspec.Struct):
    quantity: Number
    line_price: Number
    id: Key | None = None
    credited_line_id: Key | None = None
    name: str | None = None
    discount_percentage: Number | None = None
    vat_percentage: Number | None = None
    line_total: Number | None = None
    child_id: Key | None = None
    item: LineItem | None = None
    unit: Annotated[Unit | None, DISPENSABLE] = None

    @property
    def amount(self) -> Decimal:
        """What it comes to without VAT, unrounded; the announced total where there is one."""
        return self.line_total if self.line_total is not None else product_of(self.quantity, self.line_price)

    @property
    def item_number(self) -> str | None:
        number = self.item.number if self.item is not None else self.child_id
        return number if number and number.strip() else None


class InvoiceHead(msgspec.Struct):
    """What a customer's and a supplier's invoice have in common."""

    number: int
    invoice_date: Annotated[str, Day()]
    due_date: Annotated[str, Day(or_nothing=True)] | None = None
    is_booked: Annotated[bool, DEMANDED] = False
    booked_at: str | None = None
    is_creditnote: bool = False
    credited_invoice_id: int | None = None
    currency: Annotated[Currency, DEMANDED] = "DKK"
    currency_rate: Number | None = None
    total_subtotal: Annotated[Number, DEMANDED] = Decimal(0)
    total_vat: Annotated[Number, DEMANDED] = Decimal(0)
    total_total: Annotated[Number, DEMANDED] = Decimal(0)
    total_base_currency: Number | None = None
    vat_zone: str | None = None

    @property
    def credited_number(self) -> int | None:
        """The invoice that a credit note says it credits."""
        return self.credited_invoice_id if self.is_creditnote else None


class CustomerInvoice(InvoiceHead):
    customer_id: int | None = None
    customer: InvoicedCustomer | None = None
    ean: str | None = None
    heading: str | None = None
    note: str | None = None
    their_reference: str | None = None
    other_reference: str | None = None
    our_reference_id: Named = None
    employee_id: Named = None
    layout_id: int | None = None
    payment_terms_id: int | None = None
    address_name: str | None = None
    address_street: str | None = None
    address_street2: str | None = None
    address_zipcode: str | None = None
    address_city: str | None = None
    address_country: str | None = None
    billing_address: Annotated[Address | None, DISPENSABLE] = None
    delivery_address: Address | None = None
    orders: list[Any] = []
    """Of what orders it is; whoever made them, only whether there are any matters."""
    is_shipped: bool | None = None
    lines: list[InvoiceLine] = []

    @property
    def customer_number(self) -> int | None:
        return self.customer_id if self.customer_id is not None else (self.customer.number if self.customer else None)
