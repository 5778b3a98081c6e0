"""Whether both systems came to the same amounts (domain-rules H10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from lagerbro.money import product_of

ROUNDING_PER_LINE: Final = Decimal("0.01")


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
    VAT_DIFFERS = "vat_differs"
    NET_DIFFERS = "net_differs"


def compare_totals(ours: Amounts, theirs: Amounts, *, lines: int, limit: Decimal) -> Comparison:
    """Compare what Rackbeat says a document comes to with what e-conomic computed.

    Net must be equal to the øre. VAT, which e-conomic computes, may differ by an øre for each of the `lines`, at most
    by `limit`.
    """
    if ours.net != theirs.net:
        return Comparison.NET_DIFFERS
    difference = abs(ours.vat - theirs.vat)
    if not difference:
        return Comparison.EQUAL
    allowed = min(product_of(ROUNDING_PER_LINE, Decimal(lines)), limit)
    return Comparison.VAT_ROUNDING if difference <= allowed else Comparison.VAT_DIFFERS
