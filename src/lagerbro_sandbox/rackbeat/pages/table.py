"""Lists on pages: what is searched for, which page, which state."""

from __future__ import annotations

from urllib.parse import urlencode

from lagerbro_sandbox.kernel.tables import Table, page_of
from lagerbro_sandbox.rackbeat.pages.visit import Visit
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

ROWS: int = 25


def listed(visit: Visit, path: str, *filters: str) -> Table:
    """The API's list, the newest first for documents; `filters` are the parameters that a page hands on."""
    given = {name: visit.given[name] for name in ("search", *filters) if visit.given.get(name)}
    page = page_of(visit.given)
    api_query = {**given, "limit": str(ROWS), "page": str(page)}
    if path != "products":
        api_query["order_by"] = "number"
    try:
        rows, total = visit.rows(f"{path}?{urlencode(api_query)}")
    except ApiError:
        rows, total = [], 0
    return Table(rows, total, page, given, ROWS)
