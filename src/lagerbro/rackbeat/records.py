"""Making and changing records in Rackbeat: customers, suppliers, products and their groups, by their own number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from lagerbro.rackbeat.envelopes import content, listed, only, segment, shaped
from lagerbro.rackbeat.notes import QUIETLY
from lagerbro.wire.errors import NotFoundError
from lagerbro.wire.limits import behind
from lagerbro.wire.numbers import encode
from lagerbro.wire.transport import ApiClient, Call

PAGE_SIZE: Final = 1000


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """A page of a list, as it was sent. `pages`: how many there are."""

    records: list[Any]
    pages: int


@dataclass(frozen=True, slots=True)
class RackbeatRecords:
    """Records of one account. `kind` is their path: `customers`, `product-groups`.

    Rackbeat keeps no idempotency keys. The number is what makes a creation happen once: whoever tries again looks for
    it first, and Rackbeat refuses a number that it has.
    """

    line: ApiClient

    def behind_others(self) -> RackbeatRecords:
        """The same records by calls that wait until nobody else has any to make."""
        return RackbeatRecords(replace(self.line, limiter=behind(self.line.limiter)))

    def page(self, kind: str, number: int, fields: str) -> RecordsPage:
        """The page of that number, counted from one, in the order of the records' numbers."""
        order = {"order_by": "number", "order_direction": "ASC"}
        query = {**order, "fields": fields, "page": str(number), "limit": str(PAGE_SIZE)}
        return RecordsPage(*listed(content(self.line.call(Call("GET", f"/api/{kind}", query=query)))))

    def raw(self, kind: str, number: str | int) -> dict[str, Any] | None:
        """The whole record; None when there is none."""
        try:
            return self._record(Call("GET", f"/api/{kind}/{segment(number)}"))
        except NotFoundError:
            return None

    def create(self, kind: str, record: Mapping[str, Any]) -> dict[str, Any]:
        return self._record(Call("POST", f"/api/{kind}", encode(record), QUIETLY))

    def update(self, kind: str, number: str | int, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Change these fields and leave the others."""
        return self._record(Call("PUT", f"/api/{kind}/{segment(number)}", encode(fields), QUIETLY))

    def _record(self, call: Call) -> dict[str, Any]:
        record: dict[str, Any] = shaped(only(content(self.line.call(call), mend=False)), dict)
        return record
