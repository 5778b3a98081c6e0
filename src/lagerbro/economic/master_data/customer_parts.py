"""What belongs to one customer: contacts and delivery locations (economic-api 6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from lagerbro.economic.paths import segment
from lagerbro.economic.surfaces import Rest


class Contact(msgspec.Struct):
    customerContactNumber: int
    name: str = ""
    deleted: bool = False


class DeliveryLocation(msgspec.Struct):
    """A place that goods are sent to. It has no name of its own."""

    deliveryLocationNumber: int
    address: str = ""
    postalCode: str = ""
    city: str = ""
    country: str = ""
    barred: bool = False


@dataclass(frozen=True, slots=True)
class CustomerParts:
    """Both are numbered by e-conomic, so that whoever tries again has to look for what is there."""

    rest: Rest

    def contacts(self, customer: int | str) -> Iterator[Contact]:
        return self.rest.all(f"/customers/{segment(customer)}/contacts", Contact)

    def add_contact(self, customer: int | str, name: str, key: str) -> Contact:
        path = f"/customers/{segment(customer)}/contacts"
        return self.rest.write_and_read("POST", path, {"name": name}, key, Contact)

    def delivery_locations(self, customer: int | str) -> Iterator[DeliveryLocation]:
        return self.rest.all(f"/customers/{segment(customer)}/delivery-locations", DeliveryLocation)

    def add_delivery_location(self, customer: int | str, record: Mapping[str, Any], key: str) -> DeliveryLocation:
        path = f"/customers/{segment(customer)}/delivery-locations"
        return self.rest.write_and_read("POST", path, record, key, DeliveryLocation)
