"""Long lists on pages: what is searched for, and which page."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlencode

from lagerbro_sandbox.economic.pages.visit import Visit
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.kernel.tables import Table, page_of

ROWS: Final = 50
SEARCH_MAX: Final = 100
_SPECIAL: Final = re.compile(r"[^\w .\-/&]")


def listed(visit: Visit, path: str, *, sort: str = "", number: str = "", text: str = "") -> Table:
    """A page of a collection of the API. `q` searches the properties `number` and `text`."""
    page, wanted = page_of(visit.given), search_of(visit)
    api_query = {"sort": sort} if sort else {}
    if wanted:
        api_query["filter"] = _filter(wanted, number, text)
    link_query = {name: visit.given[name] for name in ("q", "view") if visit.given.get(name)}
    table = _page(visit, path, api_query, page, link_query)
    return table if table.page <= table.pages else _page(visit, path, api_query, table.pages, link_query)


def _page(visit: Visit, path: str, api_query: dict[str, str], page: int, link_query: dict[str, str]) -> Table:
    query = urlencode({**api_query, "pagesize": ROWS, "skippages": page - 1}, quote_via=quote)
    answer = visit.api("GET", f"{path}?{query}")
    return Table(answer["collection"], answer["pagination"]["results"], page, link_query, ROWS)


def _filter(wanted: str, number: str, text: str) -> str:
    """A part of the text, or the number: in whole where numbers are numbers, else a part of it too."""
    in_text = f"{text}$like:*{wanted}*"
    if number == "productNumber":
        return f"{number}$like:*{wanted}*$or:{in_text}"
    return f"{number}$eq:{wanted}$or:{in_text}" if wanted.isascii() and wanted.isdigit() else in_text


def cut(visit: Visit, rows: list[Record], **query: str) -> Table:
    """The page that is asked for, of rows that are all there."""
    page = min(page_of(visit.given), max(-(-len(rows) // ROWS), 1))
    return Table(rows[(page - 1) * ROWS : page * ROWS], len(rows), page, query, ROWS)


def search_of(visit: Visit) -> str:
    """What was searched for, without the signs that the filter language gives a meaning."""
    return _SPECIAL.sub("", visit.given.get("q", ""))[:SEARCH_MAX].strip()
