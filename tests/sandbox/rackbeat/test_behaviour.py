"""The local Rackbeat, behaviour by behaviour. The letter is the evidence (rackbeat-api 0): D L C I P."""

from __future__ import annotations

import pytest

from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.rackbeat.choices import RETRY_AFTER_MINUTES
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems.rackbeat)


def test_d_lists_are_206_with_the_collection_first(call: Caller) -> None:
    status, body = call("GET", "/api/customers?limit=2&page=3")
    assert (status, list(body)) == (206, ["customers", "total", "pages", "limit", "page"])
    assert (body["total"], body["pages"], len(body["customers"])) == (60, 30, 2)
    assert call("GET", "/api/customers?page=0")[1]["page"] == 1
    assert call("GET", "/api/customers?limit=5000")[1]["limit"] == 1000
    status, empty = call("GET", "/api/customer-invoices")
    assert (status, empty["customer_invoices"], empty["total"]) == (206, [], 0)


def test_p_errors_are_laravels(call: Caller) -> None:
    assert call("GET", "/api/self", authorization="Bearer wrong") == (401, {"message": "Unauthenticated."})
    assert call("GET", "/api/customers/404") == (404, {"message": "Not found."})
    status, body = call("POST", "/api/customer-invoices", {"customer_id": 10001, "lines": [{"quantity": 1}]})
    assert (status, list(body["errors"])) == (422, ["lines.0.item_id"])
    assert call("GET", "/api/customer-invoices")[1]["total"] == 0
    assert call("GET", "/api/customers?page=x")[0] == 400


def test_c_item_numbers_once_and_twice_encoded(call: Caller) -> None:
    for path in ("RD%2F100", "RD%252F100"):
        status, body = call("GET", f"/api/products/{path}")
        assert (status, body["product"]["number"]) == (200, "RD/100")


def test_d_without_stock_there_is_no_cost_price(call: Caller) -> None:
    assert "cost_price" in call("GET", "/api/products/NL-100")[1]["product"]
    assert "cost_price" not in call("GET", "/api/products/V-TIME")[1]["product"]


def test_l_fields_are_pruned_with_nesting(call: Caller) -> None:
    _, body = call("GET", "/api/products?limit=1&fields=number,group(number,name)")
    assert body["products"] == [{"number": "BC-100", "group": {"number": 6, "name": "Beklædning"}}]
    assert call("GET", "/api/products?fields=a)b")[0] == 400
    assert call("GET", f"/api/products?fields={'a(' * 40}")[0] == 400


@pytest.mark.parametrize("value", ["1", "true", "0", "false"])
def test_c_booleans_in_four_spellings(call: Caller, value: str) -> None:
    call("POST", "/api/customer-invoices", {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 1}]})
    total = call("GET", f"/api/customer-invoices?is_booked={value}")[1]["total"]
    assert total == (0 if value in ("1", "true") else 1)
    assert call("GET", "/api/customer-invoices?is_booked=perhaps")[0] == 400


def test_d_put_changes_what_is_sent_and_nothing_else(call: Caller) -> None:
    before = call("GET", "/api/customers/10001")[1]["customer"]
    assert call("PUT", "/api/customers/10001", {"company_name": "Nyt navn"})[0] == 200
    after = call("GET", "/api/customers/10001")[1]["customer"]
    assert (after["name"], after["company_name"]) == ("Nyt navn", "Nyt navn")
    assert {key for key in before if before[key] != after[key]} == {"name", "company_name", "updated_at"}


def test_p_numbers_are_given_or_must_be_free(call: Caller) -> None:
    assert call("POST", "/api/customers", {"name": "A", "number": 10001})[0] == 422
    assert call("POST", "/api/customers", {"name": "A"})[1]["customer"]["number"] == 10061
    assert call("POST", "/api/customers", {"name": " "})[0] == 422


