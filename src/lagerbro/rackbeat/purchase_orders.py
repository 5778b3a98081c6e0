"""Purchase orders: which goods have come without the supplier's invoice, and on which receipts (rackbeat-api 3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.money import ONE, ZERO, product_of, rounded, total_of
from lagerbro.rackbeat.envelopes import content, listed, segment, shaped
from lagerbro.rackbeat.types import Number
from lagerbro.wire.errors import NotFoundError
from lagerbro.wire.transport import ApiClient, Call

_PATH: Final = "/api/purchase-orders"
ORDERS_MAX: Final = 200
"""On the one page of open orders that is looked at."""


class OpenOrder(msgspec.Struct):
    """A booked order that is not invoiced, or not all of it."""

    number: int
    is_received: bool = False
    is_partly_received: bool = False
    is_cancelled: bool = False
    currency_rate: Number | None = None

    @property
    def has_goods(self) -> bool:
        return (self.is_received or self.is_partly_received) and not self.is_cancelled


class UninvoicedLine(msgspec.Struct):
    """A line of such an order; the price is for one, in the order's currency."""

    quantity: Number = ZERO
    quantity_received: Number = ZERO
    uninvoiced_quantity: Number = ZERO
    line_price: Number = ZERO

    @property
    def received_uninvoiced(self) -> Decimal:
        """How many have come that no invoice is booked of."""
        return max(self.quantity_received - (self.quantity - self.uninvoiced_quantity), ZERO)


class Receipt(msgspec.Struct):
    number: int


@dataclass(frozen=True, slots=True)
class PurchaseOrders:
    """Those of one account."""

    line: ApiClient

    def uninvoiced(self) -> tuple[list[OpenOrder], bool]:
        """Those with goods that have come, and whether these are all of them; one call."""
        query = {"is_booked": "true", "is_invoiced": "false", "page": "1", "limit": str(ORDERS_MAX)}
        rows, pages = listed(content(self.line.call(Call("GET", _PATH, query=query))))
        orders = [shaped(row, OpenOrder) for row in rows]
        return [order for order in orders if order.has_goods], pages <= 1

    def receipts_of(self, order: int) -> list[int]:
        """The numbers of the order's receipts; none where the order is gone. One call."""
        try:
            answer = self.line.call(Call("GET", f"{_PATH}/{segment(order)}/receipts"))
        except NotFoundError:
            return []
        return [shaped(row, Receipt).number for row in listed(content(answer))[0]]

    def worth_uninvoiced(self, order: OpenOrder) -> Decimal:
        """What those goods cost, in the currency of the account's reports; one call."""
        answer = self.line.call(Call("GET", f"{_PATH}/{segment(order.number)}/uninvoiced-lines"))
        lines = [shaped(row, UninvoicedLine) for row in listed(content(answer))[0]]
        worth = total_of(product_of(line.received_uninvoiced, line.line_price) for line in lines)
        return rounded(product_of(worth, order.currency_rate or ONE))
