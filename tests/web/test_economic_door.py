"""e-conomic's door: who may knock, in which ways, what a hint sets going, and that a refusal leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lagerbro.agreements.capabilities import issue, withdraw_all
from lagerbro.agreements.models import CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.economic_webhooks import SECRET_HEADER, secret_of
from lagerbro.economic.webhook_events import BODY_LIMIT_BYTES
from lagerbro.sync.models import TransferState
from lagerbro.sync.waking import set_waker
from tests.world import Company

pytestmark = pytest.mark.django_db(transaction=True)


def opened(company: Company, kind: CapabilityKind = CapabilityKind.ECONOMIC) -> str:
    with agreement_scope(company.agreement.pk):
        return f"/hooks/economic/{issue(company.agreement, company.systems.clock.now(), kind=kind)}/"


class Economic:
    """e-conomic at our door: it sends the secret of the address along."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, told: dict[str, str]) -> Any:
        return self.client.get(path, told, headers=_secret(path))

    def put(self, path: str, told: dict[str, str]) -> Any:
        return self.client.put(path, told, headers=_secret(path))

    def post(self, path: str, told: Any = None, **more: Any) -> Any:
        return self.client.post(path, told, headers=_secret(path), **more)


def _secret(path: str) -> dict[str, str]:
    return {SECRET_HEADER: secret_of(path.split("/")[3])}


@pytest.fixture
def economic(client: Client) -> Economic:
    return Economic(client)


@pytest.fixture
def woken() -> Iterator[list[int]]:
    heard: list[int] = []
    set_waker(heard.append)
    yield heard
    set_waker(None)


def held_up(company: Company) -> tuple[int, int]:
    """An invoice whose customer is barred in e-conomic, and one that has arrived; answers their numbers."""
    done = company.systems.invoice(customer=10002)
    company.invoiced(company.systems.invoice())
    company.invoiced(done)
    bar(company, barred=True)
    number = company.systems.invoice()
    assert company.invoiced(number).code == "customer_barred"
    return number, done


def bar(company: Company, *, barred: bool) -> None:
    customer = company.systems.in_economic("GET", "/customers/10001")
    company.systems.in_economic("PUT", "/customers/10001", {**customer, "barred": barred})


@pytest.mark.parametrize("way", ["address", "form", "json", "post with address"])
def test_what_was_mended_in_economic_goes_on_by_itself(
    economic: Economic, company: Company, woken: list[int], way: str
) -> None:
    number, done = held_up(company)
    bar(company, barred=False)
    path, told = opened(company), {"event": "CUSTOMER_UPDATED", "number": "10001"}
    asked_before = company.transfer("customer_invoice", done).asked
    woken.clear()
    match way:
        case "address":
            answer = economic.get(path, told)
        case "form":
            answer = economic.post(path, told)
        case "json":
            answer = economic.post(path, {**told, "number": 10001}, content_type="application/json")
        case _:
            answer = economic.post(f"{path}?event=customer_updated&number=10001")
    assert answer.status_code == 202
    assert woken == [company.agreement.pk]
    company.systems.clock.catch_up(timezone.now())  # the door goes by the machine's clock
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert company.transfer("customer_invoice", done).asked == asked_before


def test_a_hint_about_something_else_sets_nothing_going(economic: Economic, company: Company, woken: list[int]) -> None:
    number, _ = held_up(company)
    path = opened(company)
    woken.clear()
    for other in ("1000", "100011", "10002"):
        assert economic.get(path, {"event": "customer_updated", "number": other}).status_code == 202
    assert economic.get(path, {"event": "product_updated", "number": "10001"}).status_code == 202
    assert woken == []
    assert company.transfer("customer_invoice", number).state == TransferState.NEEDS_YOU


@pytest.mark.parametrize(
    ("told", "status", "reason"),
    [
        ({}, 422, "no event"),
        ({"event": "customer_updated"}, 422, "no number"),
        ({"event": "customer_updated", "number": "[NEWNUMBER]"}, 422, "no number"),
        ({"event": "customer_updated", "number": "1" * 65}, 422, "longer"),
        ({"event": "moon_landed", "number": "1"}, 422, "not one we listen to"),
        ({"event": "project_updated", "number": "1"}, 422, "not one we listen to"),
    ],
)
def test_what_it_refuses(
    economic: Economic, company: Company, woken: list[int], told: dict[str, str], status: int, reason: str
) -> None:
    number, _ = held_up(company)
    path = opened(company)
    woken.clear()
    answer = economic.get(path, told)
    assert (answer.status_code, reason in answer.json()["error"]) == (status, True)
    assert woken == []
    assert economic.get(path, {"event": "customer_updated", "number": "10001"}).status_code == 202
    assert woken == [company.agreement.pk]
    assert company.transfer("customer_invoice", number).asked == 2


