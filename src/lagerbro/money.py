"""Amounts of money: Decimal, a scale, one rounding. The only place in the product that rounds.

An amount is a plain `Decimal` that knows nothing of its currency; where a currency matters it travels beside the
amount. Everything that enters from a wire passes `exact` once, so nothing further in can meet NaN or 1e400. What is
computed here is either exact or refused: no operation answers NaN, loses digits in silence or raises Decimal's own
signals.
"""

from __future__ import annotations

import re
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Underflow,
)
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ZERO: Final = Decimal("0.00")
ONE: Final = Decimal(1)

AMOUNT_DIGITS_MAX: Final = 18
"""Digits before the point that an amount may have: a thousand times the largest Danish balance sheet."""

SCALE_MAX: Final = 12
"""Digits behind the point that a number from a wire may have; Rackbeat sends six, e-conomic eight."""

_DIGITS: Final = AMOUNT_DIGITS_MAX + SCALE_MAX
_FAULTS: Final = [InvalidOperation, DivisionByZero, Overflow]
_WITHIN_LIMITS: Final = Context(prec=_DIGITS, traps=[*_FAULTS, Inexact])
_EXACT: Final = Context(prec=4 * _DIGITS, traps=[*_FAULTS, Inexact])
"""Room for every digit of a product of four amounts; one digit too many is refused."""
_ROUNDING: Final = Context(prec=4 * _DIGITS, rounding=ROUND_HALF_UP, traps=_FAULTS)
_DIVIDING: Final = Context(prec=_DIGITS + 10, rounding=ROUND_HALF_UP, traps=[*_FAULTS, Underflow])

_UNITS: Final = {decimals: Decimal(1).scaleb(-decimals) for decimals in range(SCALE_MAX + 1)}
"""The unit of each number of decimals."""

_WRITTEN: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
"""A number as JSON writes it. Decimal itself takes more: 1_000, blanks around it, Arabic digits, NaN."""


class InexactAmountError(ValueError):
    """A number that cannot be money: not finite, too large, or finer than any of the two systems keeps."""


def exact(value: Decimal | int | str) -> Decimal:
    """The number as a finite Decimal within our limits; raises `InexactAmountError` otherwise.

    A text is a number only where JSON would take it as one. Zeros beyond our scale are taken off, so that what comes
    out is never written with more digits than the limits allow.
    """
    if isinstance(value, bool) or (isinstance(value, str) and not is_number(value)):
        raise InexactAmountError(f"{_shown(value)} is not a number")
    try:
        number = Decimal(value)
        return number if _is_written_within_limits(number) else _WITHIN_LIMITS.quantize(number, _UNITS[SCALE_MAX])
    except DecimalException as error:
        raise InexactAmountError(
            f"{_shown(value)} is outside {AMOUNT_DIGITS_MAX} digits and {SCALE_MAX} decimals"
        ) from error


def is_number(text: str) -> bool:
    """Whether JSON would take the text as a number."""
    return _WRITTEN.fullmatch(text) is not None


def _is_written_within_limits(number: Decimal) -> bool:
    """Whether its own digits may stand: 1.10 keeps its zero, 0E-9999999 would be ten million of them."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise InexactAmountError(f"{number} is not a finite number")
    return -SCALE_MAX <= exponent < AMOUNT_DIGITS_MAX and number.adjusted() < AMOUNT_DIGITS_MAX


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """`value` with `decimals` digits behind the point, halves away from zero, never a negative zero."""
    try:
        number = _ROUNDING.quantize(value, _UNITS[decimals])
    except DecimalException as error:
        raise InexactAmountError(f"{_shown(value)} cannot be rounded to {decimals} decimals") from error
    if not number.is_finite():
        raise InexactAmountError(f"{_shown(value)} is not a finite number")
    return number if number else abs(number)


def product_of(*factors: Decimal) -> Decimal:
    """The exact product of the factors; nothing is rounded before the caller says where."""
    result = ONE
    try:
        for factor in factors:
            result = _EXACT.multiply(result, factor)
    except DecimalException as error:
        raise InexactAmountError(f"the product of {_shown(factors)} has more digits than we keep") from error
    return _finite(result)


def quotient_of(dividend: Decimal, divisor: Decimal) -> Decimal:
    """`dividend / divisor` with every digit we keep; raises ZeroDivisionError where there is nothing to divide by."""
    if not divisor:
        raise ZeroDivisionError(f"{_shown(dividend)} cannot be divided by nothing")
    try:
        return _finite(_DIVIDING.divide(dividend, _finite(divisor)))
    except DecimalException as error:
        raise InexactAmountError(f"{_shown(dividend)} / {_shown(divisor)} is outside what we keep") from error


def percentage_of(value: Decimal, percentage: Decimal) -> Decimal:
    """`percentage` per cent of `value`, unrounded."""
    return product_of(value, percentage, _UNITS[2])


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, with at least two digits behind the point."""
    result = ZERO
    try:
        for amount in amounts:
            result = _EXACT.add(result, amount)
    except DecimalException as error:
        raise InexactAmountError("the sum has more digits than we keep") from error
    return _finite(result)


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise InexactAmountError(f"{number} is not a finite number")
    return number


def spread(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`total` divided by weight into øre, so that the sum is exact (domain-rules C8e).

    Every part is its share, rounded, and the heaviest takes what rounding left over, unless that would turn its sign:
    then every share is cut to øre and the øre that are left go one each to those that lost most. Either way a part
    has the sign of its share or is nothing, and turning the total's sign turns every part's. Where the weights have
    both signs, as a return among purchases, a share may be larger than the total or point the other way.

    Raises ValueError when there is nothing to divide between or the total is finer than an øre.
    """
    ore, scaled = _units_of(total, 2), [_units_of(exact(weight), SCALE_MAX) for weight in weights]
    whole = sum(scaled)
    if not whole:
        raise ValueError("the weights add up to nothing")
    parts = _parts(abs(ore), [weight if whole > 0 else -weight for weight in scaled], abs(whole))
    return [Decimal(part if ore > 0 else -part).scaleb(-2) for part in parts]


def _parts(ore: int, weights: Sequence[int], whole: int) -> list[int]:
    """Whole øre (none negative) by weights whose sum is `whole`, which is positive; in integers, so nothing is lost."""
    shares = [divmod(ore * weight, whole) for weight in weights]
    parts = [cut + (2 * rest > whole or (2 * rest == whole and cut >= 0)) for cut, rest in shares]
    heaviest = max(range(len(weights)), key=lambda index: abs(weights[index]))
    parts[heaviest] += ore - sum(parts)
    if parts[heaviest] * weights[heaviest] >= 0:
        return parts
    parts = [cut for cut, _ in shares]
    by_loss = sorted(range(len(weights)), key=lambda index: (-shares[index][1], -abs(weights[index]), index))
    for index in by_loss[: ore - sum(parts)]:
        parts[index] += 1
    return parts


def _units_of(number: Decimal, decimals: int) -> int:
    """The number counted in units of its last decimal."""
    units = product_of(number, Decimal(1).scaleb(decimals))
    if units != (whole := int(units)):
        raise ValueError(f"{_shown(number)} has more than {decimals} decimals")
    return whole


def rate_per_100(rate_per_1: Decimal) -> Decimal:
    """e-conomic's exchange rate (base currency per 100 units, 6 decimals) from Rackbeat's (per 1 unit).

    economic-api 2.6, rackbeat-api 3.8.
    """
    return rounded(product_of(rate_per_1, Decimal(100)), 6)
