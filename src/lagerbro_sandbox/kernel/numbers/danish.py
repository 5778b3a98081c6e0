"""Figures and dates as Danish pages write them: 1.234,56 with a true minus, 24.11.2026."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
FILTERS: Final = ("amount", "figure", "day", "moment")
LENGTH_MAX: Final = 40
WHOLE_DIGITS_MAX: Final = 15
_BLANKS: Final = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_NUMBER: Final = re.compile(
    rf"(?P<sign>[-+{MINUS}]?)"
    rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:[{_BLANKS}][0-9]{{3}})+|(?=,))"
    r"(?:,(?P<comma>[0-9]+)|(?<=[0-9])\.(?P<dot>[0-9]{1,2}))?"
)


def amount(value: object) -> str:
    """Two decimals at least, and as many more as the number has."""
    return _written(value, at_least=2)


def figure(value: object) -> str:
    """A quantity or a rate: as many decimals as it has."""
    return _written(value, at_least=0)


def day(value: object) -> str:
    """The day of an ISO date or timestamp."""
    text = str(value or "")
    try:
        return datetime.fromisoformat(text).strftime("%d.%m.%Y") if text else ""
    except ValueError:
        return text


def moment(value: object) -> str:
    """Day and minute of an ISO timestamp, in the zone that it is written in."""
    text = str(value or "")
    try:
        return datetime.fromisoformat(text).strftime("%d.%m.%Y %H.%M") if text else ""
    except ValueError:
        return text


def number(text: str) -> Decimal | None:
    """What a person typed, as Danish writes numbers; None for what is none, or could be two.

    1.234 is 1234 and 1.234,50 is 1234.50, with dots or blanks between the thousands. A dot before one or two last
    digits can only be meant as a comma (12.5). 1,234.50, 1234.567 and 0.125 are read in two ways and taken in neither.
    """
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= LENGTH_MAX else None
    if match is None:
        return None
    digits = re.sub(r"\D", "", match["whole"]) or "0"
    decimals = match["comma"] or match["dot"] or ""
    return Decimal(f"{match['sign'].replace(MINUS, '-')}{digits}{'.' if decimals else ''}{decimals}")


def whole(text: str) -> int | None:
    """The number of a record, or a count: digits alone; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= WHOLE_DIGITS_MAX else None


def _written(value: object, at_least: int) -> str:
    text = "" if value is None else str(value)
    if not text:  # also what a template's record lacks
        return ""
    exact = Decimal(text).normalize() + 0
    exponent = exact.as_tuple().exponent
    decimals = max(at_least, -exponent if isinstance(exponent, int) else 0)
    figures = f"{abs(exact):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{figures}" if exact < 0 else figures
