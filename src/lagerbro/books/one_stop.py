"""Which VAT zone a sale belongs to while One Stop VAT is on (domain-rules A21, F7, H13, H31), and whose country each of
e-conomic's zones is. Pure.

| the goods go to                      | the customer's VAT number      | zone in e-conomic       |
|--------------------------------------|--------------------------------|-------------------------|
| Denmark                              | any                            | Indland                 |
| the EU, Northern Ireland, Monaco     | of the EU, and its form right  | EU                      |
| the EU, Northern Ireland, Monaco     | none, or its form wrong        | the zone of the country |
| anywhere else                        | any                            | Udland                  |

Greenland, the Faroes, Åland, the Canary Islands and the other places of `vat_areas` are "anywhere else". Rackbeat's
exempt zone is e-conomic's fourth whatever the country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro.books.countries import NORTHERN_IRELAND, country_code
from lagerbro.books.vat_areas import EU_MEMBERS, VatArea, VatPlace
from lagerbro.books.vat_numbers import VatNumber
from lagerbro.books.zone_rules import area_of_goods
from lagerbro.books.zones import Zone, is_country_zone

CONSUMER_COUNTRIES: Final = frozenset({*EU_MEMBERS - {"DK"}, NORTHERN_IRELAND})
"""The countries whose VAT a seller in Denmark can owe."""
_TAXED_AS: Final[Mapping[str, str]] = {"MC": "FR", "GB": NORTHERN_IRELAND}
"""Monaco counts as France; Great Britain is asked about only where the number is Northern Irish."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_NAME_WORDS_MAX: Final = 4
"""Words of the longest name of a country: Den Tjekkiske Republik, Republic of …"""


@dataclass(frozen=True, slots=True)
class ConsumerCountry:
    """The sale is taxed where the consumer is: `code` is that country's."""

    code: str


def zone_of_sale(goods_to: VatPlace, number: VatNumber | None) -> Zone | ConsumerCountry:
    """The table above."""
    match area_of_goods(goods_to, number):
        case VatArea.DENMARK:
            return Zone.DOMESTIC
        case VatArea.OUTSIDE:
            return Zone.ABROAD
        case VatArea.EU if number is not None and number.is_of_eu_business:
            return Zone.EU
        case VatArea.EU:
            return ConsumerCountry(_TAXED_AS.get(goods_to.code, goods_to.code))


def zones_of_country(code: str, zones: Mapping[int, str]) -> list[int]:
    """The numbers of the zones whose names name the country. One is wanted: of none or several nothing is guessed."""
    return [number for number, name in sorted(zones.items()) if is_country_zone(number) and country_in(name) == code]


def country_in(name: str) -> str | None:
    """The country that a zone's name names: "Tyskland", "OSS DE", "DE19", "Privat, Den Tjekkiske Republik (21 %)".

    None where it names none, or more than one.
    """
    whole = country_code(name)
    if whole is not None:
        return whole if whole in CONSUMER_COUNTRIES else None
    countries = set(_countries_in(_WORD.findall(name)))
    return countries.pop() if len(countries) == 1 else None


def _countries_in(words: list[str]) -> Iterator[str]:
    """The longest name first, so that "Northern Ireland" is not Ireland."""
    at = 0
    while at < len(words):
        for length in range(min(_NAME_WORDS_MAX, len(words) - at), 0, -1):
            code = _named_by(words[at : at + length])
            if code is not None:
                yield code
                at += length
                break
        else:
            at += 1


def _named_by(words: list[str]) -> str | None:
    """Two or three letters are a code only in capitals: "de" and "se" are words."""
    text = " ".join(words)
    if len(text) <= 3 and not text.isupper():
        return None
    code = country_code(text)
    return code if code in CONSUMER_COUNTRIES else None
