"""What Rackbeat's records look like, as far as we read them (rackbeat-api 3). Field names are theirs.

A shape names the fields that its readers use and no others: what a record holds besides can never make it unreadable
(domain-rules H34).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import msgspec

from lagerbro.money import product_of
from lagerbro.wire.reading import DEMANDED, DISPENSABLE, Cut, Day

Number = Decimal
"""Rackbeat sends numbers with up to six decimals."""
Key = Annotated[str, msgspec.Meta(max_length=64)]
"""As long as we can store; e-conomic takes 25 characters of an item's number."""
Identity = Annotated[int, msgspec.Meta(ge=1)]
Name = Annotated[str, Cut(255)]
"""Longer ones are cut where they are stored; nobody finds anything by them."""
Currency = Annotated[str, msgspec.Meta(max_length=3)]
Nicety = Annotated[str | None, DISPENSABLE]
"""A text that a document can do without."""
Named = Annotated[int | None, DISPENSABLE]
"""The number of somebody or something that a document can do without."""


class Pages(msgspec.Struct):
    """What a list says of itself beside its collection."""

    pages: int | None = None


class Reports(msgspec.Struct):
    """What a report says beside its rows."""

    base_currency: Currency | None = None


class StockTotal(msgspec.Struct):
    """The report's total, under whichever of three names it has (rackbeat-api 3.13)."""

    total_value: Number | None = None
    value: Number | None = None
    total: Number | None = None

    @property
    def amount(self) -> Decimal | None:
        return next((one for one in (self.total_value, self.value, self.total) if one is not None), None)


class StockRow(msgspec.Struct):
    """An item of the report."""

    value: Number
    number: Key = ""


class StockRows(msgspec.Struct):
    lineables: list[StockRow]


class ItemGroup(msgspec.Struct):
    """Which product group an item is in."""

    number: Key
    group_id: int | None = None
    group: Reference | None = None

    @property
    def in_group(self) -> int | None:
        return self.group_id if self.group_id is not None else _number(self.group)


class Location(msgspec.Struct):
    """A location, and the one that it lies within (rackbeat-api 3.12)."""

    number: int
    name: str = ""
    parent_id: int | None = None


class OwnAddress(msgspec.Struct):
    country: str | None = None


class UserAccount(msgspec.Struct):
    id: Identity
    company_name: Name = ""
    company_vat: Annotated[str, Cut(40)] | None = None
    address: OwnAddress | None = None


class Self(msgspec.Struct):
    user_account: UserAccount


class Numbered(msgspec.Struct):
    """A record of a short list."""

    number: int
    name: str = ""


class PaymentTerms(msgspec.Struct):
    """Its kinds are not published (rackbeat-api 3.11)."""

    number: int
    name: str = ""
    type: str | None = None
    maturity_days: int | None = None
    description: str | None = None


class PartyCurrency(msgspec.Struct):
    """The currency that a customer or a supplier is invoiced in; None where that is the account's own."""

    currency: str | None = None


class Reference(msgspec.Struct):
    """Another record, by its number."""

    number: int


class Unit(msgspec.Struct):
    """A unit, which both systems know by its name only."""

    name: str = ""


class Address(msgspec.Struct):
    name: str | None = None
    street: str | None = None
    street2: str | None = None
    zipcode: str | None = None
    city: str | None = None
    country: str | None = None


class InvoicedCustomer(msgspec.Struct):
    """A customer as it stands on an invoice, as far as the invoice needs it."""

    number: int
    name: str | None = None
    company_name: str | None = None
    company_vat: str | None = None
    address_zipcode: str | None = None
    address_country: str | None = None
    vat_zone: str | None = None
    payment_terms_id: int | None = None
    layout_id: int | None = None
    attention: Nicety = None

    @property
    def called(self) -> str:
        """The name, under whichever field this account's Rackbeat sends it."""
        return (self.name or self.company_name or "").strip()


class Customer(InvoicedCustomer):
    """A customer as it is transferred."""

    address_street: str | None = None
    address_street2: str | None = None
    address_city: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    ean: str | None = None
    currency: Currency | None = None
    customer_group_id: int | None = None
    customer_group: Reference | None = None
    their_reference: Nicety = None
    our_reference_id: Named = None
    employee_id: Named = None
    max_credit: Annotated[Number | None, DISPENSABLE] = None
    delivery_address: Annotated[Address | None, DISPENSABLE] = None

    @property
    def group(self) -> int | None:
        return self.customer_group_id if self.customer_group_id is not None else _number(self.customer_group)


class Product(msgspec.Struct):
    """An item as it is transferred."""

    number: Key
    name: str = ""
    description: str | None = None
    barcode: str | None = None
    sales_price: Number | None = None
    recommended_cost_price: Number | None = None
    cost_price: Number | None = None
    stock_quantity: Number | None = None
    group_id: int | None = None
    group: Reference | None = None
    unit: Unit | None = None
    department_id: Nicety = None

    @property
    def in_group(self) -> int | None:
        return self.group_id if self.group_id is not None else _number(self.group)


class ListedProduct(msgspec.Struct):
    """An item as it is offered in the settings, and looked at by the checks."""

    number: Key
    name: str = ""
    inventory_enabled: bool | None = None
    is_barred: bool = False
    group_id: int | None = None
    group: Reference | None = None

    @property
    def in_group(self) -> int | None:
        return self.group_id if self.group_id is not None else _number(self.group)


class ProductGroup(msgspec.Struct):
    """A product group; its VAT percentages are per zone (rackbeat-api 3.1)."""

    number: int
    name: str = ""
    has_inventory: bool = True
    vat_domestic: Number | None = None


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


class Changed(msgspec.Struct):
    """As much of a record as a poll needs."""

    number: Key | int
    updated_at: str | None = None
    booked_at: str | None = None
    is_booked: bool | None = None
    """None for a record that is never booked, and where the list does not say."""

    @property
    def key(self) -> str:
        return str(self.number)


class Webhook(msgspec.Struct):
    id: Identity
    event: str = ""
    url: str = ""
    token: str | None = None
    is_active: bool = True


def _number(reference: Reference | None) -> int | None:
    return reference.number if reference is not None else None
