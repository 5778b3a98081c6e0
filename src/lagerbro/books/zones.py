"""VAT zones: Rackbeat's names and e-conomic's numbers (rackbeat-api 3.15, economic-api 9.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Zone(StrEnum):
    """Where a document is taxed, as Rackbeat names it."""

    DOMESTIC = "domestic"
    EU = "eu"
    ABROAD = "abroad"
    DOMESTIC_EXEMPT = "domestic_exempt"


_NUMBERS: Final = {Zone.DOMESTIC: 1, Zone.EU: 2, Zone.ABROAD: 3, Zone.DOMESTIC_EXEMPT: 4}


def is_country_zone(number: int) -> bool:
    """Whether a zone of e-conomic's can be a country's: those that every agreement has are not (economic-api 9.2)."""
    return number not in _NUMBERS.values()


def zone_of_number(number: int) -> Zone | None:
    """Rackbeat's zone of e-conomic's number; None for one that is a country's, or e-conomic's own."""
    return next((zone for zone, known in _NUMBERS.items() if known == number), None)


class UnknownZoneError(ValueError):
    """Rackbeat named a VAT zone that we have not heard of."""


def zone_named(zone: str | None) -> Zone:
    """Rackbeat's zone; raises `UnknownZoneError`. A zone is never guessed."""
    try:
        return Zone(zone or "")
    except ValueError as error:
        raise UnknownZoneError(zone or "") from error


def zone_number(zone: str | None) -> int:
    """e-conomic's number of Rackbeat's zone; raises `UnknownZoneError`."""
    return _NUMBERS[zone_named(zone)]


def supplier_zone_number(zone: str | None) -> int:
    """The same of a supplier: e-conomic has no zone without VAT for them, so an exempt one is domestic (domain-rules
    H20); raises `UnknownZoneError`."""
    named = zone_named(zone)
    return _NUMBERS[Zone.DOMESTIC if named is Zone.DOMESTIC_EXEMPT else named]
