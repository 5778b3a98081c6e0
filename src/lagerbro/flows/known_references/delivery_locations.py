"""A customer's usual delivery address: a delivery location of theirs in e-conomic that says the same, else a new one.

An address that is changed in Rackbeat gets a location of its own: documents refer to the one before.
"""

from __future__ import annotations

from typing import Final

import msgspec

from lagerbro.economic.master_data.customer_parts import DeliveryLocation
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.known_references.making import found_or_made
from lagerbro.flows.known_references.remembering import folded, known_number
from lagerbro.flows.texts import cut, without_empty
from lagerbro.rackbeat.types import Address
from lagerbro.sync.work import Work

DELIVERY_LOCATION: Final = "delivery_location"
STEP: Final = "delivery_location"


class NewLocation(msgspec.Struct):
    customer: int
    fields: dict[str, str]


def location_fields(address: Address | None) -> dict[str, str]:
    """The address in e-conomic's words (economic-api 6.1); empty where there is none. A name or a country alone is no
    place."""
    if address is None or not ((address.street or "").strip() or (address.city or "").strip()):
        return {}
    return without_empty(
        {
            "address": cut("\n".join(filter(None, (address.name, address.street, address.street2))), 255),
            "postalCode": cut(address.zipcode, 15),
            "city": cut(address.city, 50),
            "country": cut(address.country, 50),
        }
    )


def location_of(work: Work, customer: int, address: Address | None) -> int | None:
    """e-conomic's number of the location; None where there is no address. The customer must be there."""
    fields = location_fields(address)
    if not fields:
        return None
    key = f"{customer}/{fingerprint(fields)}"
    return known_number(work, DELIVERY_LOCATION, key, lambda: _found_or_made(work, customer, fields, key))


def _found_or_made(work: Work, customer: int, fields: dict[str, str], version: str) -> int:
    parts = work.clients.economic.customer_parts
    return found_or_made(
        work,
        STEP,
        version,
        NewLocation(customer, fields),
        find=lambda: _find(work, customer, fields),
        make=lambda key: parts.add_delivery_location(customer, fields, key).deliveryLocationNumber,
    )


def _find(work: Work, customer: int, fields: dict[str, str]) -> int | None:
    for location in work.clients.economic.customer_parts.delivery_locations(customer):
        if not location.barred and _folded_fields(location) == {name: folded(text) for name, text in fields.items()}:
            return location.deliveryLocationNumber
    return None


def _folded_fields(location: DeliveryLocation) -> dict[str, str]:
    fields = {
        "address": location.address,
        "postalCode": location.postalCode,
        "city": location.city,
        "country": location.country,
    }
    return {name: folded(text) for name, text in fields.items() if text.strip()}
