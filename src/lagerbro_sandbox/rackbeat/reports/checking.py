"""For counting: every item with its stock, in all and by location (L)."""

from __future__ import annotations

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.micro import decimal
from lagerbro_sandbox.rackbeat.wire.listing import PAGING, listed, page
from lagerbro_sandbox.rackbeat.wire.parameters import flag, has_inventory
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    router.add("GET", "reports/checking", _checking)
    router.add("GET", "reports/reordering", _reordering)


def _checking(session: Session, call: Call) -> Response:
    places = {row["number"]: row["name"] for row in session.all("locations")}
    everywhere = flag(call.given.get("show_all_locations"))
    given = {name: call.given[name] for name in PAGING if name in call.given}
    groups = [str(group["number"]) for group in session.all("product-groups") if group.get("has_inventory")]
    listing = Listing("products", "items", among={"group_id": tuple(groups)})
    return page(session, given, listing, lambda row: _item(session, row, places, everywhere=everywhere))


def _item(session: Session, row: Record, places: dict[int, str], *, everywhere: bool) -> Record:
    number = str(row["number"])
    levels = warehouse.stock(session).levels(number)
    shown = {place: name for place, name in places.items() if everywhere or levels.get(place)}
    return {
        "number": number,
        "name": row["name"],
        "barcode": row.get("barcode"),
        "recommended_cost_price": row.get("recommended_cost_price"),
        **warehouse.figures(session, number),
        "locations": [
            {"number": place, "name": name, "stock_quantity": decimal(levels.get(place, 0))}
            for place, name in shown.items()
        ],
    }


def _reordering(session: Session, call: Call) -> Response:
    """P: what falls below its least stock once everything that is ordered has been shipped and received."""
    rows = []
    for row in session.all("products"):
        figures = warehouse.figures(session, str(row["number"]))
        lacking = (row.get("min_stock") or 0) - figures["available_quantity"] - figures["purchased_quantity"]
        if has_inventory(session, row) and lacking > 0:
            named = {name: row.get(name) for name in ("number", "name", "barcode", "min_stock", "default_supplier_id")}
            rows.append({**named, **figures, "missing_quantity": lacking})
    return listed(call.request, "items", rows)
