"""What orders bring (D 3.13): each with its cost and profit, and the sums of them all in base currency."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, partial
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.documents.kinds import ORDER
from lagerbro_sandbox.rackbeat.documents.sales import orders
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.stock import warehouse
from lagerbro_sandbox.rackbeat.wire.answers import plain
from lagerbro_sandbox.rackbeat.wire.field_selection import pruned
from lagerbro_sandbox.rackbeat.wire.listing import passing
from lagerbro_sandbox.rackbeat.wire.parameters import asked_day
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

LISTING: Final = Listing(ORDER.path, "orders", day=ORDER.day)
_SHOWN: Final = ("number", "order_date", "customer_id", "currency", "currency_rate", "total_subtotal", "total_total")
_COSTS: Final = ("total_cost", "total_profit", "total_profit_percentage")


def add_to(router: Router) -> None:
    router.add("GET", "revenue-orders", _revenue)


def _revenue(session: Session, call: Call) -> Response:
    """P: booked orders that are not cancelled, by their date; totals are without VAT."""
    days = {name: asked_day(call.given.get(name), name) or "" for name in ("date_from", "date_to")}
    rows = passing(session, {"is_booked": "1", "is_cancelled": "0", **days}, LISTING)
    present = cache(partial(warehouse.present_cost, session))
    orders_shown = [row | orders.brought(session, row, present) for row in rows]
    fields = call.given.get("fields", "")
    total = sum((Decimal(row["total_subtotal"] * row["currency_rate"]) for row in orders_shown), Decimal(0))
    return plain(
        {
            "orders": [pruned({name: row[name] for name in (*_SHOWN, *_COSTS)}, fields) for row in orders_shown],
            "sum_total_cost": sum((row["total_cost"] for row in orders_shown), Decimal(0)),
            "sum_total_total": round(total, 2),
            "sum_total_profit": sum((row["total_profit"] for row in orders_shown), Decimal(0)),
            "base_currency": session.company["base_currency"],
        }
    )
