"""Making orders and customer invoices in Rackbeat, finding them again, booking them, shipping them.

Rackbeat keeps no idempotency keys: whoever tries again looks first. What we write is not told to us again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from lagerbro.rackbeat.envelopes import content, listed, only, segment, shaped
from lagerbro.rackbeat.notes import QUIETLY
from lagerbro.rackbeat.sales_types import NewSale, Sale
from lagerbro.rackbeat.types import Reference
from lagerbro.wire.errors import NotFoundError, UnreadableAnswerError
from lagerbro.wire.numbers import encode
from lagerbro.wire.transport import Answer, ApiClient, Call

ORDERS: Final = "orders"
INVOICES: Final = "customer-invoices"
PAGE_SIZE: Final = 1000
PAGES_MAX: Final = 1000


@dataclass(frozen=True, slots=True)
class Sales:
    """Documents of one account. `path` is their kind: `orders`, `customer-invoices`."""

    line: ApiClient
    path: str

    def get(self, number: int | str) -> Sale | None:
        try:
            return shaped(only(content(self.line.call(Call("GET", f"/api/{self.path}/{segment(number)}")))), Sale)
        except NotFoundError:
            return None

    def create_draft(self, sale: NewSale) -> Sale:
        return self._written(self.line.call(Call("POST", f"/api/{self.path}/drafts", encode(sale), QUIETLY)))

    def book(self, number: int, how: Mapping[str, Any]) -> Sale:
        """Book the draft. `how`: what booking this kind takes besides."""
        body = encode({**how, "suppress_webhooks": True})
        return self._written(self.line.call(Call("POST", f"/api/{self.path}/{segment(number)}/book", body, QUIETLY)))

    def mark_shipped(self, number: int) -> Sale:
        """Of a booked invoice: its goods leave on the invoice's date (rackbeat-api 3.8)."""
        call = Call("POST", f"/api/{self.path}/{segment(number)}/mark-shipped", b"{}", QUIETLY)
        return self._written(self.line.call(call))

    def numbers_of(self, customer: int, is_meant: Callable[[str], bool]) -> list[int]:
        """The documents of a customer whose other reference is meant, in the order in which they were made.

        Which filters Rackbeat knows is not all public: every row is looked at, whatever the filter let through.
        """
        query = {
            "customer_number": str(customer),
            "fields": "number,other_reference",
            "order_by": "number",
            "order_direction": "ASC",
            "limit": str(PAGE_SIZE),
        }
        return [row.number for row in self._rows(query) if is_meant(row.other_reference or "")]

    def _rows(self, query: Mapping[str, str]) -> Iterator[_Referenced]:
        for page in range(1, PAGES_MAX + 1):
            asked = Call("GET", f"/api/{self.path}", query={**query, "page": str(page)})
            rows, pages = listed(content(self.line.call(asked)))
            for row in rows:
                yield shaped(row, _Referenced)
            if page >= pages or not rows:
                return

    @staticmethod
    def _written(answer: Answer) -> Sale:
        """What was made; raises an error that says so where the answer cannot be read: it was done all the same."""
        with _done_all_the_same():
            return shaped(only(content(answer)), Sale)


class _Referenced(Reference):
    other_reference: str | None = None


@contextmanager
def _done_all_the_same() -> Iterator[None]:
    try:
        yield
    except UnreadableAnswerError as error:
        error.outcome_unknown = True
        raise
