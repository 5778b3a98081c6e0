"""*Produkter*: stock and what it is worth, one item's ledger, adjusting the stock."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.pages import document_kinds
from lagerbro_sandbox.rackbeat.pages.numbers import number
from lagerbro_sandbox.rackbeat.pages.table import listed
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.stock.micro import decimal
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

LEDGER_MAX: Final = 200
TYPES: Final = {
    "receipt": "Modtagelse",
    "shipment": "Forsendelse",
    "quantity_adjustment": "Antalsregulering",
    "value_adjustment": "Værdiregulering",
    "movement": "Flytning",
    "production_order": "Produktion",
}


def add_to(router: PageRouter) -> None:
    router.add("GET", "products", _overview)
    router.add("GET", "products/{}", _product)
    router.add("POST", "products/{}/adjust", _adjust)


def _overview(visit: Visit) -> Response:
    table = listed(visit, "products")
    reading = warehouse.stock(visit.session)
    values = {row["number"]: decimal(reading.standing(row["number"]).value) for row in table.rows}
    return visit.page("stock/products.html", table=table, values=values, total=decimal(reading.total()))


def _product(visit: Visit) -> Response:
    return visit.page("stock/product.html", **_context(visit))


def _context(visit: Visit) -> dict[str, Any]:
    key = quote(visit.key, safe="")
    product = visit.api("GET", f"products/{key}")
    ledger = visit.api("GET", f"reports/ledger/{key}")
    number = str(product["number"])
    return {
        "product": product,
        "ledger": ledger[: -LEDGER_MAX - 1 : -1],
        "left_out": max(len(ledger) - LEDGER_MAX, 0),
        "types": TYPES,
        "named": document_kinds.named,
        "value": decimal(warehouse.stock(visit.session).standing(number).value),
        "levels": {place: decimal(level) for place, level in warehouse.stock(visit.session).levels(number).items()},
        "locations": visit.rows("locations?limit=1000")[0],
        "typed": {},
    }


def _adjust(visit: Visit) -> Response:
    """An adjustment is made and booked at once."""
    try:
        adjustment = visit.api("POST", "inventory-adjustments", _body(visit))
        visit.api("POST", f"inventory-adjustments/{adjustment['id']}/book")
    except ApiError as error:
        return visit.refused(error, "stock/product.html", **{**_context(visit), "typed": visit.form})
    return to(f"products/{quote(visit.key, safe='')}", "adjusted")


def _body(visit: Visit) -> Record:
    form = visit.form
    body: Record = {
        "item_id": visit.key,
        "adjustment_type": "value" if form.get("kind") == "value" else "quantity",
        "location": form.get("location") or None,
        "reason": form.get("reason") or None,
    }
    if form.get("regulated_at"):
        body["regulated_at"] = form["regulated_at"]
    if body["adjustment_type"] == "value":
        return {**body, "cost_price": number(form.get("cost_price", ""), "cost_price")}
    cost = form.get("cost_price", "")
    price = {"cost_price": number(cost, "cost_price")} if cost.strip() else {}
    return {**body, **price, "quantity": number(form.get("quantity", ""), "quantity")}
