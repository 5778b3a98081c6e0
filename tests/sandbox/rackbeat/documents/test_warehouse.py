"""The warehouse through the API: adjustments, movements, counting, reports. The letter is the evidence (D L C I P)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

ITEM, COST = "NL-100", D("1853.68")
AT_FIRST = D(9)


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def adjust(call: Caller, **body: Any) -> Any:
    made = call.send("POST", "inventory-adjustments", {"item_id": ITEM, "location": 1, **body})
    return call.send("POST", f"inventory-adjustments/{made['id']}/book")


def product(call: Caller) -> Any:
    return call.get(f"products/{ITEM}")


def total(call: Caller, query: str = "") -> Any:
    return call.get(f"reports/valuation/total{query}")


def refused(call: Caller, method: str, path: str, body: Any = None) -> Any:
    before = total(call)
    status, answer = call(method, f"/api/{path}", body)
    assert (status, total(call)) == (422, before)
    return answer


def test_p_the_opening_stock_is_worth_what_the_books_say(call: Caller, systems: Sandboxes) -> None:
    rows = call.get("reports/valuation")
    assert total(call) == sum(row["value"] for row in rows)
    assert {row["number"]: (row["quantity"], row["cost_price"]) for row in rows}[ITEM] == (AT_FIRST, COST)
    assert total(call, "?date_to=2025-12-31") == 0


def test_p_the_total_stands_under_three_keys(call: Caller) -> None:
    _, body = call("GET", "/api/reports/valuation/total")
    assert list(body) == ["total_value", "value", "total"]
    assert len(set(body.values())) == 1


def test_l_an_adjustment_is_a_target_and_counts_when_it_is_booked(call: Caller) -> None:
    before = total(call)
    body = {"item_id": ITEM, "adjustment_type": "quantity", "quantity": 7, "location": 1, "reason": "Svind"}
    status, made = call("POST", "/api/inventory-adjustments", {**body, "regulated_at": "2026-11-20"})
    assert (status, list(made)) == (201, ["inventory_regulation"])
    assert (total(call), product(call)["stock_quantity"]) == (before, AT_FIRST)
    path = f"inventory-adjustments/{made['inventory_regulation']['id']}"
    booked = call.send("POST", f"{path}/book")
    assert (booked["is_booked"], booked["change"]) == (True, -2)
    assert (total(call), total(call, "?date_to=2026-11-19")) == (before - 2 * COST, before)
    assert refused(call, "POST", f"{path}/book")["message"] == "The adjustment is booked."


def test_l_an_adjustment_that_changes_nothing_is_refused(call: Caller) -> None:
    body = {"item_id": ITEM, "adjustment_type": "quantity", "quantity": 9, "location": 1}
    assert "change" in refused(call, "POST", "inventory-adjustments", body)["message"]
    assert call.get("inventory-adjustments") == []
    adjust(call, quantity=8)
    adjust(call, quantity=9)
    assert product(call)["stock_quantity"] == 9


@pytest.mark.parametrize(
    "wrong",
    [
        {"item_id": "NONE"},
        {"item_id": "FRAGT"},
        {"quantity": -1},
        {"quantity": "x"},
        {"quantity": 10**15},
        {"location": 77},
        {"regulated_at": "2027-01-01"},
        {"regulated_at": "soon"},
        {"adjustment_type": "colour"},
    ],
)
def test_p_what_is_no_adjustment_is_refused(call: Caller, wrong: dict[str, Any]) -> None:
    body = {"item_id": ITEM, "quantity": 3, "location": 1, **wrong}
    status, made = call("POST", "/api/inventory-adjustments", body)
    if status == 201:
        status, made = call("POST", f"/api/inventory-adjustments/{made['inventory_regulation']['id']}/book")
    assert status == 422
    adjust(call, quantity=3)


def test_d_a_value_adjustment_needs_stock_and_changes_what_it_is_worth(call: Caller) -> None:
    before = total(call)
    adjust(call, adjustment_type="value", cost_price="1800.5")
    assert (product(call)["cost_price"], total(call)) == (D("1800.5"), before - 9 * (COST - D("1800.5")))
    adjust(call, quantity=0)
    assert "cost_price" not in product(call)
    body = {"item_id": ITEM, "adjustment_type": "value", "cost_price": 1}
    assert "stock" in refused(call, "POST", "inventory-adjustments", body)["message"]


def test_d_the_ledger_tells_types_and_running_figures_and_what_was_corrected(call: Caller) -> None:
    adjust(call, quantity=4, regulated_at="2026-11-20")
    adjust(call, quantity=19, cost_price=1000, regulated_at="2026-11-10")
    lines = call.get(f"reports/ledger/{ITEM}")
    assert [(line["date"], line["type"], line["quantity"], line["is_corrected"]) for line in lines] == [
        ("2026-01-01", "quantity_adjustment", 9, False),
        ("2026-11-10", "quantity_adjustment", 10, False),
        ("2026-11-20", "quantity_adjustment", -5, True),
    ]
    assert [line["running_quantity"] for line in lines] == [9, 19, 14]
    assert lines[-1]["running_value"] == D("26683.12") - D("7021.873684")


def test_p_moving_goods_changes_where_they_lie_and_nothing_else(call: Caller, systems: Sandboxes) -> None:
    systems.rackbeat.store.put(4711, "locations", 2, {"number": 2, "name": "Fjernlager"})
    before = total(call)
    body = {"from_location": 1, "to_location": 2, "lines": [{"item_id": ITEM, "quantity": 4}]}
    made = call.send("POST", "inventory/internal-movements", body)
    assert call.get("reports/valuation?location=2") == []
    call.send("POST", f"inventory/internal-movements/{made['id']}/book")
    refused(call, "POST", f"inventory-movements/{made['id']}/book")
    assert [row["id"] for row in call.get("inventory-movements")] == [made["id"]]
    assert call.get("inventory/internal-movements?toLocation=1") == []
    assert total(call) == before
    (row,) = call.get("reports/valuation?location=2")
    assert (row["quantity"], row["value"]) == (4, 4 * COST)
    assert total(call, "?location=1") + total(call, "?location=2") == before
    _, level = call("GET", f"/api/locations/2/get-stock/{ITEM}")
    assert level["stock_quantity"] == 4
    assert [line["quantity"] for line in call.get(f"reports/ledger/{ITEM}")] == [9, -4, 4]
    assert [row["number"] for row in call.get(f"items/{ITEM}/locations")] == [1, 2]
    same = {**body, "to_location": 1}
    assert "to_location" in refused(call, "POST", "inventory/internal-movements", same)["errors"]


def test_p_counting_adjusts_what_differs(call: Caller) -> None:
    for quantity, item in ((9, ITEM), (8, "NL-101"), (2, "NL-102")):
        call.send("POST", "inventory/checking-drafts", {"item_id": item, "location": 1, "quantity": quantity})
    booked = call.send("POST", "inventory/checking-drafts/book-all")
    assert [row["item_id"] for row in booked] == ["NL-102"]
    assert call.get("inventory/checking-drafts") == []
    assert call.get("products/NL-102")["stock_quantity"] == 2


def test_l_the_checking_report_shows_stock_by_location(call: Caller) -> None:
    query = "show_all_locations=true&limit=1000&fields=number,stock_quantity,locations(number,stock_quantity)"
    status, body = call("GET", f"/api/reports/checking?{query}")
    assert (status, next(iter(body))) == (206, "items")
    rows = {row["number"]: row for row in body["items"]}
    assert rows[ITEM] == {"number": ITEM, "stock_quantity": 9, "locations": [{"number": 1, "stock_quantity": 9}]}
    assert "FRAGT" not in rows


def test_p_a_bad_day_is_400(call: Caller) -> None:
    assert call("GET", "/api/reports/valuation?date_to=soon")[0] == 400
    assert call("GET", "/api/reports/valuation?location=x")[0] == 400
    assert call("GET", "/api/reports/ledger/NONE")[0] == 404
    assert call("GET", "/api/reports/valuation?date_to=2026-11-24%2012:00:00")[0] == 200
