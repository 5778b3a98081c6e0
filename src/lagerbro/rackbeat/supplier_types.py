"""What Rackbeat's suppliers and their groups look like, as far as we read them (rackbeat-api 3.5)."""

from __future__ import annotations

import msgspec

from lagerbro.rackbeat.types import Currency, Reference


class SupplierGroup(msgspec.Struct):
    """A group of suppliers; its account is e-conomic's affair."""

    number: int
    name: str = ""


class InvoicingSupplier(msgspec.Struct):
    """A supplier as it stands on an invoice, as far as the invoice needs it."""

    number: int
    name: str | None = None
    company_name: str | None = None
    vat_zone: str | None = None
    supplier_group_id: int | None = None
    supplier_group: Reference | None = None

    @property
    def called(self) -> str:
        """The name, under whichever field this account's Rackbeat sends it."""
        return (self.name or self.company_name or "").strip()

    @property
    def group(self) -> int | None:
        return self.supplier_group_id if self.supplier_group_id is not None else _number(self.supplier_group)


class Supplier(InvoicingSupplier):
    """A supplier as it is transferred. Rackbeat keeps no bank details."""

    company_vat: str | None = None
    address_street: str | None = None
    address_street2: str | None = None
    address_zipcode: str | None = None
    address_city: str | None = None
    address_country: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    currency: Currency | None = None
    payment_terms_id: int | None = None
    payment_terms: Reference | None = None

    @property
    def terms(self) -> int | None:
        return self.payment_terms_id if self.payment_terms_id is not None else _number(self.payment_terms)


def _number(reference: Reference | None) -> int | None:
    return reference.number if reference is not None else None
