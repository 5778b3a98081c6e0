"""Purchase orders, receipts and supplier invoices. The letter is the evidence (rackbeat-api 0): D L C S I P."""

from __future__ import annotations

import base64
from decimal import Decimal as D
from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

ITEM, COST, STOCK = "NL-100", D("1853.68"), 9
FREIGHT_GROUP = 8


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


@pytest.fixture
def supplier(call: Caller) -> int:
    number: int = call.get("suppliers?limit=1")[0]["number"]
    return number


def line(quantity: Any = 10, price: Any = 2000, item: str = ITEM, **more: Any) -> dict[str, Any]:
    return {"item_id": item, "quantity": quantity, "line_price": price, **more}


def purchase(call: Caller, supplier: int, *lines: dict[str, Any], **more: Any) -> Any:
    body = {"supplier_id": supplier, "currency": "DKK", "lines": list(lines or (line(),)), **more}
    return call.send("POST", "purchase-orders", body)


def bill(call: Caller, supplier: int, *lines: dict[str, Any], **more: Any) -> Any:
    body = {"supplier_id": supplier, "currency": "DKK", "lines": list(lines or (line(),)), **more}
    return call.send("POST", "supplier-invoices", body)


def book(call: Caller, number: int, **how: Any) -> Any:
    return call.send("POST", f"supplier-invoices/{number}/book", how)


def receive(call: Caller, order: int, body: Any = None) -> Any:
    made = call.send("POST", f"purchase-orders/{order}/create-receipt", body)
    return call.send("POST", f"purchase-order-receipts/{made['number']}/mark-received")


def total(call: Caller, query: str = "") -> Any:
    return call.get(f"reports/valuation/total{query}")


def stock(call: Caller) -> Any:
    return call.get(f"products/{ITEM}")["stock_quantity"]


def refused(call: Caller, method: str, path: str, body: Any = None) -> Any:
    before = list(call.core.store.connection.iterdump())
    status, answer = call(method, f"/api/{path}", {} if body is None else body)
    assert (status, list(call.core.store.connection.iterdump())) == (422, before)
    return answer


def test_i_goods_come_in_at_the_orders_price_when_they_are_received(call: Caller, supplier: int) -> None:
    before, made = total(call), purchase(call, supplier, line(10, 2000, discount_percentage=10))
    assert (made["number"], made["is_booked"], made["total_subtotal"]) == (1001, True, 18000)
    assert call.get(f"products/{ITEM}")["purchased_quantity"] == 10
    first = call.send(
        "POST",
        "purchase-orders/1001/create-receipt",
        {"lines": [{"id": made["lines"][0]["id"], "quantity": 4}]},
    )
    assert (stock(call), total(call)) == (STOCK, before)
    call.send("POST", f"purchase-orders/1001/receipts/{first['number']}/mark-received")
    refused(call, "POST", f"purchase-orders/1001/receipts/{first['number']}/mark-received")
    assert (stock(call), total(call)) == (STOCK + 4, before + 4 * 1800)
    found = call.get("purchase-orders/1001")
    assert (found["is_received"], found["is_partly_received"]) == (False, True)
    assert [row["unreceived_quantity"] for row in call.get("purchase-orders/1001/not-received")] == [6]
    receive(call, 1001)
    found = call.get("purchase-orders/1001")
    assert (found["is_received"], found["is_partly_received"]) == (True, False)
    assert found["lines"][0]["quantity_received"] == 10
    assert (stock(call), total(call)) == (STOCK + 10, before + 18000)
    assert call.get(f"products/{ITEM}")["purchased_quantity"] == 0
    assert call.get("purchase-orders/1001/not-received") == []
    refused(call, "POST", "purchase-orders/1001/create-receipt")
    refused(call, "POST", "purchase-orders/1001/reopen")
    assert len(call.get("purchase-order-receipts?is_received=1&purchase_order_number=1001")) == 2


