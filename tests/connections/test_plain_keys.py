"""Connecting by plain keys: what is tried first, what is stored, what connecting again keeps."""

from __future__ import annotations

import pytest
from django.conf import settings

from lagerbro.agreements.capabilities import agreement_for, digest
from lagerbro.agreements.choices import UnknownSettingError, choices_of
from lagerbro.agreements.models import Agreement, AgreementState, Credentials, RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.binding import LedgerChangedError
from lagerbro.connections.plain_keys import BlockedError, ConnectionKeys, connect, connection_report
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED
from lagerbro.economic.client import Hosts
from lagerbro.flows.registry import EVENTS, ROUTINES
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.models import Schedule
from lagerbro.web.views.activation.findings import finding_lines
from lagerbro.wire.errors import UnauthenticatedError
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import APP_SECRET, BEARER, GRANT, Sandboxes

pytestmark = pytest.mark.django_db
KEYS = ConnectionKeys(BEARER, GRANT, {"sales_enabled": True, "default_layout": 1})


@pytest.fixture
def factory(systems: Sandboxes, monkeypatch: pytest.MonkeyPatch) -> ClientFactory:
    monkeypatch.setattr(settings, "LAGERBRO_ECONOMIC_APP_SECRET", APP_SECRET)
    return ClientFactory(systems.clock, systems.rackbeat_http, Hosts(systems.economic_http, systems.economic_http))


def listening(systems: Sandboxes) -> list[tuple[str, str]]:
    return [(hook["event"], hook["url"]) for hook in systems.in_rackbeat("GET", "webhooks?limit=100")]


def test_a_company_is_connected(factory: ClientFactory, systems: Sandboxes) -> None:
    agreement, capability = connect(KEYS, factory, by="Mette")
    assert (agreement.company_name, agreement.economic_agreement_number, agreement.state) == (
        "Nordlys Cykler ApS",
        1180001,
        AgreementState.ACTIVE,
    )
    assert agreement_for(capability) == agreement
    with agreement_scope(agreement.pk):
        assert choices_of(agreement).sales_enabled
        assert Credentials.in_scope.get().rackbeat_token.reveal() == BEARER
        stored = {(row.event, row.address_key_hash) for row in RackbeatWebhook.in_scope.all()}
        assert all(row.token.reveal() for row in RackbeatWebhook.in_scope.all())
        assert set(Schedule.in_scope.values_list("routine", flat=True)) == set(ROUTINES)
    asked = listening(systems)
    assert {event for event, _ in asked} == {*EVENTS, UNINSTALLED}
    assert {(event, digest(url.split("/")[-2])) for event, url in asked} == stored
    assert capability in connection_report(agreement, capability)["pages"]


def test_connecting_again_keeps_settings_and_renews_addresses(factory: ClientFactory, systems: Sandboxes) -> None:
    first, old = connect(KEYS, factory, by="Mette")
    before = listening(systems)
    systems.in_rackbeat("DELETE", f"webhooks/{systems.in_rackbeat('GET', 'webhooks')[0]['id']}")
    again, new = connect(ConnectionKeys(BEARER, GRANT), factory, by="Mette")
    assert (again.pk, agreement_for(old), agreement_for(new)) == (first.pk, first, first)
    with agreement_scope(again.pk):
        assert choices_of(again).default_layout == 1
        assert RackbeatWebhook.in_scope.count() == len(EVENTS) + 1
    after = listening(systems)
    assert len(after) == len(EVENTS) + 1
    assert not set(after) & set(before)


def test_a_key_that_opens_nothing_stores_nothing(factory: ClientFactory, systems: Sandboxes) -> None:
    for keys in (ConnectionKeys("wrong", GRANT), ConnectionKeys(BEARER, "wrong")):
        with pytest.raises(UnauthenticatedError):
            connect(keys, factory, by="Mette")
    assert Agreement.objects.count() == 0
    assert listening(systems) == []
    assert connect(KEYS, factory, by="Mette")[0].state == AgreementState.ACTIVE


def test_an_unknown_setting_stores_no_key(factory: ClientFactory, systems: Sandboxes) -> None:
    with pytest.raises(UnknownSettingError):
        connect(ConnectionKeys(BEARER, GRANT, {"colour": "red"}), factory, by="Mette")
    agreement = Agreement.objects.get()
    with agreement_scope(agreement.pk):
        assert Credentials.in_scope.count() == 0
    assert (agreement.state, listening(systems)) == (AgreementState.INSTALLING, [])


def test_what_blocks_is_told_and_the_same_keys_go_on_when_it_is_mended(
    factory: ClientFactory, systems: Sandboxes
) -> None:
    with pytest.raises(BlockedError) as blocked:
        connect(ConnectionKeys(BEARER, GRANT, {"sales_enabled": True}), factory, by="Mette")
    (line,) = finding_lines(blocked.value.findings)
    assert line.split()[:4] == ["default_layout_not_chosen:", "No", "default", "layout"]
    assert (Agreement.objects.get().state, listening(systems)) == (AgreementState.INSTALLING, [])
    agreement, _ = connect(KEYS, factory, by="Mette")
    assert agreement.state == AgreementState.ACTIVE


def test_another_ledger_is_refused(factory: ClientFactory) -> None:
    agreement, _ = connect(KEYS, factory, by="Mette")
    Agreement.objects.filter(pk=agreement.pk).update(economic_agreement_number=5)
    with pytest.raises(LedgerChangedError, match="ledger epoch"):
        connect(KEYS, factory, by="Mette")


def test_a_failure_half_way_can_be_repeated(factory: ClientFactory, systems: Sandboxes) -> None:
    systems.rackbeat.faults.set(Fault("down", method="POST", path="/api/webhooks", skip=2, status=500))
    with pytest.raises(Exception, match="Rackbeat answered"):
        connect(KEYS, factory, by="Mette")
    assert Agreement.objects.get().state == AgreementState.INSTALLING
    agreement, _ = connect(KEYS, factory, by="Mette")
    assert agreement.state == AgreementState.ACTIVE
    assert len(listening(systems)) == len(EVENTS) + 1
