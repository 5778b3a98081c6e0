"""dimensionsapi, reading: the departments are the first dimension; nothing else is divided (economic-api 10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.lists import Gathered, Listing
from lagerbro_sandbox.economic.services.properties import Shape
from lagerbro_sandbox.economic.services.resources import One, Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes import dimensions as shapes
from lagerbro_sandbox.kernel.records import Record

DEPARTMENTS: Final = 1
DATA: Final[dict[str, Shape]] = {
    "accounts": shapes.ACCOUNT,
    "booked-entries": shapes.BOOKED_ENTRY,
    "booked-invoice-lines": shapes.BOOKED_INVOICE_LINE,
    "budget-figures": shapes.BUDGET_FIGURE,
    "draft-entries": shapes.DRAFT_ENTRY,
    "sales-document-lines": shapes.SALES_DOCUMENT_LINE,
}


def add_to(router: ServiceRouter) -> None:
    Resource("/dimensions", shapes.DIMENSION, "number", _dimensions, _dimension).add_to(router)
    for path, shape, rows in (
        ("/values", shapes.DIMENSION_VALUE, _values),
        ("/distributions", shapes.DIMENSION_DISTRIBUTION, _nothing),
    ):
        _add_listing(router, path, shape, rows)
        by_key = Resource(path, shape, "key", rows, _by_key(rows))
        router.add("GET", f"{path}/{{}}/{{}}", by_key.read)
    for name, shape in DATA.items():
        _add_listing(router, f"/dimension-data/{name}", shape, _nothing)


def _add_listing(router: ServiceRouter, path: str, shape: Shape, rows: Gathered) -> None:
    listing = Listing(shape, lambda row: f"{row['dimensionNumber']}-{row.get('key')}", rows)
    router.add("GET", path, listing.by_cursor)
    router.add("GET", f"{path}/paged", listing.by_page)
    router.add("GET", f"{path}/count", listing.count)


def _dimensions(_call: Call, _values: list[str]) -> Iterator[Record]:
    yield {"number": DEPARTMENTS, "name": "Afdeling", "active": True}


def _dimension(call: Call, values: list[str]) -> Record | None:
    return next((row for row in _dimensions(call, []) if str(row["number"]) == values[0]), None)


def _values(call: Call, _given: list[str]) -> Iterator[Record]:
    for row in call.session.all("departments"):
        body = {"dimensionNumber": DEPARTMENTS, "key": row["departmentNumber"], "name": row.get("name")}
        yield {**body, "active": not row.get("barred")}


def _nothing(_call: Call, _given: list[str]) -> Iterator[Record]:
    return iter(())


def _by_key(rows: Gathered) -> One:
    def one(call: Call, values: list[str]) -> Record | None:
        wanted = (values[0], values[1])
        return next((r for r in rows(call, []) if (str(r["dimensionNumber"]), str(r["key"])) == wanted), None)

    return one
