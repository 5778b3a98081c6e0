"""Fault switches: which request they hit, how often, and in whose words they answer."""

from __future__ import annotations

import pytest

from lagerbro_sandbox.kernel.faults.plan import FAULTS_MAX, Fault, FaultPlan
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.kernel.shell import failed
from tests.sandboxes import Sandboxes

DRAFT = Request("POST", "/invoices/drafts")
ACCOUNTS = Request("GET", "/accountsapi/v7.0.0/Accounts")


def test_a_switch_hits_what_it_names_as_often_as_it_says() -> None:
    plan = FaultPlan()
    plan.set(Fault("busy", method="POST", path="/invoices/*", skip=1, times=2, status=503))
    assert plan.take(Request("GET", "/invoices/drafts")) is None
    hits = [plan.take(DRAFT) for _ in range(4)]
    assert [hit is not None for hit in hits] == [False, True, True, False]
    assert plan.present() == ()


def test_the_first_that_hits_is_used_and_a_name_is_set_once() -> None:
    plan = FaultPlan()
    plan.set(Fault("always", times=None, status=500))
    plan.set(Fault("later", times=None, status=503))
    plan.set(Fault("later", times=None, status=429))
    taken = plan.take(DRAFT)
    assert taken is not None
    assert taken.status == 500
    plan.clear("always")
    assert [fault.status for fault in plan.present()] == [429]
    plan.clear()
    assert plan.take(DRAFT) is None


def test_there_is_a_limit() -> None:
    plan = FaultPlan()
    for number in range(FAULTS_MAX):
        plan.set(Fault(f"f{number}"))
    with pytest.raises(ValueError, match="at most"):
        plan.set(Fault("one too many"))


def test_each_system_fails_in_its_own_words(systems: Sandboxes) -> None:
    rest = failed(systems.economic, DRAFT, Fault("x"), 500)
    body = from_json(rest.body)
    assert isinstance(body, dict)
    assert (rest.status, body["errorCode"], body["httpStatusCode"]) == (500, "E00500", 500)
    service = failed(systems.economic, ACCOUNTS, Fault("x", headers={"Retry-After": "3"}), 503)
    assert service.headers == {"Content-Type": "application/problem+json", "Retry-After": "3"}
    throttled = failed(systems.rackbeat, Request("GET", "/api/self"), Fault("x"), 429)
    assert from_json(throttled.body) == {"message": "Too Many Attempts."}
