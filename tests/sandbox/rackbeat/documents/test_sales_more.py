"""Invoices of several orders, collections, mails, goods of lines that go; what the account counts in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

LINE = {"item_id": "NL-100", "quantity": 2}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def order(call: Caller, customer: int = 10001, **more: Any) -> int:
    made = call.send("POST", "orders", {"customer_id": customer, "lines": [LINE], **more})
    return int(made["number"])


def stock(call: Caller) -> Any:
    return call.get("products/NL-100")["stock_quantity"]


def test_l_an_invoice_may_cover_several_orders(call: Caller) -> None:
    before, orders = stock(call), [order(call), order(call)]
    shipment = call.send("POST", f"orders/{orders[0]}/create-shipment")["id"]
    call.send("POST", f"orders/shipments/{shipment}/mark-shipped")
    invoice = call.send("POST", "customer-invoices", {"orders": orders, "their_reference": "Samlet"})
    assert (invoice["orders"], [line["order_id"] for line in invoice["lines"]]) == (orders, orders)
    assert (invoice["customer_id"], invoice["their_reference"]) == (10001, "Samlet")
    assert all(call.get(f"orders/{number}")["is_invoiced"] for number in orders)
    call.send("POST", f"customer-invoices/{invoice['number']}/book")
    assert stock(call) == before - 4
    assert all(call.get(f"orders/{number}")["is_shipped"] for number in orders)
    for number in orders:
        assert [row["number"] for row in call.get(f"customer-invoices?order_number={number}")] == [invoice["number"]]


def _wrong(call: Caller, wrong: str) -> int:
    if wrong == "another customer":
        return order(call, 10002)
    if wrong == "another currency":
        return order(call, currency="EUR")
    if wrong == "a draft":
        return int(call.send("POST", "orders/drafts", {"customer_id": 10001, "lines": [LINE]})["number"])
    return 9999 if wrong == "unknown" else order(call)


@pytest.mark.parametrize("wrong", ["another customer", "another currency", "unknown", "a draft", "twice"])
def test_p_orders_that_do_not_belong_together_make_no_invoice(call: Caller, wrong: str) -> None:
    first = order(call)
    other = _wrong(call, wrong)
    if wrong == "twice":
        call.send("POST", "customer-invoices", {"orders": [first, other]})
    status, refusal = call("POST", "/api/customer-invoices", {"orders": [first, other]})
    assert status == 422
    assert wrong == "twice" or "orders.1" in refusal["errors"]
    assert call("GET", "/api/customer-invoices")[1]["total"] == (1 if wrong == "twice" else 0)


@pytest.mark.parametrize("path", ["orders", "offers"])
def test_c_a_collection_is_added_as_lines(call: Caller, path: str) -> None:
    items = [{"item_id": "NL-100", "quantity": 2}, {"item_id": "NL-101"}]
    collection = call.send("POST", "collections", {"name": "Pakke", "items": items})["number"]
    number = call.send("POST", f"{path}/drafts", {"customer_id": 10001, "lines": [LINE]})["number"]
    sent = {"collection": collection, "quantity": 3}
    added = call.send("POST", f"{path}/{number}/lines/add-collection", sent)
    expected = [("NL-100", 6), ("NL-101", 3)]
    assert [(line["child_id"], line["quantity"]) for line in added] == expected
    lines = call.get(f"{path}/{number}")["lines"]
    assert [(line["child_id"], line["quantity"]) for line in lines] == [("NL-100", 2), *expected]
    status, refusal = call("POST", f"/api/{path}/{number}/lines/add-collection", {"collection": 77})
    assert (status, list(refusal["errors"])) == (422, ["collection"])
    assert len(call.get(f"{path}/{number}")["lines"]) == 3


def test_c_a_mail_that_goes_with_booking_stands_in_a_note(call: Caller, systems: Sandboxes) -> None:
    number = systems.invoice(book=False)
    receivers = {"to": ["anna@example.com"], "cc": "bo@example.com"}
    mail = {"send": True, "subject": "Faktura fra Nordlys", "body": "Tak for handlen", "receivers": receivers}
    call.send("POST", f"customer-invoices/{number}/book", {"mail": mail})
    (note,) = call.get(f"customer-invoices/{number}/notes")
    said = "Mail til anna@example.com, kopi til bo@example.com. Emne: Faktura fra Nordlys\nTak for handlen"
    assert note["note_text"] == said


@pytest.mark.parametrize(("query", "body", "notes"), [("?send_mail=true", {}, 1), ("", {"mail": {"send": False}}, 0)])
def test_c_a_mail_is_asked_for_in_the_query_or_not_at_all(
    call: Caller, systems: Sandboxes, query: str, body: Any, notes: int
) -> None:
    number = systems.invoice(book=False)
    call.send("POST", f"customer-invoices/{number}/book{query}", body)
    assert len(call.get(f"customer-invoices/{number}/notes")) == notes


def test_p_a_mail_that_cannot_be_read_books_nothing(call: Caller, systems: Sandboxes) -> None:
    number = systems.invoice(book=False)
    mail = {"send": True, "receivers": {"to": [7]}}
    status, refusal = call("POST", f"/api/customer-invoices/{number}/book", {"mail": mail})
    assert (status, list(refusal["errors"])) == (422, ["mail.receivers.to"])
    assert call.get(f"customer-invoices/{number}")["is_booked"] is False
    call.send("POST", f"customer-invoices/{number}/book", {"mail": {"send": True, "receivers": {"to": ["a@b.dk"]}}})
    assert call.get(f"customer-invoices/{number}")["is_booked"] is True


def test_c_orders_and_purchases_are_mailed_too(call: Caller) -> None:
    number = call.send("POST", "orders/drafts", {"customer_id": 10001, "lines": [LINE]})["number"]
    call.send("POST", f"orders/{number}/book", {"mail": {"send": True}})
    assert f"orders {number}" in call.get(f"orders/{number}/notes")[0]["note_text"]
    bought = call.send("POST", "purchase-orders", {"supplier_id": 50001, "lines": [LINE]})["number"]
    call.send("POST", f"purchase-orders/{bought}/send-mail", {"subject": "Bestilling"})
    assert "Emne: Bestilling" in call.get(f"purchase-orders/{bought}/notes")[0]["note_text"]


@pytest.mark.parametrize("how", ["removed", "another item", "deleted"])
def test_p_the_goods_of_a_line_that_goes_come_back(call: Caller, how: str) -> None:
    before, worth = stock(call), call("GET", "/api/reports/valuation/total")[1]["total_value"]
    lines = [LINE, {"name": "Tekst", "quantity": 1}]
    number = call.send("POST", "customer-invoices", {"customer_id": 10001, "lines": lines})["number"]
    call.send("POST", f"customer-invoices/{number}/book")
    invoice = call.send("POST", f"customer-invoices/{number}/unbook")
    assert stock(call) == before - 2
    first, second = ({"id": line["id"]} for line in invoice["lines"])
    if how == "deleted":
        call.raw("DELETE", f"/api/customer-invoices/{number}")
    else:
        left = [second] if how == "removed" else [{**first, "item_id": "V-TIME"}, second]
        call.send("PUT", f"customer-invoices/{number}", {"lines": left})
        assert stock(call) == before
        call.send("POST", f"customer-invoices/{number}/book")
    assert stock(call) == before
    assert call("GET", "/api/reports/valuation/total")[1]["total_value"] == worth


@pytest.mark.parametrize("currency", ["DKK", "EUR"])
def test_d_what_the_account_counts_in_stands_in_the_report_and_in_the_settings(
    systems: Sandboxes, currency: str
) -> None:
    call = Caller(systems.rackbeat)
    if currency != "DKK":
        opened = {"id": 9001, "company_name": "Anden ApS", "base_currency": currency}
        call = Caller(systems.rackbeat, systems.admin("rackbeat", "accounts/open", **opened)["token"])
    assert call("GET", "/api/revenue-orders?page=1&limit=1")[1]["base_currency"] == currency
    assert call("GET", "/api/settings/base_currency")[1]["value"] == currency
    settings = {row["identifier"]: row["value"] for row in call.get("settings")}
    assert (settings["base_currency"], call("GET", "/api/settings-keyvalue")[1]["base_currency"]) == (
        currency,
        currency,
    )
