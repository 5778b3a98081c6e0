"""EAN numbers (GLN) of public customers: one rule for the customer and for the invoice (domain-rules H36)."""

from __future__ import annotations

import re
from typing import Final

from stdnum import ean

from lagerbro.books.company_numbers import normalized

DIGITS: Final = 13


class EanUnusableError(ValueError):
    """Something is written that is no EAN number; the argument is what."""


def ean_number(text: str | None) -> str:
    """The thirteen digits, without the blanks and hyphens between them; empty for no number, "-" and "0".

    Raises `EanUnusableError` for another length, other signs or a wrong check digit (GS1's modulo 10).
    """
    number = re.sub(r"[\s-]", "", normalized(text))
    if not number.strip("0"):
        return ""
    if not (len(number) == DIGITS and number.isascii() and number.isdigit() and ean.is_valid(number)):
        raise EanUnusableError(text)
    return number
