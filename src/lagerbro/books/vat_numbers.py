"""VAT numbers as people write them: whose country's, and whether their form is right (surprises B2 to B5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stdnum.eu import vat

from lagerbro.books.company_numbers import cvr_in, normalized
from lagerbro.books.vat_areas import EU_MEMBERS

_GREECE: Final = {"EL": "GR"}
"""Greek numbers begin with EL; the country is GR. GR before a number is taken for the same."""
_REPORTED: Final = {country: prefix for prefix, country in _GREECE.items()}
_EU_CODES: Final = frozenset({*EU_MEMBERS, "XI"})
_PREFIXED_NUMBER: Final = re.compile(
    rf"\b({'|'.join(sorted({*_EU_CODES, 'EL', 'GB'}))})[ .:-]*((?=[A-Z]*[0-9])[0-9A-Z](?:[ .-]?[0-9A-Z])*)"
)


@dataclass(frozen=True, slots=True)
class VatNumber:
    """`country`: a code, XI for Northern Ireland, empty where nothing tells. `is_valid`: the form is that country's."""

    country: str
    digits: str
    is_valid: bool

    @property
    def is_danish(self) -> bool:
        return self.country == "DK"

    @property
    def is_eu(self) -> bool:
        return self.country in _EU_CODES

    @property
    def is_of_eu_business(self) -> bool:
        """What makes a customer a business in the EU; only the form is looked at, nobody is asked."""
        return self.is_eu and self.is_valid

    @property
    def reported(self) -> str:
        """As it is written on invoices and in reports to the authorities: Greek numbers begin with EL."""
        return f"{_REPORTED.get(self.country, self.country)}{self.digits}"

    def __str__(self) -> str:
        return f"{self.country}{self.digits}"


def vat_number(text: str | None, country: str | None) -> VatNumber | None:
    """The VAT number in a text of a customer in `country`; None where there is none.

    A country before the number counts most, then a Danish number by its check digit, then the customer's country.
    """
    written = normalized(text)
    if not re.search(r"[1-9]", written):
        return None
    prefixed = _prefixed_number(written)
    if prefixed is not None:
        return prefixed
    bare = re.sub(r"[^0-9A-Z]", "", written)
    cvr = cvr_in(written)
    if cvr is not None and not (country in _EU_CODES - {"DK"} and bare.isdigit() and _is_valid(str(country), bare)):
        return VatNumber("DK", cvr, is_valid=True)
    if country in _EU_CODES:
        return VatNumber(str(country), bare, _is_valid(str(country), bare))
    if country is not None:  # another country's form is not ours to judge
        return VatNumber(country, bare.removeprefix(country), is_valid=True)
    return VatNumber("", bare, is_valid=bool(vat.guess_country(bare)))


def _prefixed_number(written: str) -> VatNumber | None:
    """The number behind a country's two letters; a right one before one that only looks so."""
    numbers = []
    for prefix, rest in _PREFIXED_NUMBER.findall(written):
        code, digits = _GREECE.get(prefix, prefix), re.sub(r"[^0-9A-Z]", "", rest)
        if code == "SE" and cvr_in(digits) == digits:  # a Danish SE number
            code = "DK"
        numbers.append(VatNumber(code, digits, is_valid=code == "GB" or _is_valid(code, digits)))
    return next((number for number in numbers if number.is_valid), numbers[0] if numbers else None)


def _is_valid(country: str, digits: str) -> bool:
    return bool(vat.is_valid(f"{country}{digits}"))
