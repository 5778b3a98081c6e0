"""A stranger's keys and tries keep nobody else from installing, and never connect a company that is connected."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from django.test import Client
from pytest_django import Settings

from lagerbro.agreements.models import Agreement, Credentials, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Person, Role
from lagerbro.sync.clients import UNBOUND_MAX, ClientFactory, unobserved
from lagerbro.wire.errors import LimitedError, RemoteError
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.installing import Installer
from tests.sandboxes import BEARER, GRANT, START, Sandboxes


@pytest.fixture(autouse=True)
def asked_for(settings: Settings) -> None:
    settings.LAGERBRO_PLAIN_KEYS = True


def test_plain_keys_are_off_unless_asked_for(client: Client, settings: Settings, db: None) -> None:
    from lagerbro.app import settings as as_shipped

    assert as_shipped.LAGERBRO_PLAIN_KEYS is False
    settings.LAGERBRO_PLAIN_KEYS = False
    assert client.get("/onboarding/keys/").status_code == 404
    assert client.post("/onboarding/keys/", {"bearer": BEARER, "grant": GRANT}).status_code == 404
    assert Installation.objects.count() == 0


def test_a_company_that_exists_asks_for_one_of_its_administrators(installer: Installer, client: Client) -> None:
    installer.press("keys", bearer=BEARER, grant=GRANT)
    installer.press("confirm")
    agreement = Agreement.objects.get()
    installer.client = Client()
    assert "allerede forbundet" in installer.press("keys", bearer=BEARER, grant=GRANT)
    person = Person.objects.create(email="mette@nordlys.dk")
    with agreement_scope(agreement.pk):
        member = Membership.in_scope.create(agreement=agreement, person=person, role=Role.BOOKKEEPER, created_at=START)
    installer.client.force_login(person)
    assert "allerede forbundet" in installer.press("keys", bearer=BEARER, grant=GRANT)
    with agreement_scope(agreement.pk):
        Membership.in_scope.filter(pk=member.pk).update(role=Role.ADMINISTRATOR)
    assert "Hører de to sammen?" in installer.press("keys", bearer=BEARER, grant=GRANT)
    with agreement_scope(agreement.pk):
        Membership.in_scope.all().delete()
        before = Credentials.in_scope.get().pk
    assert installer.client.post("/onboarding/confirm/").status_code == 404  # removed on the way
    with agreement_scope(agreement.pk):
        assert Credentials.in_scope.get().pk == before
        assert not Membership.in_scope.exists()


def test_a_strangers_order_to_wait_is_the_strangers_alone(factory: ClientFactory, systems: Sandboxes) -> None:
    """One key that is told to wait an hour; before, everybody's installation waited with it."""
    systems.rackbeat.faults.set(
        Fault("limited", path="/api/self", status=429, headers={"Retry-After": "3600"}, times=1)
    )
    with pytest.raises(RemoteError):
        factory.open_unbound("stranger", "", unobserved).rackbeat.myself()
    with pytest.raises(LimitedError):
        factory.open_unbound("stranger", "", unobserved).rackbeat.myself()
    assert factory.open_unbound(BEARER, "", unobserved).rackbeat.myself().user_account.id == 4711


def test_the_handshake_obeys_no_long_order(factory: ClientFactory, systems: Sandboxes, installer: Installer) -> None:
    path = installer.press_install()
    systems.rackbeat.faults.set(
        Fault("limited", path="/integration/*", status=429, headers={"Retry-After": "3600"}, times=1)
    )
    with pytest.raises(RemoteError):
        factory.handshake().accept("strangers")
    began_s = systems.clock.monotonic_s()
    installer.follow(path)
    installer.follow(installer.give_access())
    assert "Hører de to sammen?" in installer.press("check", answer="yes")
    assert systems.clock.monotonic_s() - began_s < 10


def test_what_strangers_try_is_forgotten_again(factory: ClientFactory) -> None:
    for number in range(UNBOUND_MAX + 20):
        factory.open_unbound(f"key-{number}", "", unobserved)
    assert len(factory._unbound) == UNBOUND_MAX


def test_a_visitor_is_counted_before_anything_goes_out(
    installer: Installer, systems: Sandboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[httpx2.Request] = []
    wrong = {"bearer": "wrong", "grant": "wrong"}
    here = {"REMOTE_ADDR": "203.0.113.7"}
    statuses = [Client(**here).post("/onboarding/keys/", wrong).status_code for _ in range(42)]  # type: ignore[arg-type]
    assert statuses == [422] * 40 + [429] * 2
    send = httpx2.Client.send

    def counted(http: httpx2.Client, request: httpx2.Request, **how: Any) -> httpx2.Response:
        asked.append(request)
        return send(http, request, **how)

    monkeypatch.setattr(httpx2.Client, "send", counted)
    assert Client(REMOTE_ADDR="203.0.113.99").post("/onboarding/keys/", wrong).status_code == 429  # the same network
    assert Client(**here).get("/onboarding/begin", {"token": "x"}).status_code == 429  # type: ignore[arg-type]
    assert asked == []
    assert Client(REMOTE_ADDR="198.51.100.20").post("/onboarding/keys/", wrong).status_code == 422
    assert Client(**here).get("/onboarding/").status_code == 200  # type: ignore[arg-type]
