"""Which country a text names: Rackbeat's countries are free text in the account's language (rackbeat-api 1.7, 8).

Codes of two and three letters, names in Danish and English first and then in other languages (CLDR, by Babel), and what
people write besides. Two codes are not ISO's: XI is Northern Ireland, EL is read as Greece.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

NORTHERN_IRELAND: Final = "XI"
_LANGUAGES: Final = ("da", "en")
_OTHER_LANGUAGES: Final = (
    *("nb", "sv", "de", "fi", "is", "fo", "kl", "nl", "fr", "it", "es", "pt", "pl", "cs", "sk", "hu", "ro", "bg", "el"),
    *("et", "lv", "lt", "hr", "sl", "mt", "ga", "tr"),
)
_OTHER_SPELLINGS: Final[Mapping[str, str]] = {
    "kongerigetdanmark": "DK",
    "kingdomofdenmark": "DK",
    "kalaallitnunaat": "GL",
    "faeroerne": "FO",
    "faroeislands": "FO",
    "thefaroeislands": "FO",
    "faeroeislands": "FO",
    "aland": "AX",
    "ahvenanmaa": "AX",
    "kanarieøerne": "IC",
    "dekanariskeøer": "IC",
    "thecanaryislands": "IC",
    "grancanaria": "IC",
    "tenerife": "IC",
    "england": "GB",
    "scotland": "GB",
    "skotland": "GB",
    "wales": "GB",
    "greatbritain": "GB",
    "uk": "GB",
    "nordirland": NORTHERN_IRELAND,
    "northernireland": NORTHERN_IRELAND,
    "xi": NORTHERN_IRELAND,
    "el": "GR",
    "hellas": "GR",
    "holland": "NL",
    "thenetherlands": "NL",
    "eire": "IE",
    "republicofireland": "IE",
    "usa": "US",
    "unitedstatesofamerica": "US",
    "storbritannienognordirland": "GB",
    "unitedkingdomofgreatbritainandnorthernireland": "GB",
    "turkey": "TR",
    "czechrepublic": "CZ",
    "dentjekkiskerepublik": "CZ",
}
_NO_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "ZZ"})
_BELONGS_TO: Final[Mapping[str, str]] = {
    NORTHERN_IRELAND: "GB",
    "GL": "DK",
    "FO": "DK",
    "AX": "FI",
    "IC": "ES",
    "EA": "ES",
}
"""Places that are named beside the country that they belong to: "Grønland, Danmark"."""
_SEPARATORS: Final = re.compile(r"[,;/()]|\s[-–]\s|(?<=^[A-Za-z]{2})[-–]")


def country_code(text: str | None) -> str | None:
    """The code of the country that the text names; None for no text, and for one that is not a country's name."""
    code = _code_of_name(text or "")
    if code is not None:
        return code
    codes = {named for part in _SEPARATORS.split((text or "").strip()) if (named := _code_of_name(part))}
    codes -= {_BELONGS_TO[part] for part in codes if part in _BELONGS_TO}
    return codes.pop() if len(codes) == 1 else None


def _code_of_name(text: str) -> str | None:
    key = _folded(text)
    if not key:
        return None
    return (
        _OTHER_SPELLINGS.get(key)
        or _common_names().get(key)
        or _three_letter_codes().get(key)
        or _other_names().get(key)
    )


def _folded(text: str) -> str:
    """Small letters without accents, blanks and signs: "St. Lucia" and "st lucia" are one name."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if letter.isalnum())


@cache
def _common_names() -> Mapping[str, str]:
    return {code.lower(): code for code in _territories("en")} | _codes_by_name(_LANGUAGES)


@cache
def _other_names() -> Mapping[str, str]:
    """Read only when a name is in neither Danish nor English: half a second, once."""
    return _codes_by_name(_OTHER_LANGUAGES)


@cache
def _three_letter_codes() -> Mapping[str, str]:
    """Codes of three letters."""
    known: Mapping[str, list[str]] = get_global("territory_aliases")
    return {alias.lower(): codes[0] for alias, codes in known.items() if alias.isalpha() and len(codes) == 1}


def _codes_by_name(languages: tuple[str, ...]) -> dict[str, str]:
    """The first language that has a name decides."""
    return {_folded(name): code for language in reversed(languages) for code, name in _territories(language).items()}


def _territories(language: str) -> dict[str, str]:
    """Countries by their code; not the parts of the world, which have digits, nor unions of countries."""
    named = Locale.parse(language).territories.items()
    return {code: name for code, name in named if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES}
