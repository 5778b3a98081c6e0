"""The webhook door: what it takes, what it refuses, and that a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from lagerbro.agreements.capabilities import digest
from lagerbro.agreements.models import RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer
from lagerbro.sync.waking import set_waker
from tests.world import Company

pytestmark = pytest.mark.django_db(transaction=True)
EVENT = "customer_invoice.booked"
BODY = b'{"key_name":"number","key":"1001"}'


@pytest.fixture
def door(company: Company) -> str:
    with agreement_scope(company.agreement.pk):
        RackbeatWebhook.objects.create(
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
        return list(Transfer.objects.values_list("kind", "key", "asked"))


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


def test_an_unknown_address_is_like_a_wrong_token(client: Client, company: Company, door: str) -> None:
    assert knock(client, "/hooks/rackbeat/guessed/") == knock(client, door, token="guessed")
    assert asked(company) == []
    assert client.get(door).status_code == 405
