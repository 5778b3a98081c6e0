"""Both kinds of webhooks (economic-api 11): events, templates, headers, retries, and what may go wrong on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lagerbro_sandbox.kernel.webhook_delivery import Delivery
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import STOCK, sell
from tests.sandbox.economic.services.test_services import code
from tests.sandboxes import Json, Sandboxes

HOOKS = "/webhooksapi/v1.0.0/webhooks"
HOOK: Json = {
    "eventType": "INVOICE_BOOKED",
    "name": "Lagerbro",
    "url": "https://hooks.example.com/e?n=[INVOICENO]",
    "contentType": "application/json",
    "postData": '{"invoice": "[INVOICENO]", "list": [1], "x": "[OTHER]"}',
    "customHeaders": [{"key": "X-Secret", "value": "s3"}],
}


@pytest.fixture
def call(systems: Sandboxes) -> Caller:
    return Caller(systems)


def due(call: Caller) -> list[Delivery]:
    return call.core.due_deliveries()


def carried(call: Caller, status: int | None = 200) -> list[Delivery]:
    """Carry everything that is due."""
    found = due(call)
    for delivery in found:
        call.core.settle_delivery(delivery.id, status)
    return found


def configured(call: Caller, event: str, template: str = "old=[OLDNUMBER]&new=[NEWNUMBER]", **more: Any) -> None:
    act = {"agreement": 1180001, "event": event, "url": "http://127.0.0.1:9/hook", "postData": template, **more}
    assert call("POST", "/_sandbox/webhooks/configure", act)[0] == 200


def test_11_2_the_event_types_are_read_at_run_time(call: Caller) -> None:
    _, types = call("GET", "/webhooksapi/v1.0.0/EventTypes")
    names = {row["name"]: {field["fieldName"] for field in row["mergeFields"]} for row in types}
    assert names["INVOICE_BOOKED"] == {"[INVOICENO]"}
    assert names["JOURNAL_BOOKED"] == {"[DAYBOOKNO]", "[FROMSERIALNO]", "[TOSERIALNO]"}
    assert names["CUSTOMER_UPDATED"] == names["PRODUCT_UPDATED"] == {"[OLDNUMBER]", "[NEWNUMBER]"}


def test_11_2_a_webhook_is_made_read_changed_and_deleted(call: Caller) -> None:
    assert call("POST", HOOKS, HOOK) == (201, {"eventType": "INVOICE_BOOKED"})
    assert code(call("POST", HOOKS, HOOK)) == (400, "WebhookAlreadyExistsForEventType")
    _, read = call("GET", f"{HOOKS}/INVOICE_BOOKED")
    assert {name: read[name] for name in HOOK} == HOOK
    assert (read["isDisabled"], "lastDisabledDate" in read) == (False, False)
    assert code(call("PUT", HOOKS, HOOK)) == (409, "UpdateConflict")
    assert call("PUT", HOOKS, {**read, "isDisabled": True})[0] == 204
    assert call("GET", f"{HOOKS}/INVOICE_BOOKED")[1]["lastDisabledDate"] == "2026-11-24T09:00:00Z"
    sell(call, 70)
    assert due(call) == []
    assert call("DELETE", f"{HOOKS}/INVOICE_BOOKED") == (204, None)
    assert call("GET", f"{HOOKS}/count") == (200, 0)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"eventType": "NOTHING"}, "WebhookInvalidType"),
        ({"url": "http://hooks.example.com"}, "WebhookInvalidUrlScheme"),
        ({"url": "http://127.0.0.1:1"}, "WebhookInvalidUrlScheme"),
        ({"url": "nowhere"}, "WebhookInvalidUrl"),
        ({"url": "https://[x"}, "WebhookInvalidUrl"),
        ({"customHeaders": [{"key": "a", "value": "b"}] * 6}, "WebhookCustomHeadersTooMany"),
        ({"customHeaders": [{"key": "a", "value": "b" * 1000}]}, "WebhookCustomHeadersTooLong"),
        ({"customHeaders": [{"key": "a", "value": "b\r\nc: d"}]}, "WebhookCustomHeaderInvalid"),
        ({"name": "x" * 101}, "InvalidInput"),
        ({"postData": "x" * 4001}, "InvalidInput"),
    ],
)
def test_11_2_webhooks_are_refused_by_code(call: Caller, change: Json, wanted: str) -> None:
    assert code(call("POST", HOOKS, {**HOOK, **change})) == (400, wanted)
    assert call("GET", f"{HOOKS}/count") == (200, 0)


def test_a_local_demo_may_listen_without_https(call: Caller) -> None:
    assert call("POST", "/_sandbox/webhooks/switch", {"plain": True})[0] == 200
    assert call("POST", HOOKS, {**HOOK, "url": "http://127.0.0.1:8000/e"})[0] == 201
    elsewhere = {**HOOK, "eventType": "JOURNAL_BOOKED", "url": "http://elsewhere.example.com"}
    assert code(call("POST", HOOKS, elsewhere)) == (400, "WebhookInvalidUrlScheme")


def test_11_2_another_apps_webhooks_are_not_seen_and_a_persons_are_read_only(call: Caller) -> None:
    connection = call.core.store.connection
    connection.execute("INSERT INTO permit VALUES ('other-grant', 1180001, 'other-secret', 0)")
    other = {"x_appsecrettoken": "other-secret", "x_agreementgranttoken": "other-grant"}
    call("POST", HOOKS, HOOK)
    assert call("GET", f"{HOOKS}/count", **other) == (200, 0)
    assert code(call("DELETE", f"{HOOKS}/INVOICE_BOOKED", **other)) == (404, "ResourceNotFound")
    assert code(call("POST", HOOKS, HOOK, **other)) == (400, "WebhookAlreadyExistsForEventType")
    configured(call, "PRODUCT_UPDATED")
    _, read = call("GET", f"{HOOKS}/PRODUCT_UPDATED")
    assert code(call("PUT", HOOKS, {**read, "url": "https://x.example.com"})) == (400, "WebhookReadOnly")
    assert code(call("DELETE", f"{HOOKS}/PRODUCT_UPDATED")) == (400, "WebhookReadOnly")


def test_11_1_an_invoice_that_is_booked_is_told_with_templates_filled_in(call: Caller) -> None:
    call("POST", HOOKS, HOOK)
    sell(call, 70)
    (delivery,) = carried(call)
    assert delivery.url == "https://hooks.example.com/e?n=70"
    assert delivery.body == b'{"invoice": "70", "list": [1], "x": "[OTHER]"}'
    assert (delivery.headers["X-Secret"], delivery.headers["Content-Type"]) == ("s3", "application/json")
    assert due(call) == []


def test_11_1_a_journal_tells_which_entries_it_made(call: Caller) -> None:
    configured(call, "JOURNAL_BOOKED", "[DAYBOOKNO] [FROMSERIALNO]-[TOSERIALNO]")
    call("POST", "/journalsapi/v15.0.0/draft-entries", STOCK)
    call("POST", "/journalsapi/v15.0.0/journals/1/book")
    first = call("GET", "/bookedEntriesapi/v4.0.0/booked-entries/paged?sort=-entryNumber")[1][1]["entryNumber"]
    assert [delivery.body for delivery in carried(call)] == [f"1 {first}-{first + 1}".encode()]
    assert call("POST", "/journalsapi/v15.0.0/journals/1/book")[0] == 400
    assert due(call) == []


def test_11_1_old_and_new_numbers(call: Caller) -> None:
    configured(call, "CUSTOMER_UPDATED")
    configured(call, "PRODUCT_UPDATED")
    product = {"productNumber": "NL-100", "name": "Cykel", "productGroup": {"productGroupNumber": 1}}
    customer = {
        "name": "K",
        "currency": "DKK",
        "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    for method, path, body in (
        ("PUT", "/products/NL-100", product),
        ("PUT", "/products/NL-100", product),
        ("DELETE", "/products/NL-100", None),
        ("PUT", "/customers/7", customer),
        ("PUT", "/customers/7", {**customer, "currency": "XXX"}),  # refused: nothing is told
        ("DELETE", "/customers/7", None),
    ):
        call(method, path, body)
    assert [delivery.body.decode() for delivery in carried(call)] == [
        "old=&new=NL-100",
        "old=NL-100&new=NL-100",
        "old=NL-100&new=",
        "old=0&new=7",
        "old=7&new=0",
    ]


def test_11_3_a_failed_call_is_tried_again_until_it_succeeds(call: Caller) -> None:
    call("POST", HOOKS, HOOK)
    sell(call, 70)
    assert len(carried(call, None)) == 1
    assert due(call) == []
    call.core.clock.advance(timedelta(minutes=1))
    assert len(carried(call, 500)) == 1
    call.core.clock.advance(timedelta(minutes=5))
    assert len(carried(call, 204)) == 1
    call.core.clock.advance(timedelta(days=2))
    assert due(call) == []


def test_11_3_a_webhook_that_fails_too_often_is_disabled_and_can_be_enabled(call: Caller) -> None:
    assert call("POST", "/_sandbox/webhooks/switch", {"disable_after": 2})[0] == 200
    call("POST", HOOKS, HOOK)
    sell(call, 70)
    carried(call, 500)
    call.core.clock.advance(timedelta(minutes=1))
    carried(call, 500)
    _, read = call("GET", f"{HOOKS}/INVOICE_BOOKED")
    assert (read["isDisabled"], read["lastDisabledDate"]) == (True, "2026-11-24T09:01:00Z")
    call.core.clock.advance(timedelta(hours=9))
    assert due(call) == []
    assert call("PUT", HOOKS, {**read, "isDisabled": False})[0] == 204
    sell(call, 71)
    assert [delivery.url[-2:] for delivery in carried(call)] == ["71"]


@pytest.mark.parametrize(
    ("switch", "told"),
    [({"twice": True}, [70, 70, 71, 71]), ({"lost": 1}, [71]), ({"shuffled": True}, [71, 70]), ({"late_s": 60}, [])],
)
def test_11_3_deliveries_may_be_double_lost_late_or_out_of_order(call: Caller, switch: Json, told: list[int]) -> None:
    call("POST", HOOKS, HOOK)
    assert call("POST", "/_sandbox/webhooks/switch", switch)[0] == 200
    sell(call, 70)
    sell(call, 71)
    assert [int(delivery.url[-2:]) for delivery in carried(call)] == told
    call.core.clock.advance(timedelta(seconds=60))
    assert len(carried(call)) == (2 if "late_s" in switch else 0)
