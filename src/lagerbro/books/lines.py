"""What e-conomic will keep and compute of an invoice line, and how lines are sent so that their value survives.

economic-api 7.1 and 9.1: quantity, price and discount are kept with two decimals and the line is rounded to øre.
domain-rules A16, C11, H9, H10, the first that fits:

| way | when | what is sent |
|---|---|---|
| real | actual quantities are on, and e-conomic comes to the line's total | the line as it is |
| rounded | a rounding line may be made, e-conomic keeps the quantity whole, and the rounding lines together stay within
`ROUNDING_MAX` | the line as it is; the difference goes to one rounding line at the end |
| folded | otherwise | one piece at the line's total, with the quantity in the text |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.money import ONE, ZERO, percentage_of, product_of, rounded, total_of

QUANTITY_DECIMALS: Final = 2
PRICE_DECIMALS: Final = 2
DISCOUNT_DECIMALS: Final = 2
ROUNDING_MAX: Final = Decimal("1.00")
"""What rounding lines may come to on one invoice, in its currency. More would be read as a charge."""
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


@dataclass(frozen=True, slots=True)
class LinesToSend:
    """The lines in their order, and what a rounding line has to add (øre, with sign); zero: none is needed."""

    lines: list[LineToSend]
    rounding: Decimal

    def total(self) -> Decimal:
        """The net amount that e-conomic will come to."""
        return total_of([*(line.priced.total() for line in self.lines), self.rounding])


def lines_to_send(
    lines: Sequence[tuple[PricedLine, Decimal]], *, use_actual_quantity: bool, may_round: bool = False
) -> LinesToSend:
    """How lines, each with its Rackbeat total (øre, with sign), are sent so that e-conomic comes to the same sum."""
    if not use_actual_quantity:
        return LinesToSend([single_piece(total) for _, total in lines], ZERO)
    sent_as = [actual.with_sign_on_quantity().as_kept_by_economic() for actual, _ in lines]
    differences = [total - line.total() for line, (_, total) in zip(sent_as, lines, strict=True)]
    rounded_lines = _to_round(lines, sent_as, differences) if may_round else set()
    sent = [
        LineToSend(line, is_single_piece=False)
        if line.quantity and (not difference or position in rounded_lines)
        else single_piece(total)
        for position, (line, difference, (_, total)) in enumerate(zip(sent_as, differences, lines, strict=True))
    ]
    return LinesToSend(sent, total_of(differences[position] for position in rounded_lines))


def single_piece(total: Decimal) -> LineToSend:
    """A folded line: one piece at the total.

    The sign always stands on the quantity: a negative price is fatal on an e-invoice (EN 16931 BR-27, surprises 23).
    """
    sign = -ONE if total < 0 else ONE
    return LineToSend(PricedLine(sign, abs(total)), is_single_piece=True)


def _to_round(
    lines: Sequence[tuple[PricedLine, Decimal]], sent_as: Sequence[PricedLine], differences: Sequence[Decimal]
) -> set[int]:
    """Positions of the lines whose difference goes to the rounding line: the smallest ones, as many as stay within
    `ROUNDING_MAX` when none of them makes up for another."""
    room, chosen = ROUNDING_MAX, set[int]()
    for position in sorted(range(len(lines)), key=lambda one: abs(differences[one])):
        is_whole = bool(sent_as[position].quantity) and abs(sent_as[position].quantity) == abs(
            lines[position][0].quantity
        )
        if not differences[position] or not is_whole or sent_as[position].total() == ZERO:
            continue
        if abs(differences[position]) > room:
            break
        room -= abs(differences[position])
        chosen.add(position)
    return chosen
