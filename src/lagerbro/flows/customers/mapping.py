"""A Rackbeat customer in e-conomic's words (domain-rules B2, economic-api 6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from lagerbro.books.company_numbers import company_number
from lagerbro.books.ean_numbers import ean_number
from lagerbro.books.vat_areas import vat_place
from lagerbro.books.vat_numbers import vat_number
from lagerbro.flows.texts import cut, without_empty
from lagerbro.money import rounded
from lagerbro.rackbeat.types import Customer

OPTIONAL_FIELDS: Final = frozenset(
    {"address", "zip", "city", "country", "email", "ean", "corporateIdentificationNumber", "telephoneAndFaxNumber"}
    | {"vatNumber", "creditLimit", "layout", "salesPerson", "attention", "customerContact", "defaultDeliveryLocation"}
)
"""The optional fields that Rackbeat decides: what has been emptied there is cleared in e-conomic.

What Rackbeat has no field for is e-conomic's own: website, mobile telephone, P number, public entry number, price
group, and `barred`.
"""


@dataclass(frozen=True, slots=True)
class Named:
    """What the customer names, under e-conomic's numbers; None where it names nothing, or e-conomic has it not.

    `attention` is *Att.*, `contact` *Deres reference*: both are contacts of the customer.
    """

    terms: int | None = None
    layout: int | None = None
    sales_person: int | None = None
    attention: int | None = None
    contact: int | None = None
    delivery_location: int | None = None

    def fields(self) -> dict[str, dict[str, int]]:
        found = {
            "paymentTerms": ("paymentTermsNumber", self.terms),
            "layout": ("layoutNumber", self.layout),
            "salesPerson": ("employeeNumber", self.sales_person),
            "attention": ("customerContactNumber", self.attention),
            "customerContact": ("customerContactNumber", self.contact),
            "defaultDeliveryLocation": ("deliveryLocationNumber", self.delivery_location),
        }
        return {field: {key: number} for field, (key, number) in found.items() if number is not None}


NOTHING_NAMED: Final = Named()


def customer_fields(
    customer: Customer,
    *,
    group: int,
    terms: int,
    zone: int,
    base_currency: str,
    named: Named = NOTHING_NAMED,
) -> dict[str, Any]:
    """The fields that Rackbeat decides; raises `EanUnusableError`. `zone` is e-conomic's number."""
    optional = {
        "address": cut("\n".join(filter(None, (customer.address_street, customer.address_street2))), 510),
        "zip": cut(customer.address_zipcode, 30),
        "city": cut(customer.address_city, 50),
        "country": cut(customer.address_country, 50),
        "email": cut(customer.contact_email, 255),
        "ean": ean_number(customer.ean),
        "corporateIdentificationNumber": cut(company_number(customer.company_vat), 40),
        "vatNumber": foreign_vat_number(customer),
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
        **_credit_limit(customer),
        **named.fields(),
    }


def foreign_vat_number(customer: Customer) -> str:
    """The VAT number of a business elsewhere in the EU, as it is reported; a Danish one is the CVR number."""
    home = vat_place(customer.address_country, customer.address_zipcode)
    number = vat_number(customer.company_vat, home.country if home else None)
    return number.reported if number is not None and number.is_of_eu_business and not number.is_danish else ""


def empty_fields(fields: Mapping[str, Any]) -> frozenset[str]:
    """What Rackbeat decides to be empty."""
    return OPTIONAL_FIELDS - fields.keys()


def _credit_limit(customer: Customer) -> dict[str, Decimal]:
    """No limit and a limit of nothing are the same in Rackbeat: nobody types a customer who may buy nothing."""
    return {"creditLimit": rounded(customer.max_credit)} if customer.max_credit else {}
