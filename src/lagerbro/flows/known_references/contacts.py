"""*Deres reference* and *Att.*: a contact of the customer in e-conomic with that name, made where there is none.

Rackbeat has the name alone, so a contact that a person has filled in is taken as it is.
"""

from __future__ import annotations

from typing import Final

import msgspec

from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.known_references.remembering import folded, known_number
from lagerbro.flows.texts import cut
from lagerbro.sync.work import Step, Work

CONTACT: Final = "contact"
STEP: Final = "contact"
NAME_MAX: Final = 255


class NewContact(msgspec.Struct):
    customer: int
    name: str


class ContactMade(msgspec.Struct):
    number: int


def contact_of(work: Work, customer: int, named: str | None) -> int | None:
    """e-conomic's number of the contact; None where nobody is named. The customer must be there."""
    name = cut(named, NAME_MAX)
    if not name:
        return None
    return known_number(work, CONTACT, contact_key(customer, name), lambda: _found_or_made(work, customer, name))


def contact_key(customer: int, name: str) -> str:
    return f"{customer}/{fingerprint(folded(name))}"


def _found_or_made(work: Work, customer: int, name: str) -> int:
    found = _find(work, customer, name)
    if found is not None:
        return found.number
    new = NewContact(customer, name)
    parts = work.clients.economic.customer_parts
    step = Step(
        name=STEP,
        answer=ContactMade,
        request=new,
        send=lambda key: ContactMade(parts.add_contact(customer, name, key).customerContactNumber),
        find_existing=lambda: _find(work, customer, name),
        is_once_only=False,
    )
    return work.write(step, contact_key(customer, name)).number


def _find(work: Work, customer: int, name: str) -> ContactMade | None:
    wanted = folded(name)
    for contact in work.clients.economic.customer_parts.contacts(customer):
        if not contact.deleted and folded(contact.name) == wanted:
            return ContactMade(contact.customerContactNumber)
    return None
