"""Which country a text names, and where a place belongs for VAT (domain-rules H31, H38; surprises B2 to B4)."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.countries import country_code
from lagerbro.books.vat_areas import EU_MEMBERS, VatArea, vat_place

NAMES = {
    "DK": (
        "Danmark",
        "DANMARK ",
        "Denmark",
        "dk",
        "DNK",
        "DK-Danmark",
        "Danmark (DK)",
        "Kongeriget Danmark",
    ),
    "GL": ("Grønland", "Greenland", "GL", "Kalaallit Nunaat", "Grønland, Danmark", "Danmark - Grønland"),
    "FO": ("Færøerne", "Faroe Islands", "Føroyar", "FO", "Færøerne / Danmark"),
    "AX": ("Åland", "Aland", "Åland Islands", "Åland, Finland"),
    "DE": ("Tyskland", "Germany", "Deutschland", "DEU", "de"),
    "GR": ("Grækenland", "Greece", "GR", "EL", "Hellas"),
    "NL": ("Holland", "Nederlandene", "The Netherlands", "Nederland"),
    "GB": ("Storbritannien", "United Kingdom", "UK", "England", "Great Britain", "Skotland"),
    "XI": ("Nordirland", "Northern Ireland", "XI", "United Kingdom (Northern Ireland)"),
    "IE": ("Irland", "Ireland", "Éire"),
    "US": ("USA", "U.S.A.", "United States"),
    "NO": ("Norge", "Norway", "NO"),
    "CZ": ("Tjekkiet", "Czechia", "Czech Republic"),
    "AT": ("Østrig", "Austria", "Österreich"),
    "IC": ("Kanariske øer", "De Kanariske Øer", "Gran Canaria", "IC"),
}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in NAMES.items() for name in names])
def test_countries_are_known_by_what_people_write(code: str, name: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    "name", [None, "", " ", "-", "Danmrk", "Europa", "EU", "ZZ", "8000 Aarhus", "Norge/Sverige", "0"]
)
def test_what_is_no_countrys_name_is_nobodys(name: str | None) -> None:
    assert country_code(name) is None


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_name_of_the_language_is_known(language: str) -> None:
    territories = Locale.parse(language).territories
    wrong = {code: name for code, name in territories.items() if len(str(code)) == 2 and country_code(name) != code}
    assert not {code for code in wrong if code.isalpha()} - {"QO", "EU", "EZ", "UN", "ZZ"}


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_nothing(text: str) -> None:
    code = country_code(text)
    assert code is None or len(code) == 2
    found = vat_place(text, text)
    assert found is None or found.area in VatArea


D, E, OUT = VatArea.DENMARK, VatArea.EU, VatArea.OUTSIDE


@pytest.mark.parametrize(
    ("country", "postcode", "area"),
    [
        ("Danmark", "8000", D),
        ("Danmark", "3900", OUT),  # Nuuk
        ("Grønland", "3900", OUT),
        ("Færøerne", "100", OUT),
        ("", "FO-100", OUT),
        ("", "DK-8000", D),
        ("Finland", "20100", E),
        ("Finland", "22100", OUT),
        ("Finland", "FI-22100", OUT),
        ("Åland", "22100", OUT),
        ("Spanien", "28001", E),
        ("Spanien", "35001", OUT),
        ("Spanien", "38001", OUT),
        ("Spanien", "51001", OUT),
        ("Spanien", "52001", OUT),
        ("De Kanariske Øer", "", OUT),
        ("Tyskland", "24937", E),
        ("Tyskland", "27498", OUT),
        ("Tyskland", "D-78266", OUT),
        ("Italien", "20121", E),
        ("Italien", "23041", OUT),
        ("Italien", "22061", OUT),
        ("Grækenland", "104 31", E),
        ("EL", "63086", OUT),
        ("Frankrig", "75001", E),
        ("Frankrig", "97110", OUT),
        ("Frankrig", "97600", OUT),
        ("Frankrig", "98000", E),  # Monaco
        ("Guadeloupe", "", OUT),
        ("Monaco", "98000", E),
        ("San Marino", "", OUT),
        ("Vatikanstaten", "", OUT),
        ("Isle of Man", "", OUT),
        ("Storbritannien", "LS1 4AP", OUT),
        ("Storbritannien", "BT1 1AA", E),
        ("Nordirland", "", E),
        ("Norge", "0150", OUT),
        ("Schweiz", "8001", OUT),
        ("USA", "97201", OUT),
    ],
)
def test_where_a_place_belongs(country: str, postcode: str, area: VatArea) -> None:
    found = vat_place(country, postcode)
    assert found is not None
    assert found.area is area


def test_every_member_is_in_the_eu_and_nobody_else_is() -> None:
    for code in map(str, Locale.parse("en").territories):
        if len(code) == 2 and code.isalpha() and country_code(code) == code:
            found = vat_place(code, None)
            assert found is not None
            assert found.area is (D if code == "DK" else E if code in {*EU_MEMBERS, "MC"} else OUT), code


@pytest.mark.parametrize("country", [None, "", "Danmrk"])
def test_a_place_without_a_country_is_none(country: str | None) -> None:
    assert vat_place(country, "8000") is None
