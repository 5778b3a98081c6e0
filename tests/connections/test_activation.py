"""The act: what moves before it and after it, and that killing it anywhere and trying again does it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from lagerbro.agreements.capabilities import digest
from lagerbro.agreements.models import Agreement, AgreementEvent, AgreementState, RackbeatWebhook, StartupState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.activation import ActivationOutcome
from lagerbro.connections.activation_lease import LEASE_LIFETIME, BusyError
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED, LeaseLostError, subscribe
from lagerbro.flows.registry import EVENTS as OUR_EVENTS
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.wire.errors import RemoteError
from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.rackbeat.platform import webhooks
from lagerbro_sandbox.rackbeat.wire.errors import invalid
from tests.connections.setting import Setting

EVENTS = (*OUR_EVENTS, UNINSTALLED)
pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a process that is killed comes to: nothing after it runs."""


def carried(setting: Setting, client: Client) -> list[int]:
    """Carry Rackbeat's webhooks to our door, as its outbox does; answers the status of each."""
    answers = []
    for delivery in setting.systems.rackbeat.due_deliveries():
        headers = {name: value for name, value in delivery.headers.items() if name != "Content-Type"}
        path = "/" + delivery.url.split("/", 3)[3]
        answer = client.post(path, delivery.body, content_type="application/json", headers=headers)
        setting.systems.rackbeat.settle_delivery(delivery.id, answer.status_code)
        answers.append(answer.status_code)
    setting.systems.clock.catch_up(datetime.now(UTC))  # the door notes at the machine's time
    return answers


def transfers(setting: Setting) -> list[tuple[str, str]]:
    with agreement_scope(setting.agreement.pk):
        return list(Transfer.in_scope.order_by("pk").values_list("kind", "state"))


def is_whole(setting: Setting) -> None:
    """Active, each event told once, every webhook's address and token ours, every routine scheduled."""
    assert setting.agreement.state == AgreementState.ACTIVE
    assert setting.schedules() == set(ROUTINES)
    heard = setting.listening()
    assert sorted(event for event, _ in heard) == sorted(EVENTS)
    with agreement_scope(setting.agreement.pk):
        rows = {(row.event, row.address_key_hash): row.token.reveal() for row in RackbeatWebhook.in_scope.all()}
    assert rows.keys() == {(event, digest(url.split("/")[-2])) for event, url in heard}
    assert all(rows.values())


def test_before_activation_nothing_moves_and_afterwards_it_is_booked(setting: Setting, client: Client) -> None:
    systems = setting.systems
    before = len(systems.entries())
    systems.invoice()
    setting.look()
    assert carried(setting, client) == []
    setting.company.drain()
    assert (transfers(setting), len(systems.entries()), systems.drafts()) == ([], before, [])
    written = [call for call in systems.to_economic.asked if not call.startswith("GET")]
    assert written == []
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    systems.invoice({"item_id": "NL-100", "quantity": 2})
    assert carried(setting, client) == [202]
    setting.company.drain()
    assert ("customer_invoice", TransferState.TRANSFERRED) in transfers(setting)
    assert [invoice["bookedInvoiceNumber"] for invoice in systems.booked()] == [1002]
    booked = systems.entries()[before:]
    assert {account for account, _ in booked} == {1012, 5600, 6902}
    assert sum((amount for _, amount in booked), Decimal(0)) == 0


def test_the_history_says_who_activated(setting: Setting) -> None:
    setting.activate()
    with agreement_scope(setting.agreement.pk):
        assert [(event.code, event.by) for event in AgreementEvent.in_scope.all()] == [("activated", "Mette")]


def test_a_second_press_does_nothing(setting: Setting) -> None:
    setting.activate()
    is_whole(setting)
    heard, at = setting.listening(), setting.agreement.activated_at
    setting.systems.clock.sleep_s(60)
    assert setting.activate().outcome == ActivationOutcome.ALREADY
    assert (setting.listening(), setting.agreement.activated_at) == (heard, at)


