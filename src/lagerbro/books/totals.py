"""Whether both systems came to the same amounts (domain-rules H10, H33)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from lagerbro.money import ONE, product_of

ROUNDING_PER_LINE: Final = Decimal("0.005")
"""What the rounding of one line's VAT to øre can add or take."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a document comes to: without VAT, the VAT, and with it; all with two decimals."""

    net: Decimal
    vat: Decimal
    gross: Decimal


class Comparison(StrEnum):
    """How two sets of totals compare."""

    EQUAL = "equal"
    VAT_ROUNDING = "vat_rounding"
    VAT_ROUNDING_TOO_LARGE = "vat_rounding_too_large"
    """Rounding line by line can make the difference, but more than the company allows."""
    VAT_DIFFERS = "vat_differs"
    NET_DIFFERS = "net_differs"


BLOCKING_COMPARISONS: Final = (Comparison.VAT_ROUNDING_TOO_LARGE, Comparison.VAT_DIFFERS, Comparison.NET_DIFFERS)
"""What keeps a document a draft until somebody has looked at it."""


def compare_totals(
    rackbeat: Amounts, economic: Amounts, *, taxed_lines: int, limit: Decimal, rate: Decimal = ONE
) -> Comparison:
    """Compare what Rackbeat says a document comes to with what e-conomic computed.

    Net must be equal to the øre. VAT, which e-conomic computes, may differ by what rounding each of the `taxed_lines`
    can make, and by `limit` at most, which is in the base currency: `rate` is what one unit of the document's is worth
    there. A total that is an øre off while net and VAT agree is Rackbeat's own rounding.
    """
    if rackbeat.net != economic.net:
        return Comparison.NET_DIFFERS
    difference = abs(rackbeat.vat - economic.vat)
    if not difference:
        return Comparison.EQUAL if rackbeat.gross == economic.gross else Comparison.VAT_ROUNDING
    if difference > product_of(ROUNDING_PER_LINE, Decimal(taxed_lines)):
        return Comparison.VAT_DIFFERS
    return Comparison.VAT_ROUNDING if product_of(difference, rate) <= limit else Comparison.VAT_ROUNDING_TOO_LARGE
