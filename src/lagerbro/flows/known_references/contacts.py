"""*Deres reference* and *Att.*: a contact of the customer in e-conomic with that name, made where there is none.

Rackbeat has the name alone, so a contact that a person has filled in is taken as it is.
"""

from __future__ import annotations

from typing import Final

import msgspec

from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.known_references.making import found_or_made
from lagerbro.flows.known_references.remembering import folded, known_number
from lagerbro.flows.texts import cut
from lagerbro.sync.work import Work

CONTACT: Final = "contact"
STEP: Final = "contact"
NAME_MAX: Final = 255  # economic-api 6.1


class NewContact(msgspec.Struct):
    customer: int
    name: str


def contact_of(work: Work, customer: int, named: str | None) -> int | None:
    """e-conomic's number of the contact; None where nobody is named. The customer must be there."""
    name = cut(named, NAME_MAX)
    if not name:
        return None
    return known_number(work, CONTACT, contact_key(customer, name), lambda: _found_or_made(work, customer, name))


def contact_key(customer: int, name: str) -> str:
    return f"{customer}/{fingerprint(folded(name))}"


def _found_or_made(work: Work, customer: int, name: str) -> int:
    parts = work.clients.economic.customer_parts
    return found_or_made(
        work,
        STEP,
        contact_key(customer, name),
        NewContact(customer, name),
        find=lambda: _find(work, customer, name),
        make=lambda key: parts.add_contact(customer, name, key).customerContactNumber,
    )


def _find(work: Work, customer: int, name: str) -> int | None:
    wanted = folded(name)
    for contact in work.clients.economic.customer_parts.contacts(customer):
        if not contact.deleted and folded(contact.name) == wanted:
            return contact.customerContactNumber
    return None
