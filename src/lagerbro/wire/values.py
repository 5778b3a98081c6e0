"""Single values as they come over the wire: what each kind of field takes, and nothing that has two meanings.

Both systems' servers are written in languages that do not keep numbers, texts and truths as strictly apart as ours:
"12.50" for 12.50, 1 for true, 8000 for the postcode "8000", 3.0 for 3. Each of these means one thing and is read as
that; everything else raises `UnfitValueError` (domain-rules H34).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro.money import AMOUNT_DIGITS_MAX, SCALE_MAX, InexactAmountError, exact, is_number, rounded
from lagerbro.wire.texts import clean
from lagerbro.wire.unreadable import UnfitValueError

NUMBER_DIGITS_MAX: Final = 400
"""Characters a number may have. A double written out in full has some 50; a longer one is an attack or a fault."""

_INTEGERS_END: Final = 10**AMOUNT_DIGITS_MAX
_TRUTHS: Final[dict[object, bool]] = {1: True, 0: False, "1": True, "0": False}


def amount_of(text: str) -> Decimal:
    """A number as JSON writes it; raises `InexactAmountError` when it can be no amount.

    One with more decimals than we keep is the double that its server had, rounded to what we keep: 29.949999999999999
    is 29.95.
    """
    point = text.find(".")
    if 0 < point <= AMOUNT_DIGITS_MAX and len(text) - point <= SCALE_MAX and "e" not in text and "E" not in text:
        return Decimal(text)  # nearly all of them: within the limits by its looks
    if len(text) > NUMBER_DIGITS_MAX:
        raise InexactAmountError("a number is longer than any amount")
    try:
        return exact(text)
    except InexactAmountError:
        return _of_double(text)


def _of_double(text: str) -> Decimal:
    double = Decimal(repr(float(text)))  # the shortest number that is this double; the only float on the way
    try:
        return exact(double)
    except InexactAmountError:
        return exact(rounded(double, SCALE_MAX))


def amount(value: object) -> Decimal:
    """A number, or a text that JSON would take as one."""
    if type(value) is Decimal and value.is_finite() and value.adjusted() < AMOUNT_DIGITS_MAX:
        return value
    if type(value) is int and -_INTEGERS_END < value < _INTEGERS_END:
        return Decimal(value)
    if type(value) is str and is_number(value):
        try:
            return amount_of(value)
        except InexactAmountError as error:
            raise UnfitValueError(value, "a number") from error
    raise UnfitValueError(value, "a number")


def integer(value: object) -> int:
    """A whole number, also written with decimals that are zero or as a text."""
    if type(value) is int and -_INTEGERS_END < value < _INTEGERS_END:
        return value
    if type(value) in (Decimal, str):
        try:
            number = amount(value)
        except UnfitValueError as error:
            raise UnfitValueError(value, "a whole number") from error
        if number == (whole := int(number)):
            return whole
    raise UnfitValueError(value, "a whole number")


def truth(value: object) -> bool:
    """True or false, also as 1 or 0."""
    if type(value) is bool:
        return value
    if type(value) in (int, str) and value in _TRUTHS:
        return _TRUTHS[value]
    raise UnfitValueError(value, "true or false")


def text(value: object) -> str:
    """A text without what may not stand in one; a number is the text of its digits."""
    if type(value) is str:
        return value if value.isprintable() else clean(value)
    if type(value) is int and -_INTEGERS_END < value < _INTEGERS_END:
        return str(value)
    raise UnfitValueError(value, "a text")
