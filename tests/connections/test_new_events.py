"""A release that hears of more asks for it by itself, once, whatever fails on the way."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as with_other
from typing import Any

import pytest

from lagerbro.agreements.models import RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.activation import ActivationOutcome
from lagerbro.connections.activation_lease import activation_lease
from lagerbro.connections.new_events import hear_new_events
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED
from lagerbro.flows.registry import EVENTS
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.connections.setting import Setting
from tests.sandboxes import TestClock

pytestmark = pytest.mark.django_db
OLDER = tuple(event for event in EVENTS if not event.startswith("supplier"))
ALL = sorted((*EVENTS, UNINSTALLED))


@dataclass
class Factory:
    """As much of the clients' factory as is asked for."""

    connect: Any
    clock: TestClock


@pytest.fixture
def earlier(setting: Setting) -> Setting:
    """Activated by the release before suppliers."""
    assert setting.activate(hands=with_other(setting.hands, events=OLDER)).outcome == ActivationOutcome.ACTIVE
    return setting


def hear(setting: Setting) -> int:
    factory: Any = Factory(setting.hands.connect, setting.systems.clock)
    return hear_new_events(factory)


def heard(setting: Setting) -> list[str]:
    with agreement_scope(setting.agreement.pk):
        rows = sorted(row.event for row in RackbeatWebhook.in_scope.all() if row.token.reveal())
    assert rows == sorted(event for event, _ in setting.listening())
    return rows


def test_what_is_new_is_asked_for_and_the_rest_is_left_as_it_is(earlier: Setting) -> None:
    before = set(earlier.listening())
    assert hear(earlier) == 1
    assert heard(earlier) == ALL
    assert before <= set(earlier.listening())
    asked = len(earlier.systems.to_rackbeat.asked)
    assert hear(earlier) == 0  # who hears of everything costs no call
    assert len(earlier.systems.to_rackbeat.asked) == asked


def test_who_is_not_activated_hears_of_nothing(setting: Setting) -> None:
    assert (hear(setting), setting.listening()) == (0, [])


def test_rackbeat_fails_half_way_and_the_next_hour_does_the_rest(earlier: Setting) -> None:
    earlier.systems.rackbeat.faults.set(Fault("down", method="POST", path="/api/webhooks", skip=1, status=500))
    assert hear(earlier) == 0
    assert len(earlier.listening()) == len(OLDER) + 2
    assert hear(earlier) == 1
    assert heard(earlier) == ALL


def test_an_answer_that_is_lost_leaves_no_second_webhook(earlier: Setting) -> None:
    earlier.systems.rackbeat.faults.set(Fault("lost", method="POST", path="/api/webhooks", lose_answer=True))
    assert hear(earlier) == 0
    assert hear(earlier) == 1
    assert heard(earlier) == ALL


def test_somebody_who_is_activating_is_not_disturbed(earlier: Setting) -> None:
    with activation_lease(earlier.agreement, earlier.systems.clock):
        hear(earlier)
        assert len(earlier.listening()) == len(OLDER) + 1
    hear(earlier)
    assert heard(earlier) == ALL
