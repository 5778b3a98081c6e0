"""The webhook door: what it takes, what it refuses, and that a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from lagerbro.agreements.capabilities import digest
from lagerbro.agreements.models import RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import EVENTS
from lagerbro.flows.renumbered.memory import earlier_numbers
from lagerbro.rackbeat.webhook_events import BODY_LIMIT_BYTES
from lagerbro.sync.models import Transfer
from lagerbro.sync.storage.enqueueing import PRIORITY_DOCUMENT, PRIORITY_HINT
from lagerbro.sync.storage.links import Links
from lagerbro.sync.waking import set_waker
from tests.world import Company

pytestmark = pytest.mark.django_db(transaction=True)
EVENT = "customer_invoice.booked"
BODY = b'{"key_name":"number","key":"1001"}'


@pytest.fixture
def door(company: Company) -> str:
    with agreement_scope(company.agreement.pk):
        RackbeatWebhook.in_scope.create(
            agreement=company.agreement,
            event=EVENT,
            remote_id=1,
            address_key_hash=digest("the-address"),
            token="the-token",
            created_at=company.systems.clock.now(),
        )
    return "/hooks/rackbeat/the-address/"


@pytest.fixture
def woken() -> Iterator[list[int]]:
    heard: list[int] = []
    set_waker(heard.append)
    yield heard
    set_waker(None)


def knock(
    client: Client, path: str, body: bytes = BODY, *, token: str = "the-token", event: str = EVENT
) -> tuple[int, dict[str, object]]:
    answer = client.post(
        path,
        body,
        content_type="application/json",
        headers={"Rackbeat-Webhook-Token": token, "Rackbeat-Webhook-Event": event},
    )
    return answer.status_code, answer.json()


def asked(company: Company) -> list[tuple[str, str, int]]:
    with agreement_scope(company.agreement.pk):
        return list(Transfer.in_scope.values_list("kind", "key", "asked"))


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        b'{"key_name":"number","key":1001}',
        b'{"key":1001,"key_name":"number","event":"customer_invoice.booked","data":{"number":1001}}',
    ],
)
def test_a_knock_is_noted_and_wakes(client: Client, company: Company, door: str, woken: list[int], body: bytes) -> None:
    assert knock(client, door, body) == (202, {"noted": True})
    assert knock(client, door, body, event="customer_invoices.booked")[0] == 202
    assert asked(company) == [("customer_invoice", "1001", 2)]
    assert woken == [company.agreement.pk] * 2


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"token": "another-token"}, 401),
        ({"token": ""}, 401),
        ({"body": b"not json"}, 422),
        ({"body": b'["key"]'}, 422),
        ({"body": b'{"key_name":"number"}'}, 422),
        ({"body": b'{"key":""}'}, 422),
        ({"body": b'{"key":true}'}, 422),
        ({"body": b'{"key":"' + b"9" * 65 + b'"}'}, 422),
        ({"body": b'{"key":"1","x":"' + b"x" * 1024 * 1024 + b'"}'}, 413),
        ({"event": "moon.rose"}, 422),
        ({"event": ""}, 422),
    ],
    ids=str,
)
def test_a_refusal_has_a_reason_and_leaves_nothing(
    client: Client, company: Company, door: str, woken: list[int], change: dict[str, object], status: int
) -> None:
    answered, body = knock(client, door, **change)  # type: ignore[arg-type]  # parametrised
    assert (answered, asked(company), woken) == (status, [], [])
    assert str(body["error"])
    assert knock(client, door)[0] == 202
    assert asked(company) == [("customer_invoice", "1001", 1)]


def padded(size: int) -> bytes:
    """A knock of that length."""
    return BODY[:-1] + b" " * (size - len(BODY)) + b"}"


def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(
    client: Client, company: Company, door: str
) -> None:
    assert knock(client, door, padded(BODY_LIMIT_BYTES + 1))[0] == 413
    assert asked(company) == []
    assert knock(client, door, padded(BODY_LIMIT_BYTES))[0] == 202
    assert asked(company) == [("customer_invoice", "1001", 1)]


def announced_as(client: Client, door: str, length: str, **more: str) -> Any:
    """A knock whose announced length is whatever the test says."""
    environ: dict[str, Any] = {
        "HTTP_RACKBEAT_WEBHOOK_TOKEN": "the-token",
        "HTTP_RACKBEAT_WEBHOOK_EVENT": EVENT,
        "CONTENT_LENGTH": length,
        "wsgi.input": BytesIO(BODY),
        **more,
    }
    return client.generic("POST", door, BODY, "application/json", **environ)


@pytest.mark.parametrize(
    ("announced", "status"),
    [
        ("abc", 400),
        ("-1", 400),
        ("1e3", 400),
        ("٣", 400),
        ("9" * 30, 400),
        (str(len(BODY) + 1), 400),  # the rest never comes
        (str(10**9), 413),
        (str(len(BODY) - 1), 422),  # what is left of it is no JSON
        ("0", 422),
        ("", 422),
    ],
)
def test_a_length_that_is_not_the_bodys_is_answered_with_a_reason(
    client: Client, company: Company, door: str, announced: str, status: int
) -> None:
    answer = announced_as(client, door, announced)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert answer.json()["error"]
    assert asked(company) == []
    assert knock(client, door)[0] == 202


def test_a_body_of_unknown_length_is_not_guessed(client: Client, company: Company, door: str) -> None:
    answer = announced_as(client, door, "", HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, asked(company)) == (411, [])
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"key":"1\\u0000"}',
        b'{"key":"1\\u202e"}',
        b'{"key":"1\\n"}',
        b'{"key":"\\ud800"}',
        b'{"key":"1","x":1e999999999999}',
        b'{"key":' + b"9" * 5_000 + b"}",
        b'{"key":"1","x":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b"[" * 60_000,
        b"\xff\xfe",
        b"",
    ],
    ids=len,
)
def test_what_nobody_means_well_with_is_answered_with_a_reason(
    client: Client, company: Company, door: str, body: bytes
) -> None:
    status, answer = knock(client, door, body)
    assert (status, asked(company)) == (422, [])
    assert answer["error"]
    assert knock(client, door)[0] == 202


@pytest.mark.parametrize("event", ["\x00", "a" * 5000, "\xff.\xfe", "customer_invoice.booked\x00"])
def test_an_event_of_any_name_is_answered(client: Client, company: Company, door: str, event: str) -> None:
    assert knock(client, door, event=event)[0] == 422
    assert asked(company) == []


def test_an_unknown_address_is_like_a_wrong_token(client: Client, company: Company, door: str) -> None:
    assert knock(client, "/hooks/rackbeat/guessed/") == knock(client, door, token="guessed")
    assert asked(company) == []
    assert client.get(door).status_code == 405


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        (b'{"key_name":"number","key":"B","old_key":"A","new_key":"B"}', {"A", "B"}),
        (b'{"key_name":"number","key":"B","old_key":"B","new_key":"B"}', {"B"}),
        (b'{"key_name":"number","key":"B","old_key":{"no":"key"}}', {"B"}),
    ],
)
def test_another_number_is_remembered_with_the_one_before(
    client: Client, company: Company, door: str, body: bytes, numbers: set[str]
) -> None:
    assert knock(client, door, body, event="product.updated")[0] == 202
    assert {key for _kind, key, _asked in asked(company)} == numbers
    with agreement_scope(company.agreement.pk):
        assert earlier_numbers(Links(company.agreement), "product", "B") == sorted(numbers - {"B"})


@pytest.mark.parametrize("event", EVENTS)
def test_a_document_goes_before_a_hint_that_a_record_may_have_changed(
    client: Client, door: str, company: Company, event: str
) -> None:
    document = event in ("customer_invoice.booked", "supplier_invoice.booked")
    assert knock(client, door, event=event)[0] == 202
    with agreement_scope(company.agreement.pk):
        assert Transfer.in_scope.get().priority == (PRIORITY_DOCUMENT if document else PRIORITY_HINT)
