"""Amounts of money: Decimal, a scale, one rounding. The only place in the product that rounds.

An amount is a plain `Decimal` that knows nothing of its currency; where a currency matters it travels beside the
amount. Everything that enters from a wire passes `exact` once, so nothing further in can meet NaN or 1e400.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ZERO: Final = Decimal("0.00")
ONE: Final = Decimal(1)

AMOUNT_DIGITS_MAX: Final = 18
"""Digits before the point that an amount may have: a thousand times the largest Danish balance sheet."""

SCALE_MAX: Final = 12
"""Digits behind the point that a number from a wire may have; Rackbeat sends six, e-conomic eight."""

_PRECISION: Final = Context(prec=AMOUNT_DIGITS_MAX + SCALE_MAX + 10, rounding=ROUND_HALF_UP)


class InexactAmountError(ValueError):
    """A number that cannot be money: not finite, too large, or finer than any of the two systems keeps."""


def exact(value: Decimal | int | str) -> Decimal:
    """The number as a finite Decimal within our limits; raises `InexactAmountError` otherwise."""
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise InexactAmountError(f"{value!r} is not a number") from error
    if not number.is_finite():
        raise InexactAmountError(f"{value!r} is not a finite number")
    exponent = number.normalize().as_tuple().exponent
    if number.adjusted() >= AMOUNT_DIGITS_MAX or (isinstance(exponent, int) and -exponent > SCALE_MAX):
        raise InexactAmountError(f"{value!r} is outside {AMOUNT_DIGITS_MAX} digits and {SCALE_MAX} decimals")
    return number


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """`value` with `decimals` digits behind the point, halves away from zero, never a negative zero."""
    with localcontext(_PRECISION):
        number = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return number if number else abs(number)


def product_of(*factors: Decimal) -> Decimal:
    """The exact product of the factors; nothing is rounded before the caller says where."""
    with localcontext(_PRECISION):
        result = ONE
        for factor in factors:
            result *= factor
    return result


def quotient_of(dividend: Decimal, divisor: Decimal) -> Decimal:
    """`dividend / divisor` with every digit we keep; raises ZeroDivisionError as Decimal does."""
    with localcontext(_PRECISION):
        return dividend / divisor


def percentage_of(value: Decimal, percentage: Decimal) -> Decimal:
    """`percentage` per cent of `value`, unrounded."""
    return product_of(value, percentage, Decimal("0.01"))


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, with at least two digits behind the point."""
    with localcontext(_PRECISION):
        return sum(amounts, ZERO)


def spread(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`total` (øre) divided by weight into øre; the remainder goes to the heaviest part, so the sum is exact.

    domain-rules C8e. Raises ValueError when there is nothing to divide between.
    """
    whole = total_of(weights)
    if not whole:
        raise ValueError("the weights add up to nothing")
    parts = [rounded(quotient_of(product_of(total, weight), whole)) for weight in weights]
    heaviest = max(range(len(weights)), key=lambda index: abs(weights[index]))
    parts[heaviest] += total - total_of(parts)
    return parts


def rate_per_100(rate_per_1: Decimal) -> Decimal:
    """e-conomic's exchange rate (base currency per 100 units, 6 decimals) from Rackbeat's (per 1 unit).

    economic-api 2.6, rackbeat-api 3.8.
    """
    return rounded(product_of(rate_per_1, Decimal(100)), 6)
