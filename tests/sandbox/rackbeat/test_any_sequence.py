"""Whatever people do in whatever order: the total is the sum of the items, and both are the replay of the movements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.storage import MEMORY, transaction
from lagerbro_sandbox.rackbeat import load
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.platform import tokens
from lagerbro_sandbox.rackbeat.stock.costing import Costing, State, roll
from lagerbro_sandbox.rackbeat.stock.micro import decimal
from lagerbro_sandbox.rackbeat.stock.posting import movement_of
from lagerbro_sandbox.rackbeat.stock.queries import Reading
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import BEARER, TestClock, nordlys

ACCOUNT, ITEMS = nordlys().rackbeat_account_id, ("NL-100", "NL-101")
DAYS = [f"2026-11-{day:02}" for day in range(18, 25)]
ACTS = ("buy", "receive", "bill", "unbook_bill", "rebook_bill", "order", "ship", "invoice", "sell", "credit", "adjust")

acts = st.tuples(
    st.sampled_from(ACTS), st.sampled_from(ITEMS), st.integers(1, 12), st.integers(1, 9000), st.sampled_from(DAYS)
)
Act = tuple[str, str, int, int, str]


@dataclass
class World:
    """An account, and the numbers of what was made in it. What is refused is refused: the next act goes on."""

    call: Caller
    costing: Costing
    made: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, costing: Costing) -> World:
        whole = nordlys()
        goods = tuple(product for product in whole.products if product.number in ITEMS)
        small = replace(whole, products=goods, customers=whole.customers[:1], suppliers=whole.suppliers[:1])
        sandbox = RackbeatSandbox(MEMORY, TestClock())
        sandbox.limits.per_minute = 10**9
        with transaction(sandbox.store.connection):
            load.load(sandbox.store, replace(small, costing=costing))
            tokens.permit(sandbox.store, ACCOUNT, BEARER)
        return cls(Caller(sandbox), costing)

    def do(self, act: str, item: str, quantity: int, price: int, day: str) -> None:
        getattr(self, act)({"item_id": item, "quantity": quantity, "line_price": price}, day)

    def buy(self, line: Any, day: str) -> None:
        body = {"supplier_id": nordlys().suppliers[0].number, "currency": "DKK", "purchase_date": day, "lines": [line]}
        self._post("purchase-orders", body, "purchase_order", "number")

    def receive(self, line: Any, day: str) -> None:
        for order in self.made.get("purchase_order", [])[-1:]:
            rows = self.call.get(f"purchase-orders/{order}")["lines"]
            body = {"lines": [{"id": rows[0]["id"], "quantity": line["quantity"]}]}
            status, made = self.call("POST", f"/api/purchase-orders/{order}/create-receipt", body)
            if status == 201:
                number = made["purchase_order_receipt"]["number"]
                self._act(f"purchase-order-receipts/{number}/mark-received", {"received_at": day})

    def bill(self, line: Any, day: str) -> None:
        for order in self.made.get("purchase_order", [])[-1:]:
            body = {"book": False, "invoice_date": day}
            status, made = self.call("POST", f"/api/purchase-orders/{order}/convert-to-invoice", body)
            if status == 200:
                self.made.setdefault("bill", []).append(made["invoice_id"])
                self.rebook_bill(line, day)

    def unbook_bill(self, line: Any, day: str) -> None:
        for bill in self.made.get("bill", [])[-1:]:
            self._act(f"supplier-invoices/{bill}/unbook")

    def rebook_bill(self, line: Any, day: str) -> None:
        for bill in self.made.get("bill", [])[-1:]:
            row = self.call.get(f"supplier-invoices/{bill}")["lines"][0]
            sent = {"lines": [{**row, "line_price": line["line_price"]}]}
            self.call("PUT", f"/api/supplier-invoices/{bill}", sent)
            how = {"mark_received": line["quantity"] % 2 == 0, "use_invoice_date": True}
            self._act(f"supplier-invoices/{bill}/book", how)

    def order(self, line: Any, day: str) -> None:
        self._post("orders", {"customer_id": nordlys().customers[0].number, "lines": [line]}, "order", "number")

    def ship(self, line: Any, day: str) -> None:
        for order in self.made.get("order", [])[-1:]:
            rows = self.call.get(f"orders/{order}")["lines"]
            body = {"lines": [{"id": rows[0]["id"], "quantity": line["quantity"]}]}
            status, made = self.call("POST", f"/api/orders/{order}/create-shipment", body)
            if status == 201:
                self._act(f"orders/shipments/{made['order_shipment']['id']}/mark-shipped", {"shipping_date": day})

    def invoice(self, line: Any, day: str) -> None:
        for order in self.made.get("order", [])[-1:]:
            self.call("POST", f"/api/orders/{order}/convert-to-invoice", {"invoice_date": day})

    def sell(self, line: Any, day: str) -> None:
        body = {"customer_id": nordlys().customers[0].number, "invoice_date": day, "lines": [line]}
        self._post("customer-invoices", body, "invoice", "number")
        self._act(f"customer-invoices/{self.made['invoice'][-1]}/book")

    def credit(self, line: Any, day: str) -> None:
        for sold in self.made.get("invoice", [])[-1:]:
            rows = self.call.get(f"customer-invoices/{sold}")["lines"]
            body = {"reverse_inventory": True, "lines": [{"id": rows[0]["id"], "quantity": line["quantity"]}]}
            status, made = self.call("POST", f"/api/customer-invoices/{sold}/create-creditnote", body)
            if status == 201:
                self._act(f"customer-invoices/{made['customer_invoice']['number']}/book")

    def adjust(self, line: Any, day: str) -> None:
        by_value = line["line_price"] % 3 == 0
        body = {"item_id": line["item_id"], "location": 1, "regulated_at": day, "quantity": line["quantity"]}
        body |= {"adjustment_type": "value", "cost_price": line["line_price"]} if by_value else {}
        status, made = self.call("POST", "/api/inventory-adjustments", body)
        if status == 201:
            self._act(f"inventory-adjustments/{made['inventory_regulation']['id']}/book")

    def _post(self, path: str, body: Any, name: str, key: str) -> None:
        self.made.setdefault(name, []).append(self.call.send("POST", path, body)[key])

    def _act(self, path: str, body: Any = None) -> None:
        status, answer = self.call("POST", f"/api/{path}", body or {})
        assert status in (200, 201, 422), answer


def replayed(world: World, item: str, day: str) -> State:
    state, reading = State(), Reading(world.call.core.store.connection, ACCOUNT)
    list(roll(state, map(movement_of, reading.ledger(item, day)), world.costing, lambda _: None))
    return state


def agree(world: World, day: str) -> None:
    rows = world.call.get(f"reports/valuation?date_to={day}")
    assert world.call.get(f"reports/valuation/total?date_to={day}") == sum(row["value"] for row in rows)
    by_item = {row["number"]: (row["quantity"], row["value"]) for row in rows}
    for item in ITEMS:
        state = replayed(world, item, day)
        assert by_item.get(item, (0, 0)) == (decimal(state.quantity), decimal(state.value))


def waited_for(world: World, path: str, done: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for document in world.call.get(f"{path}?limit=1000&is_booked=1"):
        for line in document["lines"]:
            found[line["child_id"]] += max(line["quantity"] - line[done], 0)
    return found


def fits(world: World) -> None:
    ordered = waited_for(world, "orders", "quantity_shipped")
    bought = waited_for(world, "purchase-orders", "quantity_received")
    for item in ITEMS:
        product = world.call.get(f"products/{item}")
        assert (product["in_order_quantity"], product["purchased_quantity"]) == (ordered[item], bought[item])
        assert product["available_quantity"] == product["stock_quantity"] - ordered[item]
        assert ("cost_price" in product) is (product["stock_quantity"] != 0)


@pytest.mark.parametrize("costing", Costing)
@given(sequence=st.lists(acts, min_size=1, max_size=14))
@settings(max_examples=30)
def test_i_the_total_is_the_items_is_the_replay(costing: Costing, sequence: list[Act]) -> None:
    world = World.of(costing)
    for act in sequence:
        world.do(*act)
    for day in (*DAYS, "2026-12-31"):
        agree(world, day)
    fits(world)
    world.call.core.close()
