"""The table of One Stop VAT, whole, and the names that a zone of e-conomic's may have (domain-rules F7)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.one_stop import CONSUMER_COUNTRIES, ConsumerCountry, country_in, zone_of_sale, zones_of_country
from lagerbro.books.vat_areas import VatPlace, vat_place
from lagerbro.books.vat_numbers import vat_number
from lagerbro.books.zone_rules import ZonedSale, zone_objection
from lagerbro.books.zones import Zone


def place(country: str, postcode: str = "") -> VatPlace:
    found = vat_place(country, postcode)
    assert found is not None
    return found


DENMARK, EU, ABROAD = Zone.DOMESTIC, Zone.EU, Zone.ABROAD
BELGIAN, GREEK, GERMAN, NORTHERN_IRISH = "BE1012345646", "EL023456780", "DE136695976", "XI123456782"
TABLE = [
    # goods to, postcode, customer's VAT number, zone or country
    ("Danmark", "8000", "", DENMARK),
    ("Danmark", "8000", GERMAN, DENMARK),
    ("Danmark", "8000", "12345674", DENMARK),
    ("Tyskland", "24103", GERMAN, EU),
    ("Tyskland", "24103", BELGIAN, EU),
    ("Belgien", "1000", BELGIAN, EU),
    ("Belgien", "1000", BELGIAN[2:], EU),
    ("Grækenland", "10558", GREEK, EU),
    ("Grækenland", "10558", "GR 023456780", EU),
    ("Grækenland", "10558", "", "GR"),
    ("EL", "10558", "", "GR"),
    ("Tyskland", "24103", "", "DE"),
    ("Tyskland", "24103", "-", "DE"),
    ("Tyskland", "24103", "DE900000000", "DE"),
    ("Tyskland", "24103", "GB123456782", "DE"),
    ("Sverige", "21120", "", "SE"),
    ("Finland", "20100", "", "FI"),
    ("Monaco", "98000", "", "FR"),
    ("Frankrig", "98000", "", "FR"),
    ("Nordirland", "", "", "XI"),
    ("Storbritannien", "BT1 5GS", "", "XI"),
    ("Storbritannien", "LS1 4AP", NORTHERN_IRISH, EU),
    ("Storbritannien", "BT1 5GS", NORTHERN_IRISH, EU),
    ("Storbritannien", "LS1 4AP", "", ABROAD),
    ("Storbritannien", "LS1 4AP", "GB123456782", ABROAD),
    ("Norge", "0150", "", ABROAD),
    ("Norge", "0150", GERMAN, ABROAD),
    # special territories, by name and by postcode
    ("Grønland", "3900", "", ABROAD),
    ("Danmark", "3900", "", ABROAD),
    ("Færøerne", "100", "", ABROAD),
    ("Åland", "22100", "", ABROAD),
    ("Finland", "22100", "", ABROAD),
    ("De Kanariske Øer", "35001", "", ABROAD),
    ("Spanien", "35001", "", ABROAD),
    ("Spanien", "38001", "", ABROAD),
    ("Spanien", "51001", "", ABROAD),
    ("Spanien", "52001", "", ABROAD),
    ("Spanien", "28001", "", "ES"),
    ("Tyskland", "27498", "", ABROAD),
    ("Tyskland", "78266", "", ABROAD),
    ("Italien", "23041", "", ABROAD),
    ("Italien", "22061", "", ABROAD),
    ("Grækenland", "63086", "", ABROAD),
    ("Frankrig", "97100", "", ABROAD),
    ("San Marino", "47890", "", ABROAD),
    ("Vatikanstaten", "00120", "", ABROAD),
    ("Isle of Man", "IM1 1AA", "", ABROAD),
]


@pytest.mark.parametrize(("country", "postcode", "number", "expected"), TABLE)
def test_the_table(country: str, postcode: str, number: str, expected: Zone | str) -> None:
    goods_to = place(country, postcode)
    found = zone_of_sale(goods_to, vat_number(number, goods_to.country))
    assert found == (expected if isinstance(expected, Zone) else ConsumerCountry(expected))


NAMES = [
    ("Tyskland", "DE"),
    ("TYSKLAND", "DE"),
    ("Germany", "DE"),
    ("DE", "DE"),
    ("DE19", "DE"),
    ("OSS DE", "DE"),
    ("OSS-DE", "DE"),
    ("DE - OSS (19 %)", "DE"),
    ("Salg til private i Tyskland", "DE"),
    ("One Stop Moms, Sverige 25 %", "SE"),
    ("SE25", "SE"),
    ("Finland 25,5%", "FI"),
    ("EL", "GR"),
    ("GR24", "GR"),
    ("Grækenland", "GR"),
    ("Nordirland", "XI"),
    ("Northern Ireland", "XI"),
    ("OSS Northern Ireland", "XI"),
    ("XI", "XI"),
    ("Irland", "IE"),
    ("Den Tjekkiske Republik 21 %", "CZ"),
    ("Holland", "NL"),
    ("OSS Nederlandene", "NL"),
    ("Østrig", "AT"),
    ("DEU", "DE"),
    # names no country, or more than one
    ("OSS", None),
    ("VAT", None),
    ("Project", None),
    ("EU", None),
    ("Salg til andre lande de sidste år", None),
    ("at private se", None),
    ("Tyskland og Sverige", None),
    ("DE SE", None),
    ("Danmark", None),
    ("Norge", None),
    ("", None),
    ("8", None),
]


@pytest.mark.parametrize(("name", "country"), NAMES)
def test_the_country_of_a_zone(name: str, country: str | None) -> None:
    assert country_in(name) == country


def test_every_country_is_found_by_its_code_in_every_common_way_to_write_it() -> None:
    for code in CONSUMER_COUNTRIES:
        assert {country_in(name) for name in (code, f"OSS {code}", f"{code}25", f"{code} 25 %")} == {code}


def test_the_zones_that_are_the_same_everywhere_are_no_countrys_and_two_are_both_told() -> None:
    zones = {1: "Sverige", 2: "EU", 8: "Tyskland", 9: "OSS DE", 10: "Sverige", 11: "Projekt"}
    assert zones_of_country("SE", zones) == [10]
    assert zones_of_country("DE", zones) == [8, 9]
    assert zones_of_country("FI", zones) == []


PLACES = [place(country, postcode) for country, postcode, _, _ in TABLE]
NUMBERS = [None, *(vat_number(text, None) for text in ("12345674", BELGIAN, GREEK, GERMAN, NORTHERN_IRISH, "DE1"))]


@given(st.sampled_from(Zone), st.sampled_from(PLACES), st.sampled_from(NUMBERS), st.booleans())
def test_what_passes_without_a_word_has_the_zone_of_the_table(
    zone: Zone, goods_to: VatPlace, number: object, charges: bool
) -> None:
    """H13: Rackbeat's zone either agrees with the table, or the sale is held or told."""
    sale = ZonedSale(zone, goods_to, goods_to, number, is_oss=True, charges_vat=charges)  # type: ignore[arg-type]
    if zone is Zone.DOMESTIC_EXEMPT or zone_objection(sale) is not None:
        return
    wanted = zone_of_sale(goods_to, sale.number)
    assert wanted == zone or (zone is EU and charges and isinstance(wanted, ConsumerCountry))


def test_every_pair_of_a_place_and_a_number_has_a_zone() -> None:
    for goods_to, number in product(PLACES, NUMBERS):
        found = zone_of_sale(goods_to, number)
        assert found in {DENMARK, EU, ABROAD} or found.code in CONSUMER_COUNTRIES  # type: ignore[union-attr]