def test_d_the_invoice_locks_the_price_and_revalues_stock(call: Caller, supplier: int) -> None:
    before = total(call)
    purchase(call, supplier)
    receive(call, 1001)
    assert total(call) == before + 20000
    answer = call("POST", "/api/purchase-orders/1001/convert-to-invoice", {"book": False})
    assert answer == (200, {"invoice_id": 1001})
    draft = call.get("supplier-invoices/1001")
    assert (draft["is_booked"], draft["purchase_orders"], draft["total_total"]) == (False, [1001], 25000)
    call.send("PUT", "supplier-invoices/1001", {"lines": [{**draft["lines"][0], "line_price": 2100}]})
    assert total(call) == before + 20000
    book(call, 1001)
    assert total(call) == before + 21000
    assert call.get(f"products/{ITEM}")["cost_price"] == round((9 * COST + 21000) / 19, 6)
    assert call.get("purchase-orders/1001")["is_invoiced"] is True
    refused(call, "POST", "supplier-invoices/1001/book")
    refused(call, "PUT", "supplier-invoices/1001", {"note": "x"})
    call.send("POST", "supplier-invoices/1001/unbook")
    assert total(call) == before + 20000
    book(call, 1001)
    assert total(call) == before + 21000


def test_d_a_dearer_invoice_corrects_what_was_sold_since(call: Caller, supplier: int) -> None:
    purchase(call, supplier, line(9, COST + 100))
    receive(call, 1001)
    sold = call.send("POST", "customer-invoices", {"customer_id": 10001, "lines": [{"item_id": ITEM, "quantity": 6}]})
    sold = call.send("POST", f"customer-invoices/{sold['number']}/book")
    assert sold["lines"][0]["item_cost_price"] == COST + 50
    made = call("POST", "/api/purchase-orders/1001/convert-to-invoice?book=false", {})[1]["invoice_id"]
    draft = call.get(f"supplier-invoices/{made}")
    call.send("PUT", f"supplier-invoices/{made}", {"lines": [{**draft["lines"][0], "line_price": COST + 160}]})
    book(call, made)
    found = call.get(f"customer-invoices/{sold['number']}")
    assert (found["lines"][0]["item_cost_price"], found["total_cost"]) == (COST + 80, 6 * (COST + 80))
    assert [row["is_corrected"] for row in call.get(f"reports/ledger/{ITEM}")] == [False, True, True]


def test_p_two_invoices_are_laid_over_the_receipts_in_their_order(call: Caller, supplier: int) -> None:
    before, made = total(call), purchase(call, supplier)
    receive(call, 1001, {"lines": [{"id": made["lines"][0]["id"], "quantity": 6}]})
    receive(call, 1001)
    row = made["lines"][0]
    call("POST", "/api/purchase-orders/1001/convert-to-invoice?book=false", {})
    draft = call.get("supplier-invoices/1001")["lines"][0]
    call.send("PUT", "supplier-invoices/1001", {"lines": [{**draft, "quantity": 7, "line_price": 2100}]})
    book(call, 1001)
    assert total(call) == before + 7 * 2100 + 3 * 2000
    assert [one["uninvoiced_quantity"] for one in call.get("purchase-orders/1001/uninvoiced-lines")] == [3]
    assert call.get("purchase-orders/1001")["is_partly_invoiced"] is True
    call("POST", "/api/purchase-orders/1001/convert-to-invoice", {})
    assert call.get("supplier-invoices/1002")["lines"][0]["line_price"] == row["line_price"]
    assert total(call) == before + 7 * 2100 + 3 * 2000
    assert [entry["value_per_unit"] for entry in call.get(f"reports/ledger/{ITEM}")[1:]] == [2100, 2025]


