"""Rackbeat's ways: 206 lists, envelopes, error bodies, signs, knocks (rackbeat-api 1, 2.4, 3.8)."""

from __future__ import annotations

import json

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.rackbeat.client import Rackbeat, RackbeatToken
from lagerbro.rackbeat.error_answers import error_answer_of
from lagerbro.rackbeat.webhook_events import UnreadableEventError, WebhookEvent, has_expected_secret, read_event
from lagerbro.wire.errors import FieldError, UnreadableAnswerError
from lagerbro.wire.limits import SpacedLimiter
from lagerbro.wire.transport import http_client
from tests.sandboxes import TestClock
from tests.wire.lines import Remote, answers


def rackbeat(remote: Remote) -> tuple[Rackbeat, list[httpx2.Request]]:
    asked: list[httpx2.Request] = []

    def play(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return remote(request)

    clock = TestClock()
    http = http_client("http://rackbeat.test", httpx2.MockTransport(play))
    return Rackbeat(http, RackbeatToken("bearer"), clock, SpacedLimiter(clock, 7), lambda _exchange: None), asked


def test_a_list_is_206_with_its_collection_first() -> None:
    pages = [
        {"customer_invoices": [{"number": 1, "invoice_date": "2026-01-01"}], "total": 2, "pages": 2, "page": 1},
        {"customer_invoices": [{"number": 2, "invoice_date": "2026-01-02"}], "total": 2, "pages": 2, "page": 2},
    ]
    client, asked = rackbeat(answers(*(httpx2.Response(206, json=page) for page in pages)))
    found = [invoice.number for invoice in client.customer_invoices({"is_booked": "1"})]
    assert found == [1, 2]
    assert [request.url.params["page"] for request in asked] == ["1", "2"]
    assert asked[0].headers["Authorization"] == "Bearer bearer"


@pytest.mark.parametrize("number", ["RD/100", "BR#100", "TB 100", "0100", "50%", "æøå"])
def test_item_numbers_are_encoded_once(number: str) -> None:
    body = {"product": {"number": number, "name": "x"}}
    client, asked = rackbeat(answers(httpx2.Response(200, json=body)))
    found = client.product(number)
    assert found is not None
    assert found.number == number
    assert httpx2.URL(str(asked[0].url)).path == f"/api/products/{number}"


def test_what_is_not_there_is_none_and_what_cannot_be_read_is_an_error() -> None:
    client, _ = rackbeat(answers(httpx2.Response(404), httpx2.Response(200, content=b"[]")))
    assert client.customer(7) is None
    with pytest.raises(UnreadableAnswerError):
        client.customer(7)
    with pytest.raises(ValueError, match="empty"):
        client.product(" ")


def test_both_names_of_a_customer() -> None:
    for name in ("name", "company_name"):
        client, _ = rackbeat(answers(httpx2.Response(200, json={"customer": {"number": 7, name: "Firma"}})))
        found = client.customer(7)
        assert found is not None
        assert found.called == "Firma"


@pytest.mark.parametrize(
    ("body", "message", "errors"),
    [
        (
            b'{"errors":{"lines.0.item_id":["needed"],"customer_id":["invalid"]}}',
            "",
            (FieldError("lines.0.item_id", "needed"), FieldError("customer_id", "invalid")),
        ),
        (b'{"error":"used in lines"}', "used in lines", ()),
        (b'{"message":"Unauthenticated."}', "Unauthenticated.", ()),
        (b'"no change"', "no change", ()),
        (b"Plain text", "Plain text", ()),
    ],
)
def test_every_shape_of_error(body: bytes, message: str, errors: tuple[FieldError, ...]) -> None:
    answered = error_answer_of(422, body, {})
    assert (answered.message, answered.errors) == (message, errors)


def test_tokens_are_compared_whole() -> None:
    assert has_expected_secret("abc", "abc")
    assert not has_expected_secret("abc", "abcd")
    assert not has_expected_secret("", "")


@given(st.binary(max_size=200))
def test_any_body_is_a_knock_or_a_reason(body: bytes) -> None:
    reason = "none needed"
    try:
        assert read_event("order.created", body).name == "order.created"
    except UnreadableEventError as error:
        reason = str(error)
    assert reason


@pytest.mark.parametrize(
    "key", ["1\0", "1\u202e", "1\n", "\t1", "\x1b[31m", "\x85", " ", "9" * 65, 10**64, 1.5, -0.5, [], {}, None]
)
def test_a_key_that_can_be_none_is_refused_with_a_reason(key: object) -> None:
    with pytest.raises(UnreadableEventError):
        read_event("order.created", json.dumps({"key": key}).encode())


@pytest.mark.parametrize(
    "body",
    [
        b'{"key":1,"x":1e400}',
        b'{"key":1e400}',
        b'{"key":1,"x":' + b"[" * 9_000 + b"]" * 9_000 + b"}",
        b'{"key":' + b"9" * 5_000 + b"}",
    ],
    ids=len,
)
def test_a_body_that_nobody_means_well_with_is_refused_with_a_reason(body: bytes) -> None:
    with pytest.raises(UnreadableEventError):
        read_event("order.created", body)


def test_a_key_may_come_as_a_double_and_noise_beside_it_is_no_reason() -> None:
    assert read_event("order.created", b'{"key":1021.0,"data":{"price":29.949999999999999}}') == WebhookEvent(
        "order.created", "1021"
    )


def test_the_event_of_the_header_wins_and_plurals_are_read_as_singulars() -> None:
    assert read_event("orders.created", b'{"key":"1","event":"x.y"}') == WebhookEvent("order.created", "1")
    assert read_event("", b'{"key":1,"event":"order.created"}') == WebhookEvent("order.created", "1")
