"""A page of a long list: its rows, how many there are in all, and the addresses of the pages beside it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from lagerbro_sandbox.kernel.records import Record

PAGE_DIGITS_MAX = 6


@dataclass(frozen=True, slots=True)
class Table:
    """`query` is what was searched for and chosen; the pages beside this one keep it. `size`: rows on a page."""

    rows: list[Record]
    total: int
    page: int
    query: dict[str, str]
    size: int

    @property
    def pages(self) -> int:
        return max(-(-self.total // self.size), 1)

    def address(self, page: int) -> str:
        return "?" + urlencode({**self.query, "page": page})


def page_of(given: dict[str, str]) -> int:
    """The page that an address asks for; the first one where it says nothing of use."""
    text = given.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= PAGE_DIGITS_MAX else 1
