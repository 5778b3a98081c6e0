"""Customers and suppliers (economic-api 6.1, 6.3; rackbeat-api 3.4, 3.5). Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import msgspec

from lagerbro.books.company_numbers import company_number
from lagerbro.books.ean_numbers import EanUnusableError, ean_number
from lagerbro.books.zones import Zone, is_country_zone, zone_of_number
from lagerbro.flows.startup.candidate import Candidate, MappingContext, Records
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.mapping.identity import Identity, identity
from lagerbro.flows.startup.mapping.texts import fitting, one_line
from lagerbro.wire.texts import clean

ECONOMIC_COUNTRY_ZONES_FROM: Final = 8
"""Zones 5 to 7 are e-conomic's own; countries' zones come after them (economic-api 9.2)."""
_TEXT_MAX: Final = 255
_PHONE_MAX: Final = 60


class _CustomerGroupRef(msgspec.Struct):
    customerGroupNumber: int | None = None


class _SupplierGroupRef(msgspec.Struct):
    supplierGroupNumber: int | None = None


class _TermsRef(msgspec.Struct):
    paymentTermsNumber: int | None = None


class _ZoneRef(msgspec.Struct):
    vatZoneNumber: int | None = None


class _LayoutRef(msgspec.Struct):
    layoutNumber: int | None = None


class _EmployeeRef(msgspec.Struct):
    employeeNumber: int | None = None


class _Party(msgspec.Struct):
    currency: str | None = None
    address: str | None = None
    zip: str | None = None
    city: str | None = None
    country: str | None = None
    email: str | None = None
    corporateIdentificationNumber: str | None = None
    paymentTerms: _TermsRef | None = None
    vatZone: _ZoneRef | None = None
    layout: _LayoutRef | None = None


class _Customer(_Party):
    customerGroup: _CustomerGroupRef | None = None
    telephoneAndFaxNumber: str | None = None
    mobilePhone: str | None = None
    ean: str | None = None
    salesPerson: _EmployeeRef | None = None


class _Supplier(_Party):
    supplierGroup: _SupplierGroupRef | None = None
    phone: str | None = None


def customer(record: object, context: MappingContext) -> Candidate:
    found = identity(Kind.CUSTOMER, record)
    party = found.as_shape(_Customer)
    group = party.customerGroup.customerGroupNumber if party.customerGroup is not None else None
    unusable: tuple[str, ...] = ()
    try:
        number = ean_number(party.ean)
    except EanUnusableError:
        number, unusable = "", ("ean",)
    person = party.salesPerson.employeeNumber if party.salesPerson is not None else None
    more = {"ean": number} if number else {}
    named: dict[str, Records] = {} if person is None else {"employee_id": (Kind.EMPLOYEE, str(person))}
    phone = party.telephoneAndFaxNumber or party.mobilePhone
    made = _party(found, party, phone, context, (Kind.CUSTOMER_GROUP, "customer_group_id", group))
    return replace(
        made,
        fields={**made.fields, **more},
        may_name={**made.may_name, **named},
        left_out=(*made.left_out, *unusable),
    )


def supplier(record: object, context: MappingContext) -> Candidate:
    """Bank details and the cost account stay in e-conomic: Rackbeat has no fields for them."""
    found = identity(Kind.SUPPLIER, record)
    party = found.as_shape(_Supplier)
    group = party.supplierGroup.supplierGroupNumber if party.supplierGroup is not None else None
    return _party(found, party, party.phone, context, (Kind.SUPPLIER_GROUP, "supplier_group_id", group))


def _party(
    found: Identity, party: _Party, phone: str | None, context: MappingContext, group: tuple[Kind, str, int | None]
) -> Candidate:
    kind, field, number = group
    if number is None:
        raise found.cannot("no_group")
    terms = party.paymentTerms.paymentTermsNumber if party.paymentTerms is not None else None
    if terms is None:
        raise found.cannot("no_payment_terms")
    layout = party.layout.layoutNumber if party.layout is not None else None
    street, street2 = _streets(party.address)
    texts, left_out = fitting(
        {
            "address_street": (street, _TEXT_MAX),
            "address_street2": (street2, _TEXT_MAX),
            "address_zipcode": (one_line(party.zip), _TEXT_MAX),
            "address_city": (one_line(party.city), _TEXT_MAX),
            "address_country": (one_line(party.country), _TEXT_MAX),
            "contact_email": (one_line(party.email), _TEXT_MAX),
            "contact_phone": (one_line(phone), _PHONE_MAX),
            "company_vat": (company_number(party.corporateIdentificationNumber), 40),
        }
    )
    fields = {
        "name": found.name,
        "currency": one_line(party.currency).upper() or context.base_currency,
        "vat_zone": _zone(found, party).value,
        **texts,
    }
    return Candidate(
        found.kind,
        found.number,
        found.name,
        fields,
        needs={field: (kind, str(number)), "payment_terms_id": (Kind.PAYMENT_TERMS, str(terms))},
        may_name={} if layout is None else {"layout_id": (Kind.LAYOUT, str(layout))},
        left_out=left_out,
    )


def _zone(found: Identity, party: _Party) -> Zone:
    """Rackbeat's zone; a country's zone is a consumer's in the EU (domain-rules F7). One is never guessed."""
    number = party.vatZone.vatZoneNumber if party.vatZone is not None else None
    if number is None:
        raise found.cannot("no_zone")
    zone = zone_of_number(number)
    if zone is not None:
        return zone
    if is_country_zone(number) and number >= ECONOMIC_COUNTRY_ZONES_FROM and found.kind is Kind.CUSTOMER:
        return Zone.EU
    raise found.cannot("zone_unknown", zone=str(number))


def _streets(address: str | None) -> tuple[str, str]:
    """The first line, and the others on one."""
    lines = [" ".join(line.split()) for line in clean(address or "").splitlines()]
    lines = [line for line in lines if line]
    return (lines[0], ", ".join(lines[1:])) if lines else ("", "")
