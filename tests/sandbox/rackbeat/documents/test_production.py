"""Production orders, a lot's own stock, the first stock of a product, and the event of stock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.rackbeat.choices import EVENT_STOCK
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

URL = "http://127.0.0.1:1/x"


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def group(call: Caller, item: str = "NL-100") -> int:
    return int(call.get(f"products/{item}")["group_id"])


def lot(call: Caller, *parts: tuple[str, Any]) -> str:
    lines = [{"product_id": number, "quantity": quantity} for number, quantity in parts]
    body = {"number": "SÆT-1", "name": "Sæt", "group": group(call), "sales_price": 9000, "lines": lines}
    return str(call.send("POST", "lots", body)["number"])


def total(call: Caller) -> Decimal:
    return Decimal(call("GET", "/api/reports/valuation/total")[1]["total_value"])


def test_p_producing_takes_the_parts_and_the_lot_is_worth_them(call: Caller) -> None:
    first, second = call.get("products/NL-100"), call.get("products/NL-101")
    worth = total(call)
    made = lot(call, ("NL-100", 2), ("NL-101", "0.5"), ("V-TIME", 1))
    assert call.get(f"lots/{made}")["stock_quantity"] == 0
    order = call.send("POST", "production-orders", {"lot_id": made, "quantity": 2, "note": "Til jul"})
    assert [(line["item_id"], line["quantity"]) for line in order["lines"]] == [
        ("NL-100", 4),
        ("NL-101", 1),
        ("V-TIME", 2),
    ]
    assert call.get("products/NL-100")["stock_quantity"] == first["stock_quantity"]
    booked = call.send("POST", f"production-orders/{order['number']}/book")
    assert (booked["is_booked"], booked["is_produced"]) == (True, True)
    assert call.get("products/NL-100")["stock_quantity"] == first["stock_quantity"] - 4
    assert call.get("products/NL-101")["stock_quantity"] == second["stock_quantity"] - 1
    cost = Decimal(first["cost_price"] * 2 + second["cost_price"] / Decimal(2))
    lot_now = call.get(f"lots/{made}")
    assert lot_now["stock_quantity"] == 2
    assert abs(lot_now["cost_price"] - cost) <= Decimal("0.000001")
    assert booked["cost_price"] == lot_now["cost_price"]
    assert abs(total(call) - worth) <= Decimal("0.000002")
    assert call.get(f"reports/ledger/{made}")[0]["type"] == "production_order"
    assert call("POST", f"/api/production-orders/{order['number']}/book")[0] == 422
    assert call("DELETE", f"/api/production-orders/{order['number']}")[0] == 422
    assert call.get(f"lots/{made}")["stock_quantity"] == 2


def test_i_a_sold_lot_leaves_its_own_stock_and_costs_what_it_does(call: Caller) -> None:
    made = lot(call, ("NL-100", 1))
    number = call.send("POST", "production-orders/drafts", {"item_id": made, "quantity": 3})["number"]
    call.send("POST", f"production-orders/{number}/book")
    part = call.get("products/NL-100")
    line = {"item_id": made, "quantity": 2}
    invoice = call.send("POST", "customer-invoices", {"customer_id": 10001, "lines": [line]})["number"]
    call.send("POST", f"customer-invoices/{invoice}/book")
    assert call.get(f"lots/{made}")["stock_quantity"] == 1
    assert call.get("products/NL-100")["stock_quantity"] == part["stock_quantity"]
    (sold,) = call.get(f"customer-invoices/{invoice}")["lines"]
    assert (sold["child_type"], sold["item_cost_price"]) == ("lot", part["cost_price"])


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"lot_id": "NL-100", "quantity": 1}, "lot_id"),
        ({"quantity": 1}, "lot_id"),
        ({"lot_id": "SÆT-1", "quantity": 0}, "quantity"),
        ({"lot_id": "SÆT-1", "quantity": 1, "production_date": "2026-12-24"}, "production_date"),
    ],
)
def test_p_what_cannot_be_produced_is_refused(call: Caller, body: dict[str, Any], path: str) -> None:
    lot(call, ("NL-100", 1))
    status, refusal = call("POST", "/api/production-orders", body)
    assert (status, list(refusal["errors"])) == (422, [path])
    assert call("GET", "/api/production-orders")[1]["total"] == 0


def test_d_production_orders_are_listed_copied_printed_and_deleted(call: Caller) -> None:
    made = lot(call, ("NL-100", 1))
    number = call.send("POST", "production-orders", {"lot_id": made, "quantity": 1})["number"]
    copy = call.send("POST", f"production-orders/{number}/copy")["number"]
    assert [row["number"] for row in call.get("production-orders")] == [number, copy]
    assert call.raw("GET", f"/api/production-orders/{number}.pdf").body.startswith(b"%PDF")
    assert call("DELETE", f"/api/production-orders/{copy}")[0] == 200
    assert call("GET", f"/api/production-orders/{copy}")[0] == 404


def test_p_the_first_stock_of_a_product_is_an_adjustment(call: Caller) -> None:
    worth = total(call)
    body = {"number": "NY-1", "name": "Ny", "group": group(call), "stock_quantity": 4, "recommended_cost_price": "12.5"}
    made = call.send("POST", "products", body)
    assert (made["stock_quantity"], made["cost_price"]) == (4, Decimal("12.5"))
    assert total(call) == worth + 50
    (entry,) = call.get("reports/ledger/NY-1")
    assert (entry["type"], entry["quantity"]) == ("quantity_adjustment", 4)
    assert call.get("inventory-adjustments")[0]["reason"] == "Startbeholdning"
    assert call.send("PUT", "products/NY-1", {"stock_quantity": 9})["stock_quantity"] == 4
    assert call("POST", "/api/products", {**body, "number": "NY-2", "stock_quantity": "mange"})[0] == 422
    assert call("GET", "/api/products/NY-2")[0] == 404
    assert total(call) == worth + 50


def test_l_the_event_of_stock_has_a_body_of_its_own(call: Caller, systems: Sandboxes) -> None:
    call.send("POST", "webhooks", {"event": EVENT_STOCK, "url": URL})
    made = lot(call, ("NL-100", 1))
    number = call.send("POST", "production-orders", {"lot_id": made, "quantity": 1})["number"]
    assert systems.rackbeat.due_deliveries() == []
    call.send("POST", f"production-orders/{number}/book?suppress_webhooks=true")
    assert systems.rackbeat.due_deliveries() == []
    again = call.send("POST", f"production-orders/{number}/copy")["number"]
    call.send("POST", f"production-orders/{again}/book")
    told = systems.rackbeat.due_deliveries()
    assert [from_json(delivery.body) for delivery in told] == [
        {"item": "NL-100", "item_type": "product", "type": "stock"},
        {"item": made, "item_type": "lot", "type": "stock"},
    ]
    assert {delivery.headers["Rackbeat-Webhook-Event"] for delivery in told} == {EVENT_STOCK}
