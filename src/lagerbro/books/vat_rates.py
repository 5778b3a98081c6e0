"""What VAT a consumer's country takes, by day: used only to warn, as e-conomic's own rate books (domain-rules H31).

Sources. Standard rates: surprises B1, and for every country and day from 2016 read against Duty27's table as of
4 October 2026 (duty27.com/vat-rates/history, CC BY 4.0); Northern Ireland's from memory `[mem]`. Reduced rates: from
memory and without days `[mem]`, so one that has gone or is about to come is taken for known. Days are local dates,
never instants.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

_ALWAYS: Final = "2016-01-01"
"""Nothing is known of earlier days."""
_STANDARD: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "AT": ((_ALWAYS, "20"),),
    "BE": ((_ALWAYS, "21"),),
    "BG": ((_ALWAYS, "20"),),
    "CY": ((_ALWAYS, "19"),),
    "CZ": ((_ALWAYS, "21"),),
    "DE": ((_ALWAYS, "19"), ("2020-07-01", "16"), ("2021-01-01", "19")),
    "EE": ((_ALWAYS, "20"), ("2024-01-01", "22"), ("2025-07-01", "24")),
    "ES": ((_ALWAYS, "21"),),
    "FI": ((_ALWAYS, "24"), ("2024-09-01", "25.5")),
    "FR": ((_ALWAYS, "20"),),
    "GR": ((_ALWAYS, "23"), ("2016-06-01", "24")),
    "HR": ((_ALWAYS, "25"),),
    "HU": ((_ALWAYS, "27"),),
    "IE": ((_ALWAYS, "23"), ("2020-09-01", "21"), ("2021-03-01", "23")),
    "IT": ((_ALWAYS, "22"),),
    "LT": ((_ALWAYS, "21"),),
    "LU": ((_ALWAYS, "17"), ("2023-01-01", "16"), ("2024-01-01", "17")),
    "LV": ((_ALWAYS, "21"),),
    "MT": ((_ALWAYS, "18"),),
    "NL": ((_ALWAYS, "21"),),
    "PL": ((_ALWAYS, "23"),),
    "PT": ((_ALWAYS, "23"),),
    "RO": ((_ALWAYS, "20"), ("2017-01-01", "19"), ("2025-08-01", "21")),
    "SE": ((_ALWAYS, "25"),),
    "SI": ((_ALWAYS, "22"),),
    "SK": ((_ALWAYS, "20"), ("2025-01-01", "23")),
    "XI": ((_ALWAYS, "20"),),
}
"""By country: from which day, and how many per cent."""
_REDUCED: Final[Mapping[str, str]] = {
    "AT": "10 13",
    "BE": "6 12",
    "BG": "9",
    "CY": "3 5 9",
    "CZ": "10 12 15",
    "DE": "5 7",
    "EE": "5 9 13",
    "ES": "4 5 10",
    "FI": "10 13.5 14",
    "FR": "2.1 5.5 10",
    "GR": "6 13",
    "HR": "5 13",
    "HU": "5 18",
    "IE": "4.8 9 13.5",
    "IT": "4 5 10",
    "LT": "5 9 12",
    "LU": "3 7 8 13 14",
    "LV": "5 12",
    "MT": "5 7 12",
    "NL": "6 9",
    "PL": "5 8",
    "PT": "6 13",
    "RO": "5 9 11",
    "SE": "6 12",
    "SI": "5 9.5",
    "SK": "5 10 19",
    "XI": "5",
}
"""By country: the rates of goods that are taxed less."""


def standard_rate(country: str, day: date) -> Decimal | None:
    """The country's ordinary rate on a local date, in per cent; None where nothing is known."""
    known = [rate for first, rate in _STANDARD.get(country, ()) if first <= day.isoformat()]
    return Decimal(known[-1]) if known else None


def is_known_rate(country: str, rate: Decimal, day: date) -> bool:
    """Whether the country has the rate on that day; true also where nothing is known, as nothing is said then."""
    standard = standard_rate(country, day)
    reduced = {Decimal(one) for one in _REDUCED.get(country, "").split()}
    return standard is None or rate == standard or rate in reduced
