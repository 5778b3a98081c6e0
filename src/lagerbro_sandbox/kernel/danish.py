"""Figures and dates as Danish pages write them: 1.234,56 with a true minus, 24.11.2026."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
FILTERS: Final = ("amount", "figure", "day", "moment")


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
    """What a person typed: 1.234,56 or 1234,56 or 1234.56; None when it is no number."""
    plain = text.strip().replace(" ", "").replace(MINUS, "-")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _written(value: object, at_least: int) -> str:
    text = "" if value is None else str(value)
    if not text:  # also what a template's record lacks
        return ""
    exact = Decimal(text).normalize() + 0
    exponent = exact.as_tuple().exponent
    decimals = max(at_least, -exponent if isinstance(exponent, int) else 0)
    figures = f"{abs(exact):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{figures}" if exact < 0 else figures
