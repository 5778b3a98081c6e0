"""A Rackbeat supplier in e-conomic's words (domain-rules B2, H20; economic-api 6.3)."""

from __future__ import annotations

import re
from typing import Any, Final

from lagerbro.books.company_numbers import company_number
from lagerbro.books.zones import supplier_zone_number
from lagerbro.flows.texts import cut, without_empty
from lagerbro.rackbeat.supplier_types import Supplier

OPTIONAL_FIELDS: Final = frozenset(
    {"address", "zip", "city", "country", "email", "corporateIdentificationNumber", "phone"}
)
"""The optional fields that Rackbeat decides: what has been emptied there is cleared in e-conomic.

Bank details, the type of payment, the cost account and `barred` are e-conomic's own: Rackbeat does not know them.
"""
EMAIL_MAX: Final = 100  # economic-api 6.3
PHONE_MAX: Final = 20  # economic-api 6.3
_SEVERAL: Final = re.compile(r"[;,/\n]+")


def supplier_fields(supplier: Supplier, *, group: int, terms: int, base_currency: str) -> dict[str, Any]:
    """The fields that Rackbeat decides; raises `UnknownZoneError`."""
    optional = {
        "address": cut("\n".join(filter(None, (supplier.address_street, supplier.address_street2))), 255),
        "zip": cut(supplier.address_zipcode, 10),
        "city": cut(supplier.address_city, 50),
        "country": cut(supplier.address_country, 50),
        "email": first_that_fits(supplier.contact_email, EMAIL_MAX),
        "corporateIdentificationNumber": cut(company_number(supplier.company_vat), 40),
        "phone": first_that_fits(supplier.contact_phone, PHONE_MAX),
    }
    return {
        "supplierNumber": supplier.number,
        "name": cut(supplier.called, 255),
        "currency": supplier.currency or base_currency,
        "supplierGroup": {"supplierGroupNumber": group},
        "paymentTerms": {"paymentTermsNumber": terms},
        "vatZone": {"vatZoneNumber": supplier_zone_number(supplier.vat_zone)},
        **without_empty(optional),
    }


def empty_fields(fields: dict[str, Any]) -> frozenset[str]:
    """What Rackbeat decides to be empty."""
    return OPTIONAL_FIELDS - fields.keys()


def first_that_fits(text: str | None, longest: int) -> str:
    """A number or an address that is of no use cut off: all of it, else the first of several that fits, else none."""
    trimmed = " ".join((text or "").split())
    if len(trimmed) <= longest:
        return trimmed
    parts = (part.strip() for part in _SEVERAL.split(text or ""))
    return next((part for part in parts if 0 < len(part) <= longest), "")
