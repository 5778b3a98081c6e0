"""What Rackbeat's records look like, as far as we read them (rackbeat-api 3). Field names are theirs.

A shape names the fields that its readers use and no others: what a record holds besides can never make it unreadable
(domain-rules H34).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import msgspec

from lagerbro.wire.constraints import Cut
from lagerbro.wire.reading import DISPENSABLE

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
        return self.customer_group_id if self.customer_group_id is not None else number_of(self.customer_group)


class Grouped(msgspec.Struct):
    """What is in a product group, under whichever of two fields this account's Rackbeat names it."""

    group_id: int | None = None
    group: Reference | None = None

    @property
    def in_group(self) -> int | None:
        return self.group_id if self.group_id is not None else number_of(self.group)


class Product(Grouped, kw_only=True):
    """An item as it is transferred."""

    number: Key
    name: str = ""
    description: str | None = None
    barcode: str | None = None
    sales_price: Number | None = None
    recommended_cost_price: Number | None = None
    cost_price: Number | None = None
    stock_quantity: Number | None = None
    unit: Unit | None = None
    department_id: Nicety = None


class ListedProduct(Grouped, kw_only=True):
    """An item as it is offered in the settings, and looked at by the checks."""

    number: Key
    name: str = ""
    inventory_enabled: bool | None = None
    is_barred: bool = False


class ProductGroup(msgspec.Struct):
    """A product group; its VAT percentages are per zone (rackbeat-api 3.1)."""

    number: int
    name: str = ""
    has_inventory: bool = True
    vat_domestic: Number | None = None


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


def number_of(reference: Reference | None) -> int | None:
    """The number of the record that is referred to, if any is."""
    return reference.number if reference is not None else None
