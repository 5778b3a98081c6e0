"""Customers and suppliers of a world. All of them are made up; every address is at example.com."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.company import ZONE_ABROAD, ZONE_DOMESTIC, ZONE_DOMESTIC_EXEMPT, ZONE_EU, Party
from lagerbro_sandbox.nordlys.parties import cvr
from lagerbro_sandbox.nordlys.products import ean13
from lagerbro_sandbox.nordlys.vat_numbers import eu_vat_number
from lagerbro_sandbox.worlds.draws import Draws
from lagerbro_sandbox.worlds.size import Size

FIRST_CUSTOMER: Final = 10001
FIRST_SUPPLIER: Final = 50_000_001
"""Above every customer there can be, so that nobody mistakes one for the other."""

CONSUMER_VAT: Final = {
    "Tyskland": Decimal(19),
    "Sverige": Decimal(25),
    "Holland": Decimal(21),
    "Polen": Decimal(23),
    "Finland": Decimal("25.5"),
}
"""The VAT of a private person's country, which a seller under the One Stop Shop charges."""

_TOWNS: Final = (
    ("8000", "Aarhus C"),
    ("5000", "Odense C"),
    ("9000", "Aalborg"),
    ("7100", "Vejle"),
    ("4000", "Roskilde"),
)
_SHOPS: Final = ("Cykelhjørnet", "Pedalen", "To Hjul", "Cykelsmeden", "Medvind", "Fri Fart", "Kædehuset")
_PUBLIC: Final = ("Kommune, Teknik", "Kommune, Skoler", "Gymnasium", "Bibliotek")
_FIRST: Final = ("Alva", "Bo", "Elin", "Finn", "Greta", "Jan", "Liv", "Mats", "Pia", "Tove")
_LAST: Final = ("Beispiel", "Exempel", "Voorbeeld", "Przykład", "Esimerkki")
_EU: Final = (
    ("Tyskland", "DE", "EUR", "Kiel", "24103"),
    ("Sverige", "SE", "SEK", "Malmö", "21120"),
    ("Holland", "NL", "EUR", "Utrecht", "3511"),
    ("Polen", "PL", "EUR", "Gdańsk", "80-001"),
    ("Finland", "FI", "EUR", "Turku", "20100"),
)
_ABROAD: Final = (
    ("Norge", "NOK", "Bergen", "5003"),
    ("Schweiz", "EUR", "Zürich", "8001"),
    ("USA", "USD", "Portland", "97201"),
)
_CVR_COUNT: Final = 10_000
_EXEMPT: Final = (("Grønland", "Nuuk", "3900"), ("Færøerne", "Tórshavn", "100"))


def customers(size: Size) -> Iterator[Party]:
    draws = Draws("customers", size.seed)
    for index in range(size.customer_count):
        yield _customer(FIRST_CUSTOMER + index, draws)


def _customer(number: int, draws: Draws) -> Party:
    # Spread evenly, so that a small world has every kind of customer among those who buy most.
    kind = 1 + (number * 37) % 100
    if kind <= 58:
        zip_code, city = draws.of(_TOWNS)
        name = f"{draws.of(_SHOPS)} {city} {number}"
        return _party(
            number, name, (1, ZONE_DOMESTIC), "DKK", zip_code, city, "Danmark", draws, vat_number=_cvr(number)
        )
    if kind <= 70:
        zip_code, city = draws.of(_TOWNS)
        return _public(number, f"{city} {draws.of(_PUBLIC)} {number}", zip_code, city, draws)
    if kind <= 82:
        country, prefix, currency, city, zip_code = draws.of(_EU)
        vat_number = eu_vat_number(prefix, number)
        name = f"Velo {city} {number}"
        return _party(number, name, (2, ZONE_EU), currency, zip_code, city, country, draws, vat_number=vat_number)
    if kind <= 92:
        country, _, currency, city, zip_code = draws.of(_EU)
        name = f"{draws.of(_FIRST)} {draws.of(_LAST)}"
        return _party(number, name, (2, ZONE_EU), currency, zip_code, city, country, draws)
    if kind <= 97:
        country, currency, city, zip_code = draws.of(_ABROAD)
        return _party(number, f"Bike {city} {number}", (2, ZONE_ABROAD), currency, zip_code, city, country, draws)
    country, city, zip_code = draws.of(_EXEMPT)
    return _party(number, f"Cykler {city} {number}", (1, ZONE_DOMESTIC_EXEMPT), "DKK", zip_code, city, country, draws)


def _public(number: int, name: str, zip_code: str, city: str, draws: Draws) -> Party:
    more: dict[str, str | None] = {
        "vat_number": _cvr(number),
        "ean": ean13(f"5798{number:08d}"),
        "contact": f"Rekvirent {number}",
    }
    return _party(number, name, (3, ZONE_DOMESTIC), "DKK", zip_code, city, "Danmark", draws, **more)


def suppliers(size: Size) -> Iterator[Party]:
    draws = Draws("suppliers", size.seed)
    for index in range(size.supplier_count):
        number, kind = FIRST_SUPPLIER + index, draws.between(1, 10)
        if kind <= 5 or index == 0:
            zip_code, city = draws.of(_TOWNS)
            name, vat = f"Grossisten {city} {number}", _cvr(number)
            yield _party(number, name, (1, ZONE_DOMESTIC), "DKK", zip_code, city, "Danmark", draws, vat_number=vat)
        elif kind <= 8:
            country, prefix, currency, city, zip_code = draws.of(_EU)
            name, vat = f"Teile {city} {number}", eu_vat_number(prefix, number)
            yield _party(number, name, (2, ZONE_EU), currency, zip_code, city, country, draws, vat_number=vat)
        else:
            country, currency, city, zip_code = draws.of(_ABROAD)
            yield _party(number, f"Parts {city} {number}", (2, ZONE_ABROAD), currency, zip_code, city, country, draws)


def _party(  # noqa: PLR0913, PLR0917 - a row of facts
    number: int,
    name: str,
    group_and_zone: tuple[int, int],
    currency: str,
    zip_code: str,
    city: str,
    country: str,
    draws: Draws,
    *,
    vat_number: str | None = None,
    ean: str | None = None,
    contact: str | None = None,
) -> Party:
    group, zone = group_and_zone
    return Party(
        number=number,
        name=name,
        group=group,
        zone=zone,
        currency=currency,
        payment_terms=draws.between(1, 3),
        address=f"Eksempelvej {draws.between(1, 240)}",
        zip_code=zip_code,
        city=city,
        country=country,
        email=f"post{number}@example.com",
        vat_number=vat_number,
        ean=ean,
        contact=contact,
        layout=3 if ean else 1 if zone == ZONE_DOMESTIC else 2,
    )


def _cvr(number: int) -> str:
    """A valid one of a range of made-up ones; in a large world some come twice."""
    return cvr(number % _CVR_COUNT)


def is_consumer(zone: str, vat_number: str | None, country: str | None) -> bool:
    """Whether the seller charges the VAT of the customer's country."""
    return zone == "eu" and not vat_number and country in CONSUMER_VAT
