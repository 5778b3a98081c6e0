"""What e-conomic is asked to tell: at activation, heard at our door, withdrawn at the end; a refusal matters little."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from lagerbro.agreements.models import AgreementEvent, Capability, CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.activation import ActivationOutcome
from lagerbro.connections.economic_webhooks import NOT_SUBSCRIBED, SECRET_HEADER, secret_of, unsubscribe
from lagerbro.flows.economic_events import ECONOMIC_EVENTS
from lagerbro.sync.clients import unobserved
from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.economic.storage import outbox
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.connections.setting import PUBLIC, Setting

pytestmark = pytest.mark.django_db
HOOKS = "/webhooksapi/v1.0.0/webhooks"
ALL = sorted(name.upper() for name in ECONOMIC_EVENTS)


def hooks(setting: Setting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = setting.systems.in_economic("GET", HOOKS)["items"]
    return found


def keys_in(setting: Setting) -> set[str]:
    prefix = f"{PUBLIC}/hooks/economic/"
    return {hook["url"].removeprefix(prefix).rstrip("/") for hook in hooks(setting) if hook["url"].startswith(prefix)}


def open_addresses(setting: Setting) -> int:
    with agreement_scope(setting.agreement.pk):
        return Capability.in_scope.filter(kind=CapabilityKind.ECONOMIC, withdrawn_at=None).count()


def remarks(setting: Setting) -> list[str]:
    with agreement_scope(setting.agreement.pk):
        events = AgreementEvent.in_scope.filter(code=NOT_SUBSCRIBED).order_by("pk")
        return [event.details["reason"] for event in events]


def carried(setting: Setting, client: Client) -> list[int]:
    """Carry e-conomic's webhooks to our door; answers the status of each."""
    core, answers = setting.systems.economic, []
    for told in core.due_deliveries():
        headers = {name: value for name, value in told.headers.items() if name != "Content-Type"}
        path = "/" + told.url.split("/", 3)[3]
        answer = client.post(path, told.body, content_type=told.headers["Content-Type"], headers=headers)
        core.settle_delivery(told.id, answer.status_code)
        answers.append(answer.status_code)
    setting.systems.clock.catch_up(datetime.now(UTC))  # the door notes at the machine's time
    return answers


def drafted(setting: Setting) -> tuple[int, dict[str, Any]]:
    """An invoice that stands as a draft in e-conomic: its number in Rackbeat, and the draft."""
    setting.company.decide(book_on_booking=False)
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    number = setting.systems.invoice()
    assert setting.company.invoiced(number).state == TransferState.DRAFTED
    (draft,) = setting.systems.drafts()
    return number, draft


def test_activation_asks_for_what_is_of_use_and_a_second_one_changes_nothing(setting: Setting) -> None:
    setting.activate()
    made = hooks(setting)
    assert sorted(hook["eventType"] for hook in made) == ALL
    assert len(keys_in(setting)) == open_addresses(setting) == len(ALL)
    for hook in made:
        key = hook["url"].split("/")[-2]
        assert hook["customHeaders"] == [{"key": SECRET_HEADER, "value": secret_of(key)}]
        assert key not in hook["customHeaders"][0]["value"]
    setting.activate()
    assert (hooks(setting), remarks(setting)) == (made, [])


def test_the_doors_open_whatever_becomes_of_our_signing_key(setting: Setting, settings: Any) -> None:
    setting.activate()
    made = hooks(setting)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, []
    for hook in made:
        knocked = Client().post(
            f"/hooks/economic/{hook['url'].split('/')[-2]}/",
            {"event": hook["eventType"].lower(), "number": "1"},
            headers={SECRET_HEADER: hook["customHeaders"][0]["value"]},
        )
        assert knocked.status_code == 202
    setting.activate()
    assert (hooks(setting), remarks(setting)) == (made, [])


def test_connecting_again_renews_the_addresses(setting: Setting) -> None:
    setting.activate()
    before = keys_in(setting)
    setting.activate(renew=True)
    assert len(keys_in(setting)) == open_addresses(setting) == len(ALL)
    assert not keys_in(setting) & before


