"""The whole table of VAT zones against countries and VAT numbers (domain-rules H38)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.vat_areas import VatArea, VatPlace, vat_place
from lagerbro.books.vat_numbers import VatNumber, vat_number
from lagerbro.books.zone_rules import FACTS_MAX, ZonedSale, zone_objection
from lagerbro.books.zones import Zone

PLACES = {
    "DK": vat_place("Danmark", "8000"),
    "GL": vat_place("Grønland", "3900"),
    "DE": vat_place("Tyskland", "24937"),
    "Helgoland": vat_place("Tyskland", "27498"),
    "GB": vat_place("Storbritannien", "LS1 4AP"),
    "XI": vat_place("Nordirland", ""),
    "NO": vat_place("Norge", "0150"),
    "?": None,
}
NUMBERS = {
    "none": None,
    "Danish": vat_number("12345674", "DK"),
    "German": vat_number("DE136695976", "DE"),
    "unlikely": vat_number("DE900000000", "DE"),
    "British": vat_number("GB123456782", "GB"),
    "Northern Irish": vat_number("XI123456782", "GB"),
}


def asked(
    zone: Zone, goods_to: str, number: str = "none", buyer: str | None = None, *, oss: bool = False, vat: bool = True
) -> str:
    sale = ZonedSale(zone, PLACES[goods_to], PLACES[buyer or goods_to], NUMBERS[number], oss, vat)
    found = zone_objection(sale)
    return "" if found is None else f"{found.code}{'' if found.is_blocking else ' (told)'}"


@pytest.mark.parametrize(
    ("goods_to", "number", "expected"),
    [
        ("DE", "German", ""),
        ("?", "German", ""),
        ("XI", "Northern Irish", ""),
        ("GB", "Northern Irish", ""),
        ("DK", "German", "zone_eu_in_denmark"),
        ("DK", "none", "zone_eu_in_denmark"),
        ("DE", "Danish", "zone_eu_danish_number"),
        ("?", "Danish", "zone_eu_danish_number"),
        ("NO", "Danish", "zone_eu_danish_number"),
        ("NO", "German", "zone_eu_outside"),
        ("GL", "German", "zone_eu_outside"),
        ("Helgoland", "German", "zone_eu_outside"),
        ("GB", "German", "zone_eu_outside"),
        ("GB", "British", "zone_eu_outside"),
        ("DE", "none", "zone_eu_without_number"),
        ("?", "none", "zone_eu_without_number"),
        ("DE", "British", "zone_eu_without_number"),
        ("DE", "unlikely", "zone_eu_number_unlikely (told)"),
    ],
)
def test_zone_eu(goods_to: str, number: str, expected: str) -> None:
    assert asked(Zone.EU, goods_to, number) == expected


def test_oss_lets_private_people_in_the_eu_through_and_nobody_else() -> None:
    assert asked(Zone.EU, "DE", oss=True) == ""
    assert asked(Zone.EU, "DE", "unlikely", oss=True) == ""
    assert asked(Zone.EU, "DE", "British", oss=True) == ""
    assert asked(Zone.EU, "DE", oss=True, vat=False) == "zone_oss_without_vat"
    assert asked(Zone.EU, "DE", "unlikely", oss=True, vat=False) == "zone_oss_without_vat"
    assert asked(Zone.EU, "DE", "German", oss=True, vat=False) == ""
    assert asked(Zone.EU, "?", "German", oss=True) == ""
    assert asked(Zone.EU, "?", oss=True) == "zone_oss_country_unknown"
    assert asked(Zone.EU, "DK", oss=True) == "zone_eu_in_denmark"
    assert asked(Zone.EU, "NO", oss=True) == "zone_eu_outside"
    assert asked(Zone.EU, "DE", "Danish", oss=True) == "zone_eu_danish_number"


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("goods_to", "expected"),
    [
        ("NO", ""),
        ("GL", ""),
        ("Helgoland", ""),
        ("?", ""),
        ("DK", "zone_abroad_in_denmark"),
        ("DE", "zone_abroad_in_eu"),
        ("XI", "zone_abroad_in_eu"),
    ],
)
def test_zone_abroad(goods_to: str, number: str, expected: str) -> None:
    assert asked(Zone.ABROAD, goods_to, number) == expected


def test_great_britain_is_abroad_but_for_northern_irish_numbers() -> None:
    assert asked(Zone.ABROAD, "GB", "British") == ""
    assert asked(Zone.ABROAD, "GB", "Northern Irish") == "zone_abroad_in_eu"


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("goods_to", "buyer", "expected"),
    [
        ("DK", "DK", ""),
        ("DK", "?", ""),
        ("?", "?", ""),
        ("?", "DK", ""),
        ("DK", "DE", "zone_domestic_buyer_outside (told)"),
        ("DK", "GL", "zone_domestic_buyer_outside (told)"),
        ("DE", "DE", "zone_domestic_outside"),
        ("GL", "DK", "zone_domestic_outside"),
        ("NO", "DK", "zone_domestic_outside"),
    ],
)
def test_zone_domestic(goods_to: str, buyer: str, number: str, expected: str) -> None:
    assert asked(Zone.DOMESTIC, goods_to, number, buyer) == expected


def test_the_exempt_zone_is_never_asked_about() -> None:
    for goods_to, number, buyer in product(PLACES, NUMBERS, PLACES):
        assert asked(Zone.DOMESTIC_EXEMPT, goods_to, number, buyer) == ""


ZONE, PLACE, NUMBER = st.sampled_from(Zone), st.sampled_from([*PLACES.values()]), st.sampled_from([*NUMBERS.values()])
SALES = st.builds(ZonedSale, ZONE, PLACE, PLACE, NUMBER, st.booleans(), st.booleans())


@given(SALES)
def test_what_passes_without_a_word_agrees_with_the_table(sale: ZonedSale) -> None:
    """H38 read the other way round: for every zone, what must hold of a sale that nobody is asked about."""
    found = zone_objection(sale)
    area = area_of(sale.goods_to, sale.number)
    number = sale.number
    if found is None and sale.zone is Zone.EU:
        assert area in (None, VatArea.EU)
        assert number is None or not number.is_danish
        is_business = number is not None and number.is_eu and number.is_valid
        assert is_business or (sale.is_oss and sale.charges_vat and area is VatArea.EU)
    if found is None and sale.zone is Zone.ABROAD:
        assert area in (None, VatArea.OUTSIDE)
    if found is None and sale.zone is Zone.DOMESTIC:
        assert area in (None, VatArea.DENMARK)
        assert sale.buyer is None or sale.buyer.area is VatArea.DENMARK
    if found is not None and not found.is_blocking:
        assert area in ((None, VatArea.DENMARK) if sale.zone is Zone.DOMESTIC else (None, VatArea.EU))


def area_of(goods_to: VatPlace | None, number: VatNumber | None) -> VatArea | None:
    is_northern_irish = number is not None and number.country == "XI"
    if goods_to is not None and goods_to.code == "GB" and is_northern_irish:
        return VatArea.EU
    return goods_to.area if goods_to else None


@given(SALES, SALES)
def test_the_facts_change_with_zone_country_or_number_and_with_nothing_else(one: ZonedSale, other: ZonedSale) -> None:
    def looked_at(sale: ZonedSale) -> tuple[object, ...]:
        places = (sale.goods_to.code if sale.goods_to else None, sale.buyer.code if sale.buyer else None)
        return (sale.zone, *places, str(sale.number or ""))

    assert (one.facts == other.facts) == (looked_at(one) == looked_at(other))
    assert len(one.facts) <= FACTS_MAX