def test_two_presses_at_once(setting: Setting) -> None:
    """The second comes while the first is between two steps, at every one of them."""
    heard: list[str] = []

    def second(name: str) -> None:
        heard.append(name)
        with pytest.raises(BusyError):
            setting.activate()

    assert setting.activate(hands=setting.with_point(second)).outcome == ActivationOutcome.ACTIVE
    assert heard[0] == "activate.checked"
    assert heard.count("subscribe.asked") == heard.count("subscribe.stored") == len(EVENTS)
    is_whole(setting)


SUBSCRIBED = ["subscribe.asked", "subscribe.stored"] * len(EVENTS)
STEPS = ["activate.checked", *SUBSCRIBED, "activate.subscribed", "activate.stored"]


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_killed_at_any_step_and_done_again(setting: Setting, step: int) -> None:
    passed: list[str] = []

    def kill(name: str) -> None:
        passed.append(name)
        if len(passed) > step:
            raise Killed

    with pytest.raises(Killed):
        setting.activate(hands=setting.with_point(kill))
    assert passed == STEPS[: step + 1]
    with pytest.raises(BusyError):
        setting.activate()
    setting.systems.clock.go_to(setting.systems.clock.now(), LEASE_LIFETIME.total_seconds() + 1)
    assert setting.activate().outcome in (ActivationOutcome.ACTIVE, ActivationOutcome.ALREADY)
    is_whole(setting)
    assert setting.activate().outcome == ActivationOutcome.ALREADY
    is_whole(setting)


def test_whoever_was_overtaken_leaves_nothing(setting: Setting) -> None:
    """We sleep so long between asking for a webhook and storing it that somebody else begins."""
    overtaken: list[str] = []

    def sleep(name: str) -> None:
        if name == "subscribe.asked" and not overtaken:
            overtaken.append(name)
            setting.systems.clock.go_to(setting.systems.clock.now(), LEASE_LIFETIME.total_seconds() + 1)
            assert setting.activate().outcome == ActivationOutcome.ACTIVE

    with pytest.raises(LeaseLostError):
        setting.activate(hands=setting.with_point(sleep))
    is_whole(setting)


def test_rackbeat_fails_half_way(setting: Setting) -> None:
    setting.systems.rackbeat.faults.set(Fault("down", method="POST", path="/api/webhooks", skip=2, status=500))
    with pytest.raises(RemoteError):
        setting.activate()
    assert (setting.agreement.state, setting.schedules()) == (AgreementState.INSTALLING, set())
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    is_whole(setting)


def test_an_answer_that_is_lost_leaves_no_second_webhook(setting: Setting) -> None:
    setting.systems.rackbeat.faults.set(Fault("lost", method="POST", path="/api/webhooks", lose_answer=True))
    with pytest.raises(RemoteError):
        setting.activate()
    assert len(setting.listening()) == 1
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    is_whole(setting)


