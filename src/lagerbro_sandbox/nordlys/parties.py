"""Sixty customers in four VAT zones and fifteen suppliers. All of them are made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.company import Party, PartyGroup
from lagerbro_sandbox.nordlys.products import ean13
from lagerbro_sandbox.nordlys.vat_numbers import eu_vat_number

CUSTOMER_GROUPS: Final = (
    PartyGroup(1, "Danske kunder", 5600),
    PartyGroup(2, "Udenlandske kunder", 5605),
    PartyGroup(3, "Offentlige kunder", 5600),
)
SUPPLIER_GROUPS: Final = (PartyGroup(1, "Danske leverandører", 6800), PartyGroup(2, "Udenlandske leverandører", 6805))

_TOWNS: Final = (
    ("8000", "Aarhus C"),
    ("5000", "Odense C"),
    ("9000", "Aalborg"),
    ("6000", "Kolding"),
    ("7100", "Vejle"),
    ("4000", "Roskilde"),
    ("2100", "København Ø"),
    ("3400", "Hillerød"),
)
_SHOPS: Final = (
    "Cykelhjørnet",
    "Pedalen",
    "Byens Cykler",
    "To Hjul",
    "Cykelsmeden",
    "Medvind",
    "Fri Fart",
    "Kædehuset",
)
_STREETS: Final = ("Torvet", "Algade", "Nørregade", "Vestergade", "Havnen")
_PUBLIC: Final = (
    "Kommune, Teknik",
    "Kommune, Skoler",
    "Kommune, Ældrepleje",
    "Regionshospital",
    "Gymnasium",
    "Bibliotek",
)
_EU: Final = (
    ("Velo Nord GmbH", "Flensburg", "24937", "Tyskland", "DE", "EUR"),
    ("Radhaus Kiel GmbH", "Kiel", "24103", "Tyskland", "DE", "EUR"),
    ("Skåne Cykel AB", "Malmö", "21120", "Sverige", "SE", "SEK"),
    ("Göta Hjul AB", "Göteborg", "41103", "Sverige", "SE", "SEK"),
    ("Fiets & Co B.V.", "Utrecht", "3511", "Holland", "NL", "EUR"),
    ("Vélo Bleu SARL", "Lille", "59000", "Frankrig", "FR", "EUR"),
    ("Rower Plus sp. z o.o.", "Gdańsk", "80-001", "Polen", "PL", "EUR"),
    ("Pyörä Oy", "Turku", "20100", "Finland", "FI", "EUR"),
)
_ABROAD: Final = (
    ("Fjell Sykkel AS", "Bergen", "5003", "Norge", "NOK"),
    ("Oslo Hjulservice AS", "Oslo", "0150", "Norge", "NOK"),
    ("Harbour Cycles Ltd", "Leeds", "LS1 4AP", "Storbritannien", "EUR"),
    ("Alpenrad AG", "Zürich", "8001", "Schweiz", "EUR"),
    ("Bay Bikes Inc.", "Portland", "97201", "USA", "USD"),
)
_EXEMPT: Final = (
    ("Nuuk Cykeludlejning", "Nuuk", "3900", "Grønland"),
    ("Tórshavn Súkklur", "Tórshavn", "100", "Færøerne"),
)


def customers() -> tuple[Party, ...]:
    return tuple(Party(number=10001 + index, **facts) for index, facts in enumerate(_customers()))  # type: ignore[arg-type]


def _customers() -> Iterator[dict[str, object]]:
    for index in range(33):
        zip_code, city = _TOWNS[index % len(_TOWNS)]
        name = f"{_SHOPS[index % len(_SHOPS)]} {city} {'ApS' if index % 3 else 'A/S'}"
        if index >= len(_TOWNS):
            name = f"{_SHOPS[(index * 3 + index // 8) % len(_SHOPS)]} {_STREETS[index // 8]} {city}"
        yield _facts(name, 1, 1, "DKK", zip_code, city, "Danmark", index, vat_number=cvr(index))
    for index in range(12):
        zip_code, city = _TOWNS[index % len(_TOWNS)]
        name = f"{city.split()[0]} {_PUBLIC[index % len(_PUBLIC)]}"
        public = {"ean": ean13(f"579800{index:06d}"), "contact": f"Rekvirent {index + 1}", "layout": 3}
        yield _facts(name, 3, 1, "DKK", zip_code, city, "Danmark", index, vat_number=cvr(100 + index), **public)
    for index, (name, city, zip_code, country, prefix, currency) in enumerate(_EU):
        vat = eu_vat_number(prefix, index)
        yield _facts(name, 2, 2, currency, zip_code, city, country, index, vat_number=vat, layout=2)
    for index, (name, city, zip_code, country, currency) in enumerate(_ABROAD):
        yield _facts(name, 2, 3, currency, zip_code, city, country, index, layout=2)
    for index, (name, city, zip_code, country) in enumerate(_EXEMPT):
        yield _facts(name, 1, 4, "DKK", zip_code, city, country, index)


def _facts(  # noqa: PLR0913, PLR0917 - a row of facts
    name: str, group: int, zone: int, currency: str, zip_code: str, city: str, country: str, index: int, **more: object
) -> dict[str, object]:
    return {
        "name": name,
        "group": group,
        "zone": zone,
        "currency": currency,
        "payment_terms": 1 + index % 3,
        "address": f"Eksempelvej {index + 1}",
        "zip_code": zip_code,
        "city": city,
        "country": country,
        "email": f"faktura{group}{zone}{index}@example.com",
        "layout": 1,
        **more,
    }


_SUPPLIERS: Final = (
    ("Dansk Cykelimport A/S", 1, "Danmark", "DKK"),
    ("Jysk Gummi ApS", 1, "Danmark", "DKK"),
    ("Fynske Lygter ApS", 1, "Danmark", "DKK"),
    ("Sjællands Fragt A/S", 1, "Danmark", "DKK"),
    ("Værktøjsgrossisten A/S", 1, "Danmark", "DKK"),
    ("Rahmenbau Holstein GmbH", 2, "Tyskland", "EUR"),
    ("Motorwerk Ost GmbH", 2, "Tyskland", "EUR"),
    ("Ketten & Kranz GmbH", 2, "Tyskland", "EUR"),
    ("Sellerie Lyon SAS", 2, "Frankrig", "EUR"),
    ("Ruote Milano S.r.l.", 2, "Italien", "EUR"),
    ("Nordisk Textil AB", 2, "Sverige", "SEK"),
    ("Taipei Frames Co.", 3, "Taiwan", "USD"),
    ("Osaka Gears K.K.", 3, "Japan", "USD"),
    ("Shenzhen Lights Ltd", 3, "Kina", "USD"),
    ("Fjord Sykkeldeler AS", 3, "Norge", "NOK"),
)


def suppliers() -> tuple[Party, ...]:
    return tuple(
        Party(
            number=50001 + index,
            name=name,
            group=1 if zone == 1 else 2,
            zone=zone,
            currency=currency,
            payment_terms=1,
            address=f"Industrivej {index + 1}",
            zip_code="7000",
            city="Eksempelby",
            country=country,
            email=f"ordre{index}@example.com",
            vat_number=cvr(200 + index) if zone == 1 else None,
        )
        for index, (name, zone, country, currency) in enumerate(_SUPPLIERS)
    )


def cvr(index: int) -> str:
    """An eight-digit number whose weighted sum is a multiple of eleven, from a range of made-up ones."""
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    number = 99_000_000 + index * 97
    while sum(int(digit) * weight for digit, weight in zip(str(number), weights, strict=True)) % 11:
        number += 1
    return str(number)
