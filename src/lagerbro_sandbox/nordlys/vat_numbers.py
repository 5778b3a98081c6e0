"""Made-up VAT numbers of other EU countries, with the check digits that each country has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final


def eu_vat_number(country: str, seed: int) -> str:
    """The number of a made-up company: another seed below 100 000, another number."""
    series = (str(series) for series in range(99, 0, -1))
    return country + next(number for first in series if (number := _MADE[country](first, f"{seed % 100_000:05d}")))


def _germany(first: str, seed: str) -> str:
    digits, product = f"{first}0{seed}", 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return f"{digits}{(11 - product) % 10}"


def _sweden(first: str, seed: str) -> str:
    return f"{_luhn(f'55{first}{seed}')}01"


def _netherlands(first: str, seed: str) -> str:
    number = _weighted(f"{first}0{seed}", range(9, 1, -1), sign=1)
    return number and f"{number}B01"


def _france(first: str, seed: str) -> str:
    company = _luhn(f"{first}0{seed}")
    return f"{(12 + 3 * (int(company) % 97)) % 97:02d}{company}"


def _poland(first: str, seed: str) -> str:
    return _weighted(f"{first}00{seed}", (6, 5, 7, 2, 3, 4, 5, 6, 7), sign=1)


def _finland(first: str, seed: str) -> str:
    return _weighted(f"{first}{seed}", (7, 9, 10, 5, 8, 4, 2), sign=-1)


def _weighted(digits: str, weights: Iterable[int], sign: int) -> str:
    """With the check digit that a sum modulo 11 gives; nothing where it would have two digits."""
    check = sign * sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return f"{digits}{check}" if check < 10 else ""


def _luhn(digits: str) -> str:
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


_MADE: Final[Mapping[str, Callable[[str, str], str]]] = {
    "DE": _germany,
    "SE": _sweden,
    "NL": _netherlands,
    "FR": _france,
    "PL": _poland,
    "FI": _finland,
}