def test_a_draft_that_a_person_books_is_adopted_at_once(setting: Setting, client: Client) -> None:
    number, draft = drafted(setting)
    systems = setting.systems
    before = systems.entries()
    booked = systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    assert 202 in carried(setting, client)
    setting.company.drain()
    transfer = setting.company.transfer("customer_invoice", number)
    assert transfer.state == TransferState.TRANSFERRED
    assert transfer.details.get("got", str(booked["bookedInvoiceNumber"])) == str(booked["bookedInvoiceNumber"])
    assert [row["bookedInvoiceNumber"] for row in systems.booked()] == [booked["bookedInvoiceNumber"]]
    assert sum(amount for _, amount in systems.entries()[len(before) :]) == 0
    assert len(systems.entries()) == len(before) + 3
    assert systems.drafts() == []
    calls = len(systems.to_economic.asked)
    setting.company.invoiced(number)
    assert len(systems.to_economic.asked) == calls


def test_a_draft_that_stands_costs_one_look_and_stays_one(setting: Setting) -> None:
    number, _ = drafted(setting)
    assert setting.company.invoiced(number).state == TransferState.DRAFTED
    assert len(setting.systems.drafts()) == 1


def test_nobody_tells_and_the_look_at_the_drafts_finds_it(setting: Setting) -> None:
    """Without https e-conomic tells nothing: that is said, and holds up nothing."""
    outbox.set_switches(setting.systems.economic.store.connection, outbox.Switches(plain=False))
    number, draft = drafted(setting)
    assert (keys_in(setting), open_addresses(setting), len(remarks(setting))) == (set(), 0, 1)
    setting.systems.in_economic("POST", "/invoices/booked", {"draftInvoice": draft})
    setting.systems.clock.sleep_s(3601)
    setting.company.drain()
    assert setting.company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED


def test_a_draft_that_a_person_deletes_is_shown_once_and_never_made_again(setting: Setting) -> None:
    number, draft = drafted(setting)
    setting.systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
    for _ in range(3):
        setting.systems.clock.sleep_s(3601)
        setting.company.drain()
    transfer = setting.company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "draft_gone")
    assert transfer.asked == 2
    assert (setting.systems.drafts(), setting.systems.booked()) == ([], [])


@pytest.mark.parametrize("path", ["/webhooksapi/v1.0.0/EventTypes", HOOKS])
def test_a_refusal_is_a_remark_and_the_next_time_it_is_made_good(setting: Setting, path: str) -> None:
    setting.systems.economic.faults.set(Fault("no role", path=path, status=403, times=20))
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    assert (keys_in(setting), open_addresses(setting)) == (set(), 0)
    assert len(remarks(setting)) == 1
    setting.systems.economic.faults.clear()
    setting.activate(renew=True)
    assert len(keys_in(setting)) == len(ALL)


def test_somebody_elses_webhook_is_left_alone(setting: Setting) -> None:
    theirs = {
        "eventType": "INVOICE_BOOKED",
        "name": "Webshop",
        "url": "https://shop.example.com/hook",
        "contentType": "application/json",
    }
    setting.systems.in_economic("POST", HOOKS, theirs)
    setting.activate()
    assert sorted(hook["eventType"] for hook in hooks(setting)) == ALL
    assert len(keys_in(setting)) == open_addresses(setting) == len(ALL) - 1
    assert len(remarks(setting)) == 1


def test_an_answer_that_is_lost_leaves_a_webhook_that_works(setting: Setting, client: Client) -> None:
    setting.systems.economic.faults.set(Fault("lost", method="POST", path=HOOKS, lose_answer=True, times=1))
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    assert len(keys_in(setting)) == open_addresses(setting) == len(ALL)
    setting.systems.invoice()
    setting.company.invoiced(1001)
    assert set(carried(setting, client)) == {202}


def test_parting_takes_them_back(setting: Setting) -> None:
    setting.activate()
    with agreement_scope(setting.agreement.pk):
        economic = setting.hands.connect(setting.agreement, unobserved).economic
        unsubscribe(setting.agreement, economic, setting.systems.clock.now())
    assert (hooks(setting), open_addresses(setting)) == ([], 0)
    with agreement_scope(setting.agreement.pk):
        assert not Transfer.in_scope.exists()