def test_i_booking_fixes_the_figures(call: Caller) -> None:
    lines = [{"item_id": "NL-100", "quantity": "2", "line_price": "100.005"}]
    number = call("POST", "/api/customer-invoices/drafts", {"customer_id": 10001, "lines": lines})[1]
    invoice = number["customer_invoice"]
    assert (invoice["total_subtotal"], invoice["total_vat"], invoice["is_booked"]) == (
        from_json("200.01"),
        from_json("50.00"),
        False,
    )
    path = f"/api/customer-invoices/{invoice['number']}"
    assert call("POST", f"{path}/book")[1]["customer_invoice"]["is_booked"] is True
    for method, act in (("POST", f"{path}/book"), ("PUT", path), ("DELETE", path)):
        assert call(method, act, {})[0] == 422
    assert call("POST", f"{path}/notes", {"note": "Overført"})[0] == 201
    assert call("GET", f"{path}/notes")[1]["notes"][0]["note_text"] == "Overført"


def test_p_an_invoice_without_lines_or_for_a_barred_customer_is_not_booked(call: Caller) -> None:
    empty = call("POST", "/api/customer-invoices", {"customer_id": 10001})[1]["customer_invoice"]["number"]
    assert call("POST", f"/api/customer-invoices/{empty}/book")[0] == 422
    call("PUT", "/api/customers/10002", {"is_barred": True})
    body = {"customer_id": 10002, "lines": [{"item_id": "NL-100", "quantity": 1}]}
    barred = call("POST", "/api/customer-invoices", body)[1]["customer_invoice"]["number"]
    assert call("POST", f"/api/customer-invoices/{barred}/book")[0] == 422
    call("PUT", "/api/customers/10002", {"is_barred": False})
    assert call("POST", f"/api/customer-invoices/{barred}/book")[0] == 200


def test_p_credit_notes_are_positive_and_marked(call: Caller) -> None:
    body = {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 1}]}
    number = call("POST", "/api/customer-invoices", body)[1]["customer_invoice"]["number"]
    assert call("POST", f"/api/customer-invoices/{number}/create-creditnote")[0] == 422
    call("POST", f"/api/customer-invoices/{number}/book")
    status, credit = call("POST", f"/api/customer-invoices/{number}/create-creditnote")
    assert (status, credit["customer_invoice"]["is_creditnote"]) == (201, True)
    assert credit["customer_invoice"]["total_total"] == from_json("3995.00")


def test_d_a_webhook_tells_its_token_once(call: Caller) -> None:
    hook = {"event": "customer_invoice.booked", "url": "http://127.0.0.1:1/hook"}
    status, made = call("POST", "/api/webhooks", hook)
    assert (status, len(made["webhook"]["token"])) == (201, 32)
    status, again = call("POST", "/api/webhooks", hook)
    assert (status, again["webhook"]["id"], "token" in again["webhook"]) == (200, made["webhook"]["id"], False)
    assert "token" not in call("GET", "/api/webhooks")[1]["webhooks"][0]
    for bad in ({"event": "", "url": "http://x"}, {"event": "a", "url": "ftp://x"}):
        assert call("POST", "/api/webhooks", bad)[0] == 422


def test_l_the_minimal_body_is_delivered_and_retried_for_a_day(call: Caller, systems: Sandboxes) -> None:
    hook = {"event": "customer_invoice.booked", "url": "http://127.0.0.1:1/hook"}
    token = call("POST", "/api/webhooks", hook)[1]["webhook"]["token"]
    number = systems.invoice()
    (delivery,) = systems.rackbeat.due_deliveries()
    assert from_json(delivery.body) == {"key_name": "number", "key": str(number)}
    assert delivery.headers["Rackbeat-Webhook-Token"] == token
    assert delivery.headers["Rackbeat-Webhook-Event"] == "customer_invoice.booked"
    for minutes in RETRY_AFTER_MINUTES:
        systems.rackbeat.settle_delivery(delivery.id, 500)
        assert systems.rackbeat.due_deliveries() == []
        systems.clock.sleep_s(minutes * 60)
        assert [due.id for due in systems.rackbeat.due_deliveries()] == [delivery.id]
    assert call("GET", "/api/webhooks")[1]["webhooks"][0]["failures_since_last_success"] == 6
    systems.rackbeat.settle_delivery(delivery.id, 202)
    assert systems.rackbeat.due_deliveries() == []
    assert call("GET", "/api/webhooks")[1]["webhooks"][0]["failures_since_last_success"] == 0


