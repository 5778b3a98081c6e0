"""Whether a frozen exchange rate can be right (domain-rules H39): a wrong one is booked to the øre in both systems.

Rackbeat's total in base currency is held against rate × total. It proves nothing where Rackbeat computed it with the
same wrong rate, or says none, so the rate is also held against what the currency has roughly been worth: 746 where 7.46
is meant is found there. Only currencies whose worth moves slowly are listed; of others nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from lagerbro.money import ONE, percentage_of, product_of, quotient_of, rounded

BASE_TOTAL_TOLERANCE_PERCENTAGE: Final = Decimal(1)
ROUNDING: Final = Decimal("0.01")
USUAL_RATE_FACTOR_MAX: Final = Decimal(5)
"""How many times more or less than roughly a rate may be. Since 1999 none of the listed has moved by more than two."""
MOVED_MAX: Final = Decimal(2)
_USUAL_KRONER: Final[Mapping[str, Decimal]] = {
    currency: Decimal(kroner)
    for currency, kroner in (
        ("DKK", "1"),
        ("EUR", "7.46"),
        ("SEK", "0.66"),
        ("NOK", "0.64"),
        ("ISK", "0.05"),
        ("GBP", "8.7"),
        ("USD", "6.7"),
        ("CAD", "4.9"),
        ("CHF", "7.5"),
        ("PLN", "1.75"),
        ("CZK", "0.30"),
        ("HUF", "0.02"),
        ("RON", "1.5"),
        ("BGN", "3.81"),
        ("JPY", "0.05"),
        ("CNY", "0.95"),
        ("HKD", "0.87"),
        ("SGD", "5"),
        ("AUD", "4.5"),
        ("NZD", "4.2"),
    )
}
"""What one unit has roughly been worth in kroner, from memory `[mem]`: orders of magnitude, never used to compute."""


def usual_rate(currency: str, base_currency: str) -> Decimal | None:
    """Roughly what one unit of the currency is worth in the base currency; None where we do not say."""
    if currency not in _USUAL_KRONER or base_currency not in _USUAL_KRONER:
        return None
    return rounded(quotient_of(_USUAL_KRONER[currency], _USUAL_KRONER[base_currency]), 4)


def is_near_usual_rate(rate: Decimal, usual: Decimal) -> bool:
    return _is_within(USUAL_RATE_FACTOR_MAX, rate, usual) and not _is_other_way_round(rate, usual)


def _is_other_way_round(rate: Decimal, usual: Decimal) -> bool:
    """Whether it is rather what one unit of the base currency is worth: 1.58 Norwegian kroner for a Danish one, not
    0.63 Danish for a Norwegian. Where both are near 1, nobody can tell."""
    return (rate > ONE) is not (usual > ONE) and not _is_within(MOVED_MAX, rate, usual)


def _is_within(factor: Decimal, rate: Decimal, usual: Decimal) -> bool:
    return quotient_of(usual, factor) <= rate <= product_of(usual, factor)


def is_rate_consistent(rate: Decimal, totals: tuple[Decimal, ...], base_total: Decimal) -> bool:
    """Whether the base total is one of the totals at this rate, within one per cent and an øre of rounding.

    Of which total it is, with VAT or without, is not public (rackbeat-api 3.8). Signs do not matter here.
    """
    expected = [abs(product_of(rate, total)) for total in totals]
    return any(
        abs(abs(base_total) - amount) <= max(percentage_of(amount, BASE_TOTAL_TOLERANCE_PERCENTAGE), ROUNDING)
        for amount in expected
    )


def implied_rate(base_total: Decimal, total: Decimal) -> Decimal | None:
    """The rate that a base total speaks of, with four decimals; None where it speaks of none."""
    return rounded(quotient_of(abs(base_total), abs(total)), 4) if total and base_total else None
