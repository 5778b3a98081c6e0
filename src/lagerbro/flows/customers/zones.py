"""The VAT zone of a customer in e-conomic: Rackbeat's, or the one of the table while One Stop VAT is on (A21, F7).

It is what e-conomic proposes for whatever is made there by hand; our invoices carry their own, by where the goods go.
"""

from __future__ import annotations

from lagerbro.agreements.approvals import VAT_ZONE, is_approved
from lagerbro.books.one_stop import ConsumerCountry, zone_of_sale
from lagerbro.books.vat_areas import VatPlace, vat_place
from lagerbro.books.vat_numbers import VatNumber, vat_number
from lagerbro.books.zone_rules import ZonedSale
from lagerbro.books.zones import UnknownZoneError, Zone, zone_named, zone_number
from lagerbro.flows.country_zones import zone_of_country
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.rackbeat.types import Customer
from lagerbro.sync.work import Work


def zone_of_customer(work: Work, customer: Customer) -> int:
    """e-conomic's number; raises `PlanRefusal` for a zone that Rackbeat does not have or e-conomic lacks.

    Rackbeat's zone stands where it is the exempt one, where nothing tells a country, and where a person has called it
    right (domain-rules H38).
    """
    try:
        zone = zone_named(customer.vat_zone)
    except UnknownZoneError as error:
        raise PlanRefusal("zone_unknown", CONFIG, zone=str(error)) from error
    home = vat_place(customer.address_country, customer.address_zipcode)
    if not work.choices.oss_enabled or zone is Zone.DOMESTIC_EXEMPT or home is None:
        return zone_number(zone)
    number = vat_number(customer.company_vat, home.country)
    wanted = zone_of_sale(home, number)
    if wanted == zone or _is_right(customer, zone, home, number):
        return zone_number(zone)
    return zone_of_country(work, wanted, home) if isinstance(wanted, ConsumerCountry) else zone_number(wanted)


def _is_right(customer: Customer, zone: Zone, home: VatPlace, number: VatNumber | None) -> bool:
    return is_approved(VAT_ZONE, str(customer.number), ZonedSale(zone, home, home, number).facts)