@pytest.mark.parametrize(("use", "day"), [(True, "2026-11-20"), (False, "2026-11-24")])
def test_d_booking_can_receive_on_the_invoices_date_or_now(call: Caller, supplier: int, use: bool, day: str) -> None:
    before = total(call)
    purchase(call, supplier)
    body = {"book": True, "mark_received": True, "use_invoice_date": use, "invoice_date": "2026-11-20"}
    call("POST", "/api/purchase-orders/1001/convert-to-invoice", body)
    assert (total(call), stock(call)) == (before + 20000, STOCK + 10)
    assert call.get(f"reports/ledger/{ITEM}")[-1]["date"] == day
    assert total(call, "?date_to=2026-11-19") == before
    found = call.get("purchase-orders/1001")
    assert (found["is_received"], found["is_invoiced"]) == (True, True)


def test_p_an_invoice_without_an_order_receives_now_or_later(call: Caller, supplier: int) -> None:
    before = total(call)
    made = bill(call, supplier, line(2, 1000), line(1, 99, "V-TIME"), invoice_number="F-77")
    assert (made["invoice_number"], made["total_vat"]) == ("F-77", D("524.75"))
    book(call, made["number"])
    assert (stock(call), total(call)) == (STOCK, before)
    (waiting,) = call.get("purchase-order-receipts?is_received=0")
    assert [(row["child_id"], row["quantity"]) for row in waiting["lines"]] == [(ITEM, 2)]
    call.send("POST", f"purchase-order-receipts/{waiting['number']}/mark-received")
    assert (stock(call), total(call)) == (STOCK + 2, before + 2000)
    other = bill(call, supplier, line(3, 500))
    book(call, other["number"], mark_received=True)
    assert (stock(call), total(call)) == (STOCK + 5, before + 3500)
    call.send("POST", f"supplier-invoices/{other['number']}/unbook")
    call.send("PUT", f"supplier-invoices/{other['number']}", {"lines": [{**other["lines"][0], "line_price": 600}]})
    book(call, other["number"], mark_received=True)
    assert (stock(call), total(call)) == (STOCK + 5, before + 3800)


def test_d_foreign_prices_come_in_at_the_documents_rate(call: Caller, supplier: int) -> None:
    before = total(call)
    purchase(call, supplier, line(2, 100), currency="EUR")
    receive(call, 1001)
    assert total(call) == before + 2 * 100 * D("7.46")


def test_d_freight_loads_onto_the_goods_of_its_invoice(call: Caller, supplier: int, systems: Sandboxes) -> None:
    group = call.get(f"product-groups/{FREIGHT_GROUP}")
    before = total(call)
    plain = bill(call, supplier, line(10, 100), line(1, 50, "FRAGT"))
    book(call, plain["number"], mark_received=True)
    assert total(call) == before + 1000
    systems.rackbeat.store.put(4711, "product-groups", FREIGHT_GROUP, {**group, "should_spread_cost": True})
    spread = bill(call, supplier, line(10, 100), line(5, 400, "NL-101"), line(1, 300, "FRAGT"))
    book(call, spread["number"], mark_received=True)
    assert total(call) == before + 1000 + 1000 + 2000 + 300
    assert call.get(f"reports/ledger/{ITEM}")[-1]["value_per_unit"] == 110
    assert call.get("reports/ledger/NL-101")[-1]["value_per_unit"] == 440


def test_d_negative_quantities_go_back_to_the_supplier(call: Caller, supplier: int) -> None:
    before, made = total(call), bill(call, supplier, line(-2, 1000))
    assert made["total_subtotal"] == -2000
    book(call, made["number"], mark_received=True)
    assert (stock(call), total(call)) == (STOCK - 2, before - 2 * COST)


@pytest.mark.parametrize("reverse", [True, False])
def test_d_a_credit_note_sends_goods_back_when_it_is_asked_to(call: Caller, supplier: int, reverse: bool) -> None:
    made = bill(call, supplier, line(3, COST))
    refused(call, "POST", f"supplier-invoices/{made['number']}/create-creditnote")
    book(call, made["number"], mark_received=True)
    body = {"lines": [{"id": made["lines"][0]["id"], "quantity": 2}], "reverse_inventory": reverse, "reason": "Skadet"}
    credit = call.send("POST", f"supplier-invoices/{made['number']}/create-creditnote", body)
    assert (credit["is_creditnote"], credit["total_subtotal"], credit["reason"]) == (True, 2 * COST, "Skadet")
    book(call, credit["number"])
    assert stock(call) == STOCK + 3 - (2 if reverse else 0)
    path = f"supplier-invoices/{made['number']}/create-creditnote"
    refused(call, "POST", path, {"lines": [{"id": made["lines"][0]["id"], "quantity": 2}]})
    assert call.send("POST", path)["total_subtotal"] == COST


