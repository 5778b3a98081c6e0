"""A Rackbeat customer in e-conomic's words (domain-rules B2, economic-api 6.1)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro.books.company_numbers import company_number
from lagerbro.books.ean_numbers import ean_number
from lagerbro.flows.texts import cut, without_empty
from lagerbro.rackbeat.types import Customer

OPTIONAL_FIELDS: Final = frozenset(
    {"address", "zip", "city", "country", "email", "ean", "corporateIdentificationNumber", "telephoneAndFaxNumber"}
)
"""The optional fields that Rackbeat decides: what has been emptied there is cleared in e-conomic."""


def customer_fields(customer: Customer, *, group: int, terms: int, zone: int, base_currency: str) -> dict[str, Any]:
    """The fields that Rackbeat decides; raises `EanUnusableError`. `zone` is e-conomic's number.

    `barred` is e-conomic's own to decide.
    """
    optional = {
        "address": cut("\n".join(filter(None, (customer.address_street, customer.address_street2))), 510),
        "zip": cut(customer.address_zipcode, 30),
        "city": cut(customer.address_city, 50),
        "country": cut(customer.address_country, 50),
        "email": cut(customer.contact_email, 255),
        "ean": ean_number(customer.ean),
        "corporateIdentificationNumber": cut(company_number(customer.company_vat), 40),
        "telephoneAndFaxNumber": cut(customer.contact_phone, 255),
    }
    return {
        "customerNumber": customer.number,
        "name": cut(customer.called, 255),
        "currency": customer.currency or base_currency,
        "customerGroup": {"customerGroupNumber": group},
        "paymentTerms": {"paymentTermsNumber": terms},
        "vatZone": {"vatZoneNumber": zone},
        **without_empty(optional),
    }


def empty_fields(fields: dict[str, Any]) -> frozenset[str]:
    """What Rackbeat decides to be empty."""
    return OPTIONAL_FIELDS - fields.keys()
