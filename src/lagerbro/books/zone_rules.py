"""A VAT zone held against where the goods go and whose number the customer has: the table of domain-rules H38.

e-conomic taxes by the zone alone (economic-api 9.1), so a zone that contradicts the country gives the wrong VAT and
still adds up to the øre. Pure; the words of each code are in `web.sentences.zones`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro.books.vat_areas import VatArea, VatPlace
from lagerbro.books.vat_numbers import VatNumber
from lagerbro.books.zones import Zone

FACTS_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class ZonedSale:
    """What the table asks about.

    `goods_to`: the delivery's place, else the invoice address's, else the customer's. `buyer`: that of the invoice
    address, else the customer's. None: nothing that can be read tells.
    """

    zone: Zone
    goods_to: VatPlace | None
    buyer: VatPlace | None
    number: VatNumber | None
    is_oss: bool = False
    """One Stop VAT is on: a private person in the EU pays the VAT of their country."""
    charges_vat: bool = False
    """Rackbeat has charged VAT."""

    @property
    def facts(self) -> str:
        """Zone, countries and number in one text: while it is the same, a person's word on it holds."""
        places = [place.code if place else "-" for place in (self.goods_to, self.buyer)]
        return " ".join([self.zone.value, *places, str(self.number or "-")])[:FACTS_MAX]


@dataclass(frozen=True, slots=True)
class ZoneObjection:
    """`is_blocking`: nothing is sent before a person has looked at it; else it is booked and told."""

    code: str
    is_blocking: bool = True


def zone_objection(sale: ZonedSale) -> ZoneObjection | None:
    """The first thing that contradicts the zone; None when nothing that is known does."""
    match sale.zone:
        case Zone.EU:
            return _eu(sale)
        case Zone.ABROAD:
            return _abroad(sale)
        case Zone.DOMESTIC:
            return _domestic(sale)
        case Zone.DOMESTIC_EXEMPT:
            return None


def _eu(sale: ZonedSale) -> ZoneObjection | None:
    area, number = _area(sale), sale.number
    if area is VatArea.DENMARK:
        return ZoneObjection("zone_eu_in_denmark")
    if number is not None and number.is_danish:
        return ZoneObjection("zone_eu_danish_number")
    if area is VatArea.OUTSIDE:
        return ZoneObjection("zone_eu_outside")
    if sale.is_oss and (number is None or not number.is_of_eu_business):
        return _consumer(sale)
    if number is None or (number.country and not number.is_eu):
        return ZoneObjection("zone_eu_without_number")
    if number is not None and not number.is_valid:
        return ZoneObjection("zone_eu_number_unlikely", is_blocking=False)
    return None


def _consumer(sale: ZonedSale) -> ZoneObjection | None:
    """Of a private person: which country's VAT is owed must be told, and that VAT must have been charged."""
    if sale.goods_to is None:
        return ZoneObjection("zone_oss_country_unknown")
    return None if sale.charges_vat else ZoneObjection("zone_oss_without_vat")


def _abroad(sale: ZonedSale) -> ZoneObjection | None:
    match _area(sale):
        case VatArea.DENMARK:
            return ZoneObjection("zone_abroad_in_denmark")
        case VatArea.EU:
            return ZoneObjection("zone_abroad_in_eu")
        case _:
            return None


def _domestic(sale: ZonedSale) -> ZoneObjection | None:
    if _area(sale) not in (None, VatArea.DENMARK):
        return ZoneObjection("zone_domestic_outside")
    if sale.buyer is not None and sale.buyer.area is not VatArea.DENMARK:
        return ZoneObjection("zone_domestic_buyer_outside", is_blocking=False)
    return None


def area_of_goods(goods_to: VatPlace, number: VatNumber | None) -> VatArea:
    """Of where the goods go. The country of a Northern Irish customer is often written as Great Britain."""
    if goods_to.code == "GB" and number is not None and number.country == "XI":
        return VatArea.EU
    return goods_to.area


def _area(sale: ZonedSale) -> VatArea | None:
    return None if sale.goods_to is None else area_of_goods(sale.goods_to, sale.number)
