"""What e-conomic will keep and compute of an invoice line, and how a line is sent so that its value survives.

economic-api 7.1 and 9.1: quantity, price and discount are kept with two decimals and the line is rounded to øre.
domain-rules A16, C11, H9, H10: with the actual quantity on, a line is sent as it is when e-conomic comes to the same
amount; otherwise, and with it off, as one piece at the line's total with the quantity in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.money import ONE, percentage_of, product_of, rounded

QUANTITY_DECIMALS: Final = 2
PRICE_DECIMALS: Final = 2
DISCOUNT_DECIMALS: Final = 2
_HUNDRED_PERCENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line as a quantity, a unit price without VAT in the invoice's currency, and a discount in per cent."""

    quantity: Decimal
    unit_price: Decimal
    discount_percentage: Decimal = Decimal(0)

    def as_kept_by_economic(self) -> PricedLine:
        """The line with the decimals that e-conomic keeps."""
        return PricedLine(
            rounded(self.quantity, QUANTITY_DECIMALS),
            rounded(self.unit_price, PRICE_DECIMALS),
            rounded(self.discount_percentage, DISCOUNT_DECIMALS),
        )

    def with_sign_on_quantity(self) -> PricedLine:
        """The same line with a price that is not negative: both turn, so that two minuses become none."""
        if self.unit_price >= 0:
            return self
        quantity, price = product_of(self.quantity, -ONE), product_of(self.unit_price, -ONE)
        return PricedLine(quantity, price, self.discount_percentage)

    def total(self) -> Decimal:
        """The line's net amount in øre, as e-conomic computes it from what it is given."""
        return rounded(
            percentage_of(product_of(self.quantity, self.unit_price), _HUNDRED_PERCENT - self.discount_percentage)
        )


@dataclass(frozen=True, slots=True)
class LineToSend:
    """How a line is sent. `is_single_piece`: as one piece at its total, so the quantity belongs in the text."""

    priced: PricedLine
    is_single_piece: bool


def line_to_send(actual: PricedLine, total: Decimal, *, use_actual_quantity: bool) -> LineToSend:
    """The way to send a line whose Rackbeat total (øre, with sign) is `total` so that e-conomic computes `total`.

    The sign always stands on the quantity: a negative price is fatal on an e-invoice (EN 16931 BR-27, surprises 23).
    """
    kept = actual.with_sign_on_quantity().as_kept_by_economic()
    if use_actual_quantity and kept.total() == total and kept.quantity:
        return LineToSend(kept, is_single_piece=False)
    sign = -ONE if total < 0 else ONE
    return LineToSend(PricedLine(sign, abs(total)), is_single_piece=True)