def test_p_a_barred_supplier_is_not_booked(call: Caller, supplier: int, systems: Sandboxes) -> None:
    made = bill(call, supplier)
    store, barred = systems.rackbeat.store, {**call.get(f"suppliers/{supplier}"), "is_barred": True}
    store.put(4711, "suppliers", supplier, barred)
    assert "barred" in refused(call, "POST", f"supplier-invoices/{made['number']}/book")["message"]
    store.put(4711, "suppliers", supplier, {**barred, "is_barred": False})
    assert book(call, made["number"])["is_booked"] is True


def test_d_a_pdf_of_five_megabytes_is_kept_and_no_more(call: Caller, supplier: int) -> None:
    made = bill(call, supplier)
    path = f"supplier-invoices/{made['number']}/attachments"
    largest = b"%PDF-1.4".ljust(5 * 1024 * 1024, b" ")
    for wrong in (b"GIF89a", largest + b" "):
        body = {"filename": "bilag.pdf", "content": base64.b64encode(wrong).decode()}
        assert list(refused(call, "POST", path, body)["errors"]) == ["content"]
    kept = call.send("POST", path, {"filename": "bilag.pdf", "content": base64.b64encode(largest).decode()})
    assert [row["size"] for row in call.get(path)] == [5 * 1024 * 1024]
    answer = call.raw("GET", f"/api/{path}/{kept['id']}")
    assert (answer.headers["Content-Type"], answer.body == largest) == ("application/pdf", True)
    call.send("DELETE", f"{path}/{kept['id']}")
    assert call("GET", f"/api/{path}/{kept['id']}")[0] == 404


def test_s_lists_and_payments_of_supplier_invoices(call: Caller, supplier: int) -> None:
    purchase(call, supplier)
    call("POST", "/api/purchase-orders/1001/create-invoice", {})
    bill(call, supplier)
    assert [row["number"] for row in call.get("supplier-invoices?purchase_order_number=1001")] == [1001]
    assert [row["number"] for row in call.get(f"supplier-invoices?supplier_number={supplier}&is_booked=0")] == [1002]
    call.send("POST", "supplier-invoices/1001/payments", {"amount": 25000})
    assert [row["number"] for row in call.get("supplier-invoices?is_paid=true")] == [1001]
    call.send("POST", "supplier-invoices/1001/notes", {"note": "Bilag 12"})
    assert call.get("supplier-invoices/1001/notes")[0]["note_text"] == "Bilag 12"
    assert call.raw("GET", "/api/supplier-invoices/1001.pdf").body.startswith(b"%PDF")


def test_i_purchase_documents_tell_what_happens_to_them(call: Caller, supplier: int, systems: Sandboxes) -> None:
    events = (
        *("purchase_order.created", "purchase_order.booked", "purchase_order_receipt.received"),
        *("supplier_invoice.created", "supplier_invoice.booked", "supplier_invoice.deleted"),
    )
    for event in events:
        call.send("POST", "webhooks", {"event": event, "url": "http://127.0.0.1:1/hook"})
    purchase(call, supplier)
    call("POST", "/api/purchase-orders/1001/convert-to-invoice", {"mark_received": True})
    draft = bill(call, supplier)
    call.send("DELETE", f"supplier-invoices/{draft['number']}")
    told = [due.headers["Rackbeat-Webhook-Event"] for due in systems.rackbeat.due_deliveries()]
    assert sorted(told) == sorted([*events, "supplier_invoice.created"])
