"""Whether both systems came to the same amounts (domain-rules H10)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

from lagerbro.money import product_of

ROUNDING_PER_LINE: Final = Decimal("0.01")


class Comparison(StrEnum):
    """How two sets of totals compare."""

    EQUAL = "equal"
    VAT_ROUNDING = "vat_rounding"
    VAT_DIFFERS = "vat_differs"
    NET_DIFFERS = "net_differs"


def compare_totals(
    ours: tuple[Decimal, Decimal], theirs: tuple[Decimal, Decimal], *, lines: int, limit: Decimal
) -> Comparison:
    """Compare (net, VAT) as Rackbeat says it with (net, VAT) as e-conomic computed it.

    Net must be equal to the øre. VAT, which e-conomic computes, may differ by an øre for each of the `lines`, at most
    by `limit`.
    """
    if ours[0] != theirs[0]:
        return Comparison.NET_DIFFERS
    difference = abs(ours[1] - theirs[1])
    if not difference:
        return Comparison.EQUAL
    allowed = min(product_of(ROUNDING_PER_LINE, Decimal(lines)), limit)
    return Comparison.VAT_ROUNDING if difference <= allowed else Comparison.VAT_DIFFERS
