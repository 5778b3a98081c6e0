"""Numbers that programs write as texts: what PHP and .NET call numeric, which is less than Python's Decimal takes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

LENGTH_MAX: Final = 400
"""A double written out in full has some 330 characters."""
_NUMERIC: Final = re.compile(r"[ \t\r\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?[ \t\r\n]*")


def numeral(text: str) -> Decimal | None:
    """The number; None for any other text, as 1_000, NaN and the digits of other scripts."""
    return Decimal(text.strip()) if len(text) <= LENGTH_MAX and _NUMERIC.fullmatch(text) else None
