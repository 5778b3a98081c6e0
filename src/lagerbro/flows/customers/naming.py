"""What a customer names in e-conomic: layout and sales person; contacts and a location once it is there itself."""

from __future__ import annotations

from dataclasses import replace

from lagerbro.flows.customers.mapping import Named
from lagerbro.flows.known_references.contacts import contact_of
from lagerbro.flows.known_references.delivery_locations import location_fields, location_of
from lagerbro.flows.known_references.payment_terms import terms_of
from lagerbro.flows.known_references.people import employee_of
from lagerbro.rackbeat.types import Customer
from lagerbro.sync.work import Work


def named_by_customer(work: Work, customer: Customer) -> Named:
    """What needs no customer in e-conomic; raises `Refusal` where e-conomic has no such payment terms. The layout only
    where the two are matched (domain-rules A24, A25)."""
    terms = customer.payment_terms_id
    return Named(
        terms=terms_of(work, terms) if terms is not None else None,
        layout=work.choices.layouts.get(str(customer.layout_id)),
        sales_person=employee_of(work, customer.our_reference_id or customer.employee_id),
    )


def names_parts(customer: Customer) -> bool:
    """Whether it names anything that belongs to it in e-conomic."""
    names = (customer.attention, customer.their_reference)
    return any((name or "").strip() for name in names) or bool(location_fields(customer.delivery_address))


def with_contacts_and_location(work: Work, customer: Customer, named: Named) -> Named:
    """The rest of it: contacts and a location are made where e-conomic has none that say the same. Raises
    `NotFoundError` where the customer itself is gone."""
    return replace(
        named,
        attention=contact_of(work, customer.number, customer.attention),
        contact=contact_of(work, customer.number, customer.their_reference),
        delivery_location=location_of(work, customer.number, customer.delivery_address),
    )
