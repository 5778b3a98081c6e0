"""The zone of a consumer's country among e-conomic's zones, as they are now (domain-rules A21, F7, W-OSS).

Read anew every time, one call, and only for a private person in the EU: zones are renamed in e-conomic, and one that
has become another country's would book the wrong country's VAT without a word.
"""

from __future__ import annotations

from lagerbro.books.one_stop import ConsumerCountry, zones_of_country
from lagerbro.books.vat_areas import VatPlace
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.sync.work import Work


def zone_of_country(work: Work, country: ConsumerCountry, place: VatPlace) -> int:
    """Its number; raises `PlanRefusal` where none is the country's, or more than one. None is taken in its stead."""
    listed = work.clients.economic.registers.vat_zones()
    zones = {zone.vatZoneNumber: zone.name for zone in listed if zone.enabledForCustomer}
    zones_of_it = zones_of_country(country.code, zones)
    named = place.text if place.text.upper() == country.code else f"{place.text} ({country.code})"
    if not zones_of_it:
        raise PlanRefusal("oss_zone_missing", CONFIG, country=named)
    if len(zones_of_it) > 1:
        names = ", ".join(f"{number} {zones[number]}" for number in zones_of_it)
        raise PlanRefusal("oss_zone_ambiguous", CONFIG, country=named, zone_names=names)
    return zones_of_it[0]
