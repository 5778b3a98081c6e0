"""Where a place belongs for VAT on goods: Denmark, the EU, or outside (domain-rules H31, H38, surprises B2 to B5).

The territories that a country's name does not tell are from the VAT directive's articles 5 to 7, from memory: `[mem]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lagerbro.books.countries import NORTHERN_IRELAND, country_code


class VatArea(StrEnum):
    DENMARK = "denmark"
    EU = "eu"
    OUTSIDE = "outside"


EU_MEMBERS: Final = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
_TREATED_AS_EU: Final = frozenset({NORTHERN_IRELAND, "MC"})
"""Goods to Northern Ireland count as to the EU; Monaco counts as France."""
_TERRITORIES_BY_POSTCODE: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "DK": ((r"39\d\d", "GL"),),
    "FI": ((r"22\d{3}", "AX"),),
    "ES": ((r"(35|38)\d{3}", "IC"), (r"(51|52)\d{3}", "EA")),
    "DE": (("27498", ""), ("78266", "")),
    "IT": (("23041", ""), ("22061", "")),
    "GR": (("63086", ""),),
    "FR": ((r"980\d\d", "MC"), (r"9[78]\d{3}", "")),
    "GB": ((r"BT\d.*", NORTHERN_IRELAND),),
}
"""By country: postcodes of places that are taxed otherwise than the country is, with the code of those that have one.

Helgoland and Büsingen, Livigno and Campione, Athos, what is French overseas."""


@dataclass(frozen=True, slots=True)
class VatPlace:
    """`code`: the country, or the territory in it that is taxed by itself. `text`: as it is written, for people."""

    code: str
    country: str
    text: str

    @property
    def area(self) -> VatArea:
        if self.code == "DK":
            return VatArea.DENMARK
        return VatArea.EU if self.code in EU_MEMBERS or self.code in _TREATED_AS_EU else VatArea.OUTSIDE


def vat_place(country: str | None, postcode: str | None) -> VatPlace | None:
    """The place of an address; None where its country is not told or is not a country's name."""
    code = country_code(country) or _country_before(postcode)
    if code is None:
        return None
    text = (country or "").strip() or code
    number = re.sub(r"[^0-9]" if code != "GB" else r"[^0-9A-Z]", "", (postcode or "").upper())
    for pattern, territory in _TERRITORIES_BY_POSTCODE.get(code, ()):
        if re.fullmatch(pattern, number, re.ASCII):
            return VatPlace(territory or f"{code}-{number}", code, f"{text} ({(postcode or '').strip()})")
    return VatPlace(code, code, text)


def _country_before(postcode: str | None) -> str | None:
    """The country before a postcode, as in "FO-100"."""
    match = re.match(r"([A-Za-z]{2})-(?=\d)", (postcode or "").strip())
    return country_code(match[1]) if match else None
