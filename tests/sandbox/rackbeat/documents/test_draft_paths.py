"""Documents that are not booked stand under a path of their own too: the list, and one of them by its number."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

LINE = {"item_id": "NL-100", "quantity": 2, "line_price": 100}
KINDS = {
    "orders": ("order", "customer_id"),
    "offers": ("offer", "customer_id"),
    "customer-invoices": ("customer_invoice", "customer_id"),
    "purchase-orders": ("purchase_order", "supplier_id"),
    "supplier-invoices": ("supplier_invoice", "supplier_id"),
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def drafted(call: Caller, path: str, party: str) -> int:
    known = call.get(f"{'suppliers' if party == 'supplier_id' else 'customers'}?limit=1")[0]["number"]
    body: Any = {party: known, "currency": "DKK", "lines": [LINE]}
    number: int = call.send("POST", f"{path}/drafts", body)["number"]
    return number


@pytest.mark.parametrize("path", KINDS)
def test_drafts_are_listed_and_read_under_their_own_path(call: Caller, path: str) -> None:
    name, party = KINDS[path]
    kept, booked = drafted(call, path, party), drafted(call, path, party)
    call.send("POST", f"{path}/{booked}/book")
    status, listed = call("GET", f"/api/{path}/drafts?limit=1000")
    assert (status, next(iter(listed))) == (206, path.replace("-", "_"))
    rows = listed[path.replace("-", "_")]
    assert [row["number"] for row in rows] == [kept]
    assert (listed["total"], listed["page"], listed["pages"]) == (1, 1, 1)
    whole = call.get(f"{path}?limit=1000")
    assert {row["number"]: row["is_booked"] for row in whole} == {kept: False, booked: True}
    assert rows == [row for row in whole if row["number"] == kept]
    assert call("GET", f"/api/{path}/drafts?is_booked=1")[1]["total"] == 1  # drafts they are, whatever is asked
    status, one = call("GET", f"/api/{path}/drafts/{kept}")
    assert (status, one) == (200, {name: call.get(f"{path}/{kept}")})
    for absent in (booked, 987654):
        assert call("GET", f"/api/{path}/drafts/{absent}")[0] == 404
        assert call("PUT", f"/api/{path}/drafts/{absent}", {"heading": "x"})[0] == 404
        assert call("DELETE", f"/api/{path}/drafts/{absent}")[0] == 404
    assert call.send("PUT", f"{path}/drafts/{kept}", {"heading": "Ny"})["heading"] == "Ny"
    assert call.raw("GET", f"/api/{path}/drafts/{kept}.pdf").body.startswith(b"%PDF")
    assert call("DELETE", f"/api/{path}/drafts/{kept}")[0] in (200, 204)
    assert call("GET", f"/api/{path}/{kept}")[0] == 404
    assert call("GET", f"/api/{path}/drafts")[1]["total"] == 0


def test_drafts_are_paged_and_filtered_as_the_whole_list_is(call: Caller) -> None:
    numbers = [drafted(call, "orders", "customer_id") for _ in range(5)]
    first = call("GET", "/api/orders/drafts?limit=2")[1]
    assert ([row["number"] for row in first["orders"]], first["total"], first["pages"]) == (numbers[:2], 5, 3)
    last = call("GET", "/api/orders/drafts?limit=2&page=3")[1]
    assert [row["number"] for row in last["orders"]] == numbers[4:]
    assert call("GET", "/api/orders/drafts?customer_number=1")[1]["total"] == 0


def test_production_orders_have_drafts_too(call: Caller) -> None:
    lot = {"number": "SAMLET", "name": "Samlet", "group_id": 1, "lines": [{"product_id": "NL-100", "quantity": 1}]}
    group = next(row["number"] for row in call.get("product-groups?limit=100") if row["has_inventory"])
    call.send("POST", "lots", {**lot, "group_id": group})
    kept, booked = (
        call.send("POST", "production-orders/drafts", {"lot_id": "SAMLET", "quantity": 1})["number"] for _ in range(2)
    )
    call.send("POST", f"production-orders/{booked}/book")
    assert [row["number"] for row in call.get("production-orders/drafts")] == [kept]
    assert call.get(f"production-orders/drafts/{kept}")["number"] == kept
    assert call("GET", f"/api/production-orders/drafts/{booked}")[0] == 404