def test_l_created_and_updated_are_told(call: Caller, systems: Sandboxes) -> None:
    for event in ("customer.created", "customer.updated", "product.updated"):
        call("POST", "/api/webhooks", {"event": event, "url": "http://127.0.0.1:1/hook"})
    number = call("POST", "/api/customers", {"name": "Ny"})[1]["customer"]["number"]
    call("PUT", f"/api/customers/{number}", {"name": "Nyere"})
    call("PUT", "/api/products/RD%2F100?suppress_webhooks=1", {"name": "Stille"})
    call("PUT", "/api/products/RD%2F100", {"name": "Hørt"})
    told = [(due.headers["Rackbeat-Webhook-Event"], from_json(due.body)) for due in systems.rackbeat.due_deliveries()]
    assert told == [
        ("customer.created", {"key_name": "number", "key": str(number)}),
        ("customer.updated", {"key_name": "number", "key": str(number)}),
        ("product.updated", {"key_name": "number", "key": "RD/100"}),
    ]


def test_d_suppressed_webhooks_are_not_sent(call: Caller, systems: Sandboxes) -> None:
    call("POST", "/api/webhooks", {"event": "customer_invoice.booked", "url": "http://127.0.0.1:1/hook"})
    number = systems.invoice(book=False)
    call("POST", f"/api/customer-invoices/{number}/book?suppress_webhooks=true")
    assert systems.rackbeat.due_deliveries() == []


def test_c_the_handshake(call: Caller, systems: Sandboxes) -> None:
    request = systems.admin("rackbeat", "installs", account=4711, app="economic")["token"]
    status, body = call("POST", f"/integration/accept/{request}")
    assert (status, body["app_slug"]) == (200, "economic")
    assert call("POST", f"/integration/accept/{request}")[0] == 404
    bearer = {"authorization": f"Bearer {body['access_token']}"}
    url = {"settings_url": "http://127.0.0.1:1/settings"}
    assert call("POST", "/api/plugins/economic/set-settings-url", url, **bearer)[0] == 200
    assert call("POST", "/api/plugins/other/set-settings-url", url, **bearer)[0] == 404
    (plugin,) = call("GET", "/api/user-account-plugins")[1]["user_account_plugins"]
    assert (plugin["id"], plugin["slug"], plugin["settings_url"]) == (1, "economic", url["settings_url"])
    renewed = call("POST", "/api/tokens/replace-current", **bearer)[1]["token"]
    assert call("GET", "/api/self", **bearer)[0] == 401
    assert call("GET", "/api/self", authorization=f"Bearer {renewed}")[0] == 200


def test_p_a_request_to_install_expires_and_can_be_cancelled(call: Caller, systems: Sandboxes) -> None:
    late = systems.admin("rackbeat", "installs", account=4711, app="economic")["token"]
    systems.clock.sleep_s(3601)
    assert call("POST", f"/integration/accept/{late}")[0] == 404
    cancelled = systems.admin("rackbeat", "installs", account=4711, app="economic")["token"]
    assert call("POST", f"/integration/cancel/{cancelled}")[0] == 200
    assert call("POST", f"/integration/accept/{cancelled}")[0] == 404


def test_how_many_requests_a_minute_is_the_operators_to_say(call: Caller, systems: Sandboxes) -> None:
    assert systems.admin("rackbeat", "limit", per_minute=2) == {"per_minute": 2}
    assert [call("GET", "/api/self")[0] for _ in range(3)] == [200, 200, 429]
    assert call("POST", "/_sandbox/limit", {"per_minute": 0})[0] == 400
    assert call("GET", "/api/self")[0] == 429
    systems.admin("rackbeat", "limit", per_minute=1000)
    assert call("GET", "/api/self")[0] == 200


def test_c_480_requests_a_minute(call: Caller, systems: Sandboxes) -> None:
    systems.rackbeat.limits.per_minute = 3
    assert [call("GET", "/api/self")[0] for _ in range(4)] == [200, 200, 200, 429]
    systems.clock.sleep_s(60)
    assert call("GET", "/api/self")[0] == 200
