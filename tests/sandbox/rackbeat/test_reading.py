"""Lists and reports read no more than they need, and say exactly what they would say had they read everything."""

from __future__ import annotations

from decimal import Decimal as D
from itertools import product
from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

DAYS = ("2026-11-01", "2026-11-10", "2026-11-20")
SHOWN = ("number", "order_date", "customer_id", "currency", "currency_rate", "total_subtotal", "total_total")
COSTS = ("total_cost", "total_profit", "total_profit_percentage")


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def order(call: Caller, day: str, how: str, currency: str) -> None:
    lines = [{"item_id": "NL-100", "quantity": 2}, {"item_id": "FRAGT", "quantity": 1, "line_price": 79}]
    body = {"customer_id": 10001, "order_date": day, "currency": currency, "lines": lines}
    number = call.send("POST", "orders/drafts" if how == "draft" else "orders", body)["number"]
    if how == "cancelled":
        call.send("POST", f"orders/{number}/cancel")
    if how == "shipped":
        shipment = call.send("POST", f"orders/{number}/create-shipment")["id"]
        call.send("POST", f"orders/shipments/{shipment}/mark-shipped")


@pytest.mark.parametrize("fields", ["", "&fields=number,total_cost"])
def test_what_orders_bring_is_of_the_booked_ones_of_those_days(call: Caller, fields: str) -> None:
    for day, how, currency in product(DAYS, ("booked", "draft", "cancelled", "shipped"), ("DKK", "EUR")):
        order(call, day, how, currency)
    whole = [call.get(f"orders/{row['number']}") for row in call.get("orders?limit=1000")]
    assert len(whole) == 24
    for since, until in product(("", *DAYS, "2026-11-11"), repeat=2):
        status, report = call("GET", f"/api/revenue-orders?date_from={since}&date_to={until}&limit=1{fields}")
        rows = [
            row
            for row in whole
            if row["is_booked"] and not row["is_cancelled"] and since <= row["order_date"] <= (until or "9999")
        ]
        names = ("number", "total_cost") if fields else (*SHOWN, *COSTS)
        assert (status, report["orders"]) == (200, [{name: row[name] for name in names} for row in rows])
        assert report["sum_total_cost"] == sum((row["total_cost"] for row in rows), D(0))
        assert report["sum_total_profit"] == sum((row["total_profit"] for row in rows), D(0))
        total = sum((D(row["total_subtotal"] * row["currency_rate"]) for row in rows), D(0))
        assert report["sum_total_total"] == round(total, 2)
    for name in ("date_from", "date_to"):
        assert call("GET", f"/api/revenue-orders?{name}=soon")[0] == 400


def move(call: Caller, away: int, back: bool, day: str, how: str) -> None:
    ends = {"from_location": away if back else 1, "to_location": 1 if back else away}
    body = {**ends, "item_id": "NL-100", "quantity": 1, "regulated_at": day}
    number = call.send("POST", "inventory/internal-movements", body)["id"]
    if how != "open":
        call.send("POST", f"inventory/internal-movements/{number}/book")
    if how == "received":
        call.send("POST", f"inventory/internal-movements/{number}/create-receipt")


def moved(call: Caller, query: str) -> tuple[list[Any], Any]:
    status, answer = call("GET", f"/api/inventory/internal-movements?{query}")
    assert status == 206, (query, answer)
    rows = answer.pop("internal_movements")
    return [row["id"] for row in rows], answer


def test_movements_are_the_same_with_and_without_a_filter(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    away = call.send("POST", "locations", {"name": "Fjernlager"})["number"]
    for back, day, how in product((True, False), DAYS, ("open", "booked", "received")):
        move(call, away, back, day, how)
    every = list(range(1, 19))
    for size, number in product((1, 5, 20), (1, 2, 4, 9)):
        found = every[(number - 1) * size : number * size]
        told = {"total": 18, "pages": -(-18 // size), "limit": size, "page": number}
        for narrowed in ("", "&itemNumber=NL-100", "&order_by=id", "&is_booked=1"):
            assert moved(call, f"limit={size}&page={number}{narrowed}") == (found, told)
    assert moved(call, "booked=1&limit=100")[0] == [number for number in every if number % 3 != 1]
    assert moved(call, f"fromLocation={away}&dateTo=2026-11-10")[0] == [1, 2, 3, 4, 5, 6]
    assert moved(call, "itemNumber=NL-200")[0] == []
    assert call("GET", "/api/inventory/internal-movements?page=x")[0] == 400
    monkeypatch.setattr(call.core.store, "all", None)
    assert moved(call, "limit=2&page=3")[0] == [5, 6]


def test_items_are_counted_that_are_kept_in_stock(call: Caller) -> None:
    kept = {row["number"] for row in call.get("product-groups?limit=1000") if row["has_inventory"]}
    numbers = [row["number"] for row in call.get("products?limit=1000") if row["group_id"] in kept]
    status, whole = call("GET", "/api/reports/checking?limit=1000&search=nothing&order_by=name")
    assert (status, [row["number"] for row in whole["items"]]) == (206, numbers)
    for size, number in product((1, 3), (1, 2, 50)):
        _, part = call("GET", f"/api/reports/checking?limit={size}&page={number}&is_barred=1")
        found, total = whole["items"][(number - 1) * size : number * size], len(numbers)
        told = {"total": total, "pages": -(-total // size), "limit": size, "page": number}
        assert part == {"items": found, **told}
    (row,) = call("GET", "/api/reports/checking?limit=1&fields=number,name")[1]["items"]
    assert row == {name: whole["items"][0][name] for name in ("number", "name")}
    for group in kept:
        record = {**call.get(f"product-groups/{group}"), "has_inventory": False}
        call.core.store.put(4711, "product-groups", group, record)
    assert call("GET", "/api/reports/checking")[1]["total"] == 0
