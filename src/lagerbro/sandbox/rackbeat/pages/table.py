"""Lists on pages: what is searched for, which page, which state."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.faulty import ApiError
from lagerbro.sandbox.rackbeat.pages.visit import Visit

ROWS: int = 25


@dataclass(frozen=True, slots=True)
class Table:
    """One page of rows. `address` makes the address of another page with the same filter."""

    rows: list[Record]
    total: int
    page: int
    query: dict[str, str]

    @property
    def pages(self) -> int:
        return max(-(-self.total // ROWS), 1)

    def address(self, page: int) -> str:
        return "?" + urlencode({**self.query, "page": page})


def listed(visit: Visit, path: str, *filters: str) -> Table:
    """The API's list, the newest first for documents; `filters` are the parameters that a page hands on."""
    given = {name: visit.given[name] for name in ("search", *filters) if visit.given.get(name)}
    text = visit.given.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    asked = {**given, "limit": str(ROWS), "page": str(max(page, 1))}
    if path != "products":
        asked["order_by"] = "number"
    try:
        rows, total = visit.rows(f"{path}?{urlencode(asked)}")
    except ApiError:
        rows, total = [], 0
    return Table(rows, total, max(page, 1), given)