def test_an_event_that_rackbeat_does_not_have_keeps_nobody_from_being_activated(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its names are published in part only: the polls find what it would have told."""
    known: Any = webhooks._event

    def event(body: dict[str, Any]) -> str:
        if str(body["event"]).startswith("supplier_group."):
            raise invalid(event="The selected event is invalid.")
        name: str = known(body)
        return name

    monkeypatch.setattr(webhooks, "_event", event)
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    groups = {"supplier_group.created", "supplier_group.updated"}
    assert {name for name, _ in setting.listening()} == set(EVENTS) - groups
    monkeypatch.undo()
    with agreement_scope(setting.agreement.pk):
        rackbeat = setting.hands.connect(setting.agreement, lambda _exchange: None).rackbeat
        subscribe(setting.agreement, rackbeat, EVENTS, setting.systems.clock.now(), renew=False)
    is_whole(setting)


def test_an_address_that_rackbeat_does_not_take_does(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    def url(_body: dict[str, Any]) -> str:
        raise invalid(url="The url is invalid.")

    monkeypatch.setattr(webhooks, "_url", url)
    with pytest.raises(RemoteError):
        setting.activate()
    assert setting.agreement.state == AgreementState.INSTALLING
    monkeypatch.undo()
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    is_whole(setting)


def test_other_peoples_webhooks_are_left_alone(setting: Setting) -> None:
    theirs = ("customer_invoice.booked", "https://shop.example.com/hooks/rackbeat/x/")
    setting.systems.in_rackbeat("POST", "webhooks", {"event": theirs[0], "url": theirs[1]})
    setting.activate()
    assert theirs in setting.listening()
    assert len(setting.listening()) == len(EVENTS) + 1


def with_startup(setting: Setting) -> Setting:
    setting.company.decide(startup_sync=True)
    return Setting(setting.company, replace(setting.hands, can_start_up=True))


def startup(setting: Setting, state: StartupState) -> None:
    """What the start-up flow does, as far as activation sees it."""
    Agreement.objects.filter(pk=setting.agreement.pk).update(
        startup_state=state, startup_used_at=setting.systems.clock.now()
    )


def test_with_startup_the_flows_wait_for_the_second_step(setting: Setting, client: Client) -> None:
    two = with_startup(setting)
    assert two.activate().outcome == ActivationOutcome.STARTING
    assert (two.agreement.state, two.agreement.startup_state) == (AgreementState.STARTING, StartupState.WANTED)
    assert two.schedules() == set()
    two.systems.invoice()
    assert carried(two, client) == [202]
    two.company.drain()
    assert two.systems.booked() == []
    assert two.activate().outcome == ActivationOutcome.STARTING
    startup(two, StartupState.RUNNING)
    assert two.activate(without_startup=True).outcome == ActivationOutcome.STARTING
    startup(two, StartupState.DECIDING)
    two.company.decide(**{"purchase_accounts__1.eu": None})
    assert two.activate().outcome == ActivationOutcome.BLOCKED
    assert two.agreement.state == AgreementState.STARTING
    two.company.decide(**{"purchase_accounts__1.eu": 1320})
    assert two.activate().outcome == ActivationOutcome.ACTIVE
    assert two.agreement.startup_state == StartupState.CONFIRMED
    is_whole(two)
    two.company.drain()
    assert [invoice["bookedInvoiceNumber"] for invoice in two.systems.booked()] == [1001]


def test_a_connection_made_again_goes_on_where_it_was(setting: Setting) -> None:
    states = [setting.agreement.state_when_whole]
    two = with_startup(setting)
    two.activate()
    states.append(two.agreement.state_when_whole)
    startup(two, StartupState.DECIDING)
    two.activate()
    states.append(two.agreement.state_when_whole)
    assert states == [AgreementState.INSTALLING, AgreementState.STARTING, AgreementState.ACTIVE]


def test_startup_can_be_left_before_it_begins_and_is_not_used_up(setting: Setting) -> None:
    two = with_startup(setting)
    two.activate()
    assert two.activate(without_startup=True).outcome == ActivationOutcome.ACTIVE
    assert (two.agreement.startup_state, two.agreement.startup_used_at) == (StartupState.NONE, None)
    is_whole(two)


@pytest.mark.parametrize("reason", ["no flow", "used", "declined"])
def test_one_step_where_there_is_no_startup_to_run(setting: Setting, reason: str) -> None:
    two = with_startup(setting)
    if reason == "no flow":
        two = Setting(two.company, replace(two.hands, can_start_up=False))
    if reason == "used":
        startup(two, StartupState.CONFIRMED)
    used = two.agreement.startup_used_at
    assert two.activate(without_startup=reason == "declined").outcome == ActivationOutcome.ACTIVE
    assert two.agreement.startup_used_at == used
    is_whole(two)


def test_activated_at_stays_when_it_is_done_anew(setting: Setting) -> None:
    """Polls begin there: a later moment would pass over what was booked in between."""
    setting.activate()
    first, addresses = setting.agreement.activated_at, set(setting.listening())
    setting.systems.clock.go_to(setting.systems.clock.now() + timedelta(days=1))
    setting.company.decide(default_layout=None)
    assert setting.activate(renew=True).outcome == ActivationOutcome.ACTIVE
    assert setting.agreement.activated_at == first
    assert not set(setting.listening()) & addresses
    is_whole(setting)