def test_only_its_own_address_opens_it(economic: Economic, company: Company, woken: list[int]) -> None:
    told = {"event": "customer_updated", "number": "10001"}
    path = opened(company)
    with agreement_scope(company.agreement.pk):
        withdraw_all(company.systems.clock.now(), CapabilityKind.ECONOMIC)
    for wrong in (path, opened(company, CapabilityKind.READER), "/hooks/economic/guessed/"):
        assert economic.get(wrong, told).status_code == 401
    assert economic.post(opened(company), b"{", content_type="application/json").status_code == 422
    assert economic.post(opened(company), b"[1]", content_type="application/json").status_code == 422
    assert economic.post(opened(company), b" " * 20_000, content_type="application/json").status_code == 413
    assert woken == []
    assert economic.put(opened(company), told).status_code == 405
    assert economic.get(opened(company), told).status_code == 202


@pytest.mark.parametrize(("more", "status"), [(0, 202), (1, 413)])
def test_a_body_of_exactly_the_limit_is_taken(economic: Economic, company: Company, more: int, status: int) -> None:
    body = b'{"event":"customer_updated","number":"10001"}'.ljust(BODY_LIMIT_BYTES + more)
    assert economic.post(opened(company), body, content_type="application/json").status_code == status


@pytest.mark.parametrize("number", ["1\0", "1\u202e", "1\n2", "\x1b[31m"])
@pytest.mark.parametrize("way", ["address", "form", "json"])
def test_a_number_with_what_no_number_has_is_refused(
    economic: Economic, company: Company, woken: list[int], way: str, number: str
) -> None:
    path, told = opened(company), {"event": "customer_updated", "number": number}
    answer = {
        "address": lambda: economic.get(path, told),
        "form": lambda: economic.post(path, told),
        "json": lambda: economic.post(path, told, content_type="application/json"),
    }[way]()
    assert (answer.status_code, woken) == (422, [])
    assert answer.json()["error"]


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 422),
        (b"x", "multipart/form-data; boundary=" + "y" * 500, 400),
        (b"x", "multipart/form-data", 400),
        (b"event=\xff&number=1", FORM, 422),
        (b"event=a&number=1", f"{FORM}; charset=utf-16", 400),
        (b"event=a&number=%ff%00", FORM, 422),
        (b"&".join(b"f%d=1" % at for at in range(2000)), FORM, 422),
        (b'{"event":"a","number":1e99}', "application/json", 422),
        (b"[" * 9_000, "application/json", 422),
    ],
)
def test_a_form_that_cannot_be_read_is_answered_with_a_reason(
    economic: Economic, company: Company, woken: list[int], body: bytes, kind: str, status: int
) -> None:
    answer = economic.post(opened(company), body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"], woken) == (status, "application/json", [])
    assert answer.json()["error"]


def test_a_length_that_is_no_number_is_refused(economic: Economic, company: Company) -> None:
    path, told = opened(company), b'{"event":"customer_updated","number":"10001"}'
    answer = economic.post(path, told, content_type="application/json", CONTENT_LENGTH="abc")
    assert (answer.status_code, answer.json()["error"]) == (400, "The Content-Length is not a number.")
    assert economic.post(path, told, content_type="application/json").status_code == 202


@pytest.mark.parametrize(
    "wrong", ["", "guessed", secret_of("of another address")], ids=["none", "guessed", "of another address"]
)
def test_the_address_alone_opens_nothing(client: Client, company: Company, woken: list[int], wrong: str) -> None:
    held_up(company)
    woken.clear()
    path, told = opened(company), {"event": "customer_updated", "number": "10001"}
    assert client.get(path, told, headers={SECRET_HEADER: wrong} if wrong else None).status_code == 401
    assert woken == []
    assert Economic(client).get(path, told).status_code == 202
    assert woken == [company.agreement.pk]


def test_a_record_that_was_deleted_is_taken_and_sets_nothing_going(
    economic: Economic, company: Company, woken: list[int]
) -> None:
    """A refusal would be tried again for hours, and in the end e-conomic would tell nothing any more."""
    held_up(company)
    woken.clear()
    for number in ("", "0"):
        assert economic.get(opened(company), {"event": "product_updated", "number": number}).status_code == 202
    assert woken == []


def test_its_address_opens_no_pages(client: Client, company: Company) -> None:
    key = opened(company).split("/")[3]
    account = company.agreement.rackbeat_account_id
    assert client.get(f"/read/{key}/").status_code in (401, 403, 404)
    assert client.get(f"/rackbeat/{account}/{key}/").status_code in (401, 403, 404)
