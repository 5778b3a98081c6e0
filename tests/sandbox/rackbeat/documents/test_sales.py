"""Orders, offers, shipments and customer invoices. The letter is the evidence (rackbeat-api 0): D L C S I P."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

ITEM, COST, PRICE = "NL-100", D("1853.68"), D(3196)
HOOK = "http://127.0.0.1:1/hook"


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def line(quantity: Any = 1, item: str = ITEM, **more: Any) -> dict[str, Any]:
    return {"item_id": item, "quantity": quantity, **more}


def order(call: Caller, *lines: dict[str, Any], path: str = "orders", **more: Any) -> Any:
    return call.send("POST", path, {"customer_id": 10001, "lines": list(lines or (line(2),)), **more})


def invoice(call: Caller, *lines: dict[str, Any], book: bool = True, **more: Any) -> Any:
    made = call.send("POST", "customer-invoices", {"customer_id": 10001, "lines": list(lines or (line(),)), **more})
    return call.send("POST", f"customer-invoices/{made['number']}/book") if book else made


def stock(call: Caller, item: str = ITEM) -> Any:
    return call.get(f"products/{item}")["stock_quantity"]


def refused(call: Caller, method: str, path: str, body: Any = None) -> Any:
    """Not done, and nothing of it left behind."""
    before = dump(call)
    status, answer = call(method, f"/api/{path}", {} if body is None else body)
    assert (status, dump(call)) == (422, before)
    return answer


def dump(call: Caller) -> list[str]:
    return list(call.core.store.connection.iterdump())


def test_i_a_plain_order_is_booked_and_a_draft_is_not(call: Caller) -> None:
    plain, draft = order(call), order(call, path="orders/drafts")
    assert (plain["number"], plain["is_booked"], draft["number"], draft["is_booked"]) == (1001, True, 1002, False)
    assert order(call, path="orders?book=false")["is_booked"] is False
    assert (plain["total_subtotal"], plain["total_vat"], plain["total_total"]) == (6392, 1598, 7990)
    assert plain["lines"][0]["vat_percentage"] == 25
    assert call.send("POST", f"orders/{draft['number']}/book")["is_booked"] is True
    refused(call, "POST", f"orders/{draft['number']}/book")
    assert [row["number"] for row in call.get("orders?is_booked=0")] == [1003]


def test_l_lines_of_a_booked_order_are_locked_until_it_is_reopened(call: Caller) -> None:
    made = order(call)
    path = f"orders/{made['number']}/lines/{made['lines'][0]['id']}"
    refused(call, "PUT", path, {"quantity": 5})
    refused(call, "DELETE", path)
    refused(call, "POST", f"orders/{made['number']}/lines", line())
    call.send("POST", f"orders/{made['number']}/reopen")
    assert call.send("PUT", path, {"quantity": 5})["line_total"] == 5 * PRICE
    assert call.get(f"orders/{made['number']}")["total_subtotal"] == 5 * PRICE
    assert call.send("POST", f"orders/{made['number']}/lines", line(1, "V-TIME"))["line_total"] == 520
    assert [row["child_id"] for row in call.get(f"orders/{made['number']}/lines")] == [ITEM, "V-TIME"]


def test_l_another_item_brings_its_own_price_unless_it_is_sent(call: Caller) -> None:
    made = order(call, line(2, line_price=1, discount_percentage=10), path="orders/drafts")
    path = f"orders/{made['number']}/lines/{made['lines'][0]['id']}"
    assert call.send("PUT", path, {"quantity": 3})["line_price"] == 1
    swapped = call.send("PUT", path, {"item_id": "V-TIME"})
    assert (swapped["line_price"], swapped["discount_percentage"], swapped["quantity"]) == (520, 0, 3)
    assert call.send("PUT", path, {"item_id": ITEM, "line_price": 7})["line_price"] == 7


def test_i_a_booked_order_is_waited_for_until_it_is_shipped(call: Caller) -> None:
    made = order(call, line(2), line(1))
    product = call.get(f"products/{ITEM}")
    assert (product["in_order_quantity"], product["available_quantity"], product["stock_quantity"]) == (3, 6, 9)
    call.send("POST", f"orders/{made['number']}/reopen")
    assert call.get(f"products/{ITEM}")["in_order_quantity"] == 0
    call.send("POST", f"orders/{made['number']}/book")
    shipment = call.send("POST", f"orders/{made['number']}/create-shipment")
    assert call.get(f"products/{ITEM}")["in_order_quantity"] == 3
    call.send("POST", f"orders/shipments/{shipment['id']}/mark-shipped", {"pick": True})
    product = call.get(f"products/{ITEM}")
    assert (product["in_order_quantity"], product["available_quantity"], product["stock_quantity"]) == (0, 6, 6)


def test_i_stock_leaves_when_a_shipment_does(call: Caller) -> None:
    made = order(call, line(3))
    part = {"lines": [{"id": made["lines"][0]["id"], "quantity": 1}]}
    first = call.send("POST", f"orders/{made['number']}/create-shipment", part)
    assert stock(call) == 9
    refused(call, "POST", f"orders/shipments/{first['id']}/mark-shipped", {"pick": False})
    shipped = call.send("POST", f"orders/shipments/{first['id']}/mark-shipped", {"pick": True})
    assert (shipped["is_shipped"], shipped["is_picked"], stock(call)) == (True, True, 8)
    refused(call, "POST", f"orders/shipments/{first['id']}/mark-shipped")
    found = call.get(f"orders/{made['number']}")
    assert (found["is_shipped"], found["is_partly_shipped"]) == (False, True)
    second = call.send("POST", f"orders/{made['number']}/create-shipment")
    assert [row["quantity"] for row in second["lines"]] == [2]
    refused(call, "POST", f"orders/{made['number']}/create-shipment")
    call.send("POST", f"orders/shipments/{second['id']}/mark-shipped")
    found = call.get(f"orders/{made['number']}")
    assert (found["is_shipped"], found["is_partly_shipped"], stock(call)) == (True, False, 6)
    assert [row["id"] for row in call.get("order-shipments?is_shipped=1&order_number=1001")] == [1, 2]
    refused(call, "POST", f"orders/{made['number']}/reopen")


@pytest.mark.parametrize(("how", "booked"), [("?book=false", False), ("?book=true", True), ("", True)])
def test_d_an_order_becomes_an_invoice(call: Caller, how: str, booked: bool) -> None:
    made = order(call, line(2), line(1, "V-TIME"))
    answer = call("POST", f"/api/orders/{made['number']}/convert-to-invoice{how}", {})
    assert answer == (200, {"invoice_id": 1001})
    found = call.get("customer-invoices/1001")
    assert (found["is_booked"], found["orders"], found["total_total"]) == (booked, [1001], made["total_total"])
    assert found["is_shipped"] is booked
    assert stock(call) == (7 if booked else 9)
    after = call.get(f"orders/{made['number']}")
    assert (after["is_invoiced"], after["is_partly_invoiced"], after["is_shipped"]) == (True, False, booked)
    assert [row["number"] for row in call.get("customer-invoices?order_number=1001")] == [1001]
    refused(call, "POST", f"orders/{made['number']}/convert-to-invoice")


def test_c_book_in_the_body_counts_as_well(call: Caller) -> None:
    made = order(call)
    call.send("POST", f"orders/{made['number']}/convert-to-invoice", {"book": False})
    assert call.get("customer-invoices/1001")["is_booked"] is False
    call.send("DELETE", "customer-invoices/1001")
    after = call.get(f"orders/{made['number']}")
    assert (after["is_invoiced"], after["is_partly_invoiced"]) == (False, False)
    assert [row["uninvoiced_quantity"] for row in call.get(f"orders/{made['number']}/uninvoiced-lines")] == [2]


def test_p_an_invoice_of_a_shipment_holds_what_was_shipped_and_ships_nothing_again(call: Caller) -> None:
    made = order(call, line(3))
    part = {"lines": [{"id": made["lines"][0]["id"], "quantity": 1}]}
    shipment = call.send("POST", f"orders/{made['number']}/create-shipment", part)
    call.send("POST", f"orders/shipments/{shipment['id']}/mark-shipped")
    call.send("POST", f"orders/shipments/{shipment['id']}/create-invoice")
    assert [row["quantity"] for row in call.get("customer-invoices/1001")["lines"]] == [1]
    assert stock(call) == 8
    assert call.get(f"orders/{made['number']}")["is_partly_invoiced"] is True
    call.send("POST", f"orders/{made['number']}/convert-to-invoice")
    assert [row["quantity"] for row in call.get("customer-invoices/1002")["lines"]] == [2]
    assert stock(call) == 6
    assert call.get(f"orders/{made['number']}")["is_shipped"] is True


def test_i_booking_an_invoice_ships_on_its_date_and_tells_its_cost(call: Caller) -> None:
    made = invoice(call, line(2), line(1, "V-TIME"), invoice_date="2026-11-20")
    assert stock(call) == 7
    (movement,) = call.get(f"reports/ledger/{ITEM}")[1:]
    assert (movement["date"], movement["type"], movement["value"]) == ("2026-11-20", "shipment", -2 * COST)
    assert [row["item_cost_price"] for row in made["lines"]] == [COST, 0]
    assert (made["total_cost"], made["total_profit"]) == (2 * COST, 2 * PRICE + 520 - 2 * COST)


def test_p_shipping_can_wait_and_is_done_once(call: Caller) -> None:
    number = invoice(call, book=False)["number"]
    booked = call.send("POST", f"customer-invoices/{number}/book", {"mark_shipped": False})
    assert (booked["is_shipped"], stock(call)) == (False, 9)
    assert [row["number"] for row in call.get("customer-invoices?is_shipped=false")] == [number]
    assert call.send("POST", f"customer-invoices/{number}/mark-shipped")["is_shipped"] is True
    refused(call, "POST", f"customer-invoices/{number}/mark-shipped")
    assert stock(call) == 8


def test_c_an_unbooked_invoice_is_booked_again_and_moves_the_difference(call: Caller) -> None:
    made = invoice(call, line(2))
    path = f"customer-invoices/{made['number']}"
    assert call.send("POST", f"{path}/unbook")["is_booked"] is False
    assert stock(call) == 7
    refused(call, "POST", f"{path}/unbook")
    call.send("PUT", path, {"lines": [{**made["lines"][0], "quantity": 3}]})
    assert call.send("POST", f"{path}/book")["total_cost"] == 3 * COST
    assert stock(call) == 6


@pytest.mark.parametrize(("zone", "vat"), [("domestic", 25), ("eu", 0), ("abroad", 0), ("domestic_exempt", 0)])
def test_d_vat_is_the_groups_for_the_zone(call: Caller, zone: str, vat: int) -> None:
    made = invoice(call, line(), line(1, vat_percentage="12.5"), book=False, vat_zone=zone)
    assert [row["vat_percentage"] for row in made["lines"]] == [vat, D("12.5")]
    assert made["total_vat"] == PRICE * vat / 100 + D("399.50")
    refused(call, "PUT", f"customer-invoices/{made['number']}", {"vat_zone": "moon"})


def test_p_another_zone_brings_its_vat_along(call: Caller) -> None:
    made = invoice(call, book=False)
    changed = call.send("PUT", f"customer-invoices/{made['number']}", {"vat_zone": "eu"})
    assert (changed["total_vat"], changed["lines"][0]["id"]) == (0, made["lines"][0]["id"])


def test_d_the_rate_is_frozen_when_the_document_is_made(call: Caller) -> None:
    made = invoice(call, line(2, line_price="10.005"), book=False, currency="EUR")
    assert (made["currency_rate"], made["total_total"]) == (D("7.46"), D("25.01"))
    assert made["total_base_currency"] == D("186.57")
    call.core.store.put(4711, "currencies", "EUR", {"number": "EUR", "code": "EUR", "rate": D(8)})
    call.send("POST", f"customer-invoices/{made['number']}/book")
    assert call.get(f"customer-invoices/{made['number']}")["currency_rate"] == D("7.46")
    assert invoice(call, book=False, currency="EUR")["currency_rate"] == 8
    assert invoice(call, book=False, currency="EUR")["lines"][0]["line_price"] == D("399.50")
    refused(call, "POST", "customer-invoices", {"customer_id": 10001, "currency": "XXX"})


def test_p_totals_are_rounded_by_row_and_by_rate(call: Caller) -> None:
    rows = [line("1.125", line_price="88.88"), line(3, line_price="33.333"), line(1, line_price="0.004")]
    made = invoice(call, *rows, book=False)
    assert [row["line_total"] for row in made["lines"]] == [D("99.99"), D("100.00"), D("0.00")]
    assert (made["total_subtotal"], made["total_vat"], made["total_total"]) == (D("199.99"), D("50.00"), D("249.99"))


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"lines": [{"quantity": 1}]}, "lines.0.item_id"),
        ({"lines": [line("1,5")]}, "lines.0.quantity"),
        ({"lines": [line(10**9)]}, "lines.0.quantity"),
        ({"lines": [line(1, line_price=True)]}, "lines.0.line_price"),
        ({"lines": [line(1, discount_percentage=101)]}, "lines.0.discount_percentage"),
        ({"lines": [line(1, location_id=9)]}, "lines.0.location_id"),
        ({"lines": "all"}, "lines"),
        ({"lines": ["x"]}, "lines.0"),
        ({"customer_id": 1}, "customer_id"),
        ({"invoice_date": "soon"}, "invoice_date"),
        ({"number": "x"}, "number"),
        ({"heading": {}}, "heading"),
        ({"billing_address": 1}, "billing_address"),
        ({"payment_terms_id": "net"}, "payment_terms_id"),
    ],
)
def test_d_errors_name_the_path_into_the_body(call: Caller, wrong: dict[str, Any], path: str) -> None:
    body = {"customer_id": 10001, "lines": [line()], **wrong}
    assert list(refused(call, "POST", "customer-invoices", body)["errors"]) == [path]


def test_l_a_line_may_be_a_text(call: Caller) -> None:
    made = invoice(call, line(), {"name": "Tak for handlen", "quantity": 0})
    assert (made["lines"][1]["item"], made["lines"][1]["line_total"]) == (None, 0)


def test_p_numbers_are_chosen_if_they_are_free(call: Caller) -> None:
    assert invoice(call, book=False, number=5000)["number"] == 5000
    refused(call, "POST", "customer-invoices", {"customer_id": 10001, "number": 5000})
    assert invoice(call, book=False)["number"] == 5001


def test_p_a_credit_note_of_some_with_the_goods(call: Caller) -> None:
    made = invoice(call, line(3), line(1, "V-TIME"))
    path, (first, second) = f"customer-invoices/{made['number']}", made["lines"]
    too_much = {"lines": [{"id": first["id"], "quantity": 4}]}
    refused(call, "POST", f"{path}/create-creditnote", too_much)
    body = {"lines": [{"id": first["id"], "quantity": 2}], "reverse_inventory": True}
    credit = call.send("POST", f"{path}/create-creditnote", body)
    assert (credit["is_creditnote"], credit["total_subtotal"], credit["is_booked"]) == (True, 2 * PRICE, False)
    assert stock(call) == 6
    call.send("POST", f"customer-invoices/{credit['number']}/book")
    assert stock(call) == 8
    rest = call.send("POST", f"{path}/create-creditnote")
    assert [row["quantity"] for row in rest["lines"]] == [1, 1]
    refused(call, "POST", f"{path}/create-creditnote")
    call.send("DELETE", f"customer-invoices/{rest['number']}")
    rest = call.send("POST", f"{path}/create-creditnote", {"lines": [{"id": second["id"]}]})
    call.send("POST", f"customer-invoices/{rest['number']}/book")
    assert (stock(call), rest["total_subtotal"]) == (8, 520)
    refused(call, "POST", f"customer-invoices/{credit['number']}/create-creditnote")


def test_p_goods_that_come_back_are_worth_what_they_were(call: Caller) -> None:
    before = call.get("reports/valuation/total")
    made = invoice(call, line(9))
    adjustment = {"item_id": ITEM, "quantity": 1, "location": 1, "cost_price": 5000}
    identity = call.send("POST", "inventory-adjustments", adjustment)["id"]
    call.send("POST", f"inventory-adjustments/{identity}/book")
    credit = call.send("POST", f"customer-invoices/{made['number']}/create-creditnote", {"reverse_inventory": True})
    call.send("POST", f"customer-invoices/{credit['number']}/book")
    assert call.get("reports/valuation/total") == before + 5000
    call.send("POST", f"customer-invoices/{credit['number']}/unbook")
    call.send("POST", f"customer-invoices/{credit['number']}/book")
    assert call.get("reports/valuation/total") == before + 5000


def test_s_payments_drive_the_balance(call: Caller) -> None:
    made = invoice(call)
    path = f"customer-invoices/{made['number']}/payments"
    states = []
    for amount in (1000, 2995, 1):
        payment = call.send("POST", path, {"amount": amount})
        found = call.get(f"customer-invoices/{made['number']}")
        states.append(tuple(found[name] for name in ("balance", "is_paid", "is_partly_paid", "is_overpaid")))
    assert states == [(2995, False, True, False), (0, True, False, False), (-1, True, False, True)]
    call.send("DELETE", f"{path}/{payment['number']}")
    assert [row["number"] for row in call.get("customer-invoices?is_paid=1")] == [made["number"]]
    refused(call, "POST", path, {"amount": "0"})
    draft = invoice(call, book=False)
    refused(call, "POST", f"customer-invoices/{draft['number']}/payments", {"amount": 1})


def test_d_a_copy_is_a_new_draft(call: Caller) -> None:
    made = invoice(call, line(2, name="Cykel", line_price=10))
    status, body = call("POST", f"/api/customer-invoices/{made['number']}/copy")
    copy = body["customer_invoice"]
    assert (status, copy["number"], copy["is_booked"], copy["is_shipped"]) == (201, 1002, False, False)
    assert [(row["name"], row["line_total"]) for row in copy["lines"]] == [("Cykel", 20)]
    assert copy["lines"][0]["id"] != made["lines"][0]["id"]
    assert order(call)["number"] == 1001
    assert call.send("POST", "orders/1001/copy")["is_booked"] is False


def test_p_an_offer_becomes_an_order_once(call: Caller) -> None:
    made = order(call, path="offers")
    assert made["is_booked"] is False
    assert call("POST", f"/api/offers/{made['number']}/convert-to-order", {}) == (200, {"order_id": 1001})
    assert call.get("orders/1001")["total_total"] == made["total_total"]
    refused(call, "POST", f"offers/{made['number']}/convert-to-order")


def test_l_documents_on_paper(call: Caller) -> None:
    made = invoice(call, order(call)["lines"][0])
    draft = order(call, path="orders/drafts")
    for path in (f"customer-invoices/{made['number']}.pdf", "orders/1001.pdf", f"orders/drafts/{draft['number']}.pdf"):
        answer = call.raw("GET", f"/api/{path}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert (answer.body[:9], answer.body[-6:]) == (b"%PDF-1.4\n", b"%%EOF\n")
    assert call("GET", "/api/orders/404.pdf")[0] == 404


def test_i_documents_tell_what_happens_to_them(call: Caller, systems: Sandboxes) -> None:
    events = ("order.created", "order.booked", "order.shipped", "order_shipment.shipped")
    invoices = ("customer_invoice.created", "customer_invoice.updated", "customer_invoice.booked")
    for event in (*events, *invoices, "customer_invoice.deleted"):
        call.send("POST", "webhooks", {"event": event, "url": HOOK})
    made = order(call)
    shipment = call.send("POST", f"orders/{made['number']}/create-shipment")
    call.send("POST", f"orders/shipments/{shipment['id']}/mark-shipped")
    call.send("POST", f"orders/{made['number']}/convert-to-invoice")
    draft = invoice(call, book=False)
    call.send("PUT", f"customer-invoices/{draft['number']}", {"note": "Hej"})
    call.send("DELETE", f"customer-invoices/{draft['number']}")
    call.send("POST", f"orders/{made['number']}/copy?suppress_webhooks=1")
    told = sorted(due.headers["Rackbeat-Webhook-Event"] for due in systems.rackbeat.due_deliveries())
    assert told == sorted([*events, *invoices, "customer_invoice.created", "customer_invoice.deleted"])


def test_p_a_cancelled_order_is_not_waited_for(call: Caller) -> None:
    made = order(call)
    assert call.send("POST", f"orders/{made['number']}/cancel")["is_cancelled"] is True
    assert call.get(f"products/{ITEM}")["in_order_quantity"] == 0
    refused(call, "POST", f"orders/{made['number']}/create-shipment")
    refused(call, "POST", f"orders/{made['number']}/convert-to-invoice")


def test_d_what_orders_bring(call: Caller) -> None:
    order(call, line(2), order_date="2026-11-01")
    order(call, line(1), order_date="2026-11-20")
    order(call, path="orders/drafts")
    _, report = call("GET", "/api/revenue-orders?date_from=2026-11-10")
    assert [row["number"] for row in report["orders"]] == [1002]
    assert (report["sum_total_cost"], report["sum_total_profit"]) == (COST, PRICE - COST)
    _, report = call("GET", "/api/revenue-orders")
    assert (report["sum_total_total"], report["base_currency"]) == (3 * PRICE, "DKK")


def test_c_documents_have_custom_fields_and_lines_have_none(call: Caller) -> None:
    field = call.send("POST", "fields", {"name": "Kampagne", "available_for": "order"})
    made = order(call)
    body = {"custom_fields": [{"id": field["id"], "value": "Efterår"}]}
    assert call.send("PUT", f"orders/{made['number']}/fields", body)[0]["value"] == "Efterår"
    (value,) = call.get(f"orders/{made['number']}/fields")
    assert (value["field"]["name"], value["value"]) == ("Kampagne", "Efterår")
    assert "custom_fields" not in call.get(f"orders/{made['number']}")


def test_p_goods_leave_the_default_location_unless_the_line_says_where(call: Caller, systems: Sandboxes) -> None:
    place = call.send("POST", "locations", {"name": "Fjernlager"})["number"]
    invoice(call, line(1, location_id=place), line(2))
    levels = {row["number"]: row["stock_quantity"] for row in call.get(f"items/{ITEM}/locations")}
    assert levels == {1: 7, place: -1}


def test_p_terms_of_the_end_of_the_month_count_from_there(call: Caller, systems: Sandboxes) -> None:
    terms = {"number": 99, "name": "Lb. md. 10", "type": "end_of_month", "maturity_days": 10}
    systems.rackbeat.store.put(4711, "payment-terms", 99, terms)
    made = invoice(call, book=False, payment_terms_id=99, invoice_date="2026-02-03")
    assert made["due_date"] == "2026-03-10"
    late = {"customer_id": 10001, "payment_terms_id": 99, "invoice_date": "9999-12-31"}
    refused(call, "POST", "customer-invoices", late)
