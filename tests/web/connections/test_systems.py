"""The two connections: tried, paused, connected again, ended from here, from Rackbeat and from e-conomic."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementState,
    Capability,
    Credentials,
    RackbeatWebhook,
    StartupState,
)
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.housekeeping import tidy
from lagerbro.connections.disconnecting import UNINSTALL_CONFIRMED_WITHIN
from lagerbro.people.models import Role
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.models import Schedule, Transfer
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.installing import Installer
from tests.reading import said
from tests.sandbox.rackbeat.calling import Browser, Caller
from tests.sandboxes import START, Sandboxes
from tests.visiting import OURS, framed, person, sign_in

pytestmark = pytest.mark.django_db
DA = {"accept-language": "da"}


@pytest.fixture
def agreement(installer: Installer) -> Agreement:
    """Installed by the app and activated, with something in the queue."""
    installer.install()
    Agreement.objects.update(state=AgreementState.ACTIVE, activated_at=START)
    made = Agreement.objects.get()
    with agreement_scope(made.pk):
        Transfer.in_scope.create(agreement=made, kind="customer", key="1", created_at=START, changed_at=START)
    return made


@pytest.fixture
def base(client: Client, agreement: Agreement) -> str:
    return f"{sign_in(client, agreement)}connections/"


def revoke_in_economic(systems: Sandboxes) -> None:
    systems.economic.store.connection.execute("DELETE FROM permit")


def uninstall_in_rackbeat(systems: Sandboxes, client: Client) -> None:
    """*Afinstallér*, and the webhook carried to our door."""
    browser = Browser(systems.rackbeat)
    browser.sign_in()
    browser.post("/pages/apps/economic/uninstall")
    for told in systems.rackbeat.due_deliveries():
        answer = client.post(
            Installer.path(told.url), told.body, content_type="application/json", headers=dict(told.headers)
        )
        systems.rackbeat.settle_delivery(told.id, answer.status_code)
        assert answer.status_code == 202


def kept(agreement: Agreement) -> tuple[int, int, int]:
    """Transfers, keys and webhooks that are left."""
    with agreement_scope(agreement.pk):
        return Transfer.in_scope.count(), Credentials.in_scope.count(), RackbeatWebhook.in_scope.count()


def posted(client: Client, address: str, **form: str) -> str:
    return said(client.post(address, form, headers=DA, follow=True))


def test_testing_says_what_each_answers(client: Client, base: str, agreement: Agreement, systems: Sandboxes) -> None:
    page = posted(client, f"{base}test/")
    assert page.count("svarer og kender os.") == 2
    revoke_in_economic(systems)
    page = posted(client, f"{base}test/")
    assert "e-conomic kender ikke vores nøgle længere." in page
    assert page.count("svarer og kender os.") == 1
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.GONE, "economic_revoked")
    assert "Giv adgang igen" in page


def test_a_system_that_is_down_breaks_nothing(
    client: Client, base: str, agreement: Agreement, systems: Sandboxes
) -> None:
    systems.rackbeat.faults.set(Fault("down", path="/api/self", status=503))
    assert "Rackbeat kunne ikke spørges lige nu." in posted(client, f"{base}test/")
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ACTIVE


def test_access_given_again_goes_on_with_the_queue(
    client: Client, base: str, agreement: Agreement, systems: Sandboxes, installer: Installer
) -> None:
    with agreement_scope(agreement.pk):
        long_ago, name = START - timedelta(days=1), "customer_invoices_poll"
        tomorrow = START + timedelta(days=1)
        Schedule.in_scope.create(agreement=agreement, routine=name, due_at=tomorrow, changed_at=long_ago)
    revoke_in_economic(systems)
    posted(client, f"{base}test/")
    page = installer.follow(client.post(f"{base}reconnect/")["Location"])
    assert "Gå til e-conomic" in page
    assert "har været forbundet før" in installer.follow(installer.give_access())
    assert installer.press("confirm")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.ACTIVE, "")
    assert kept(agreement)[0] == 1
    with agreement_scope(agreement.pk):
        assert START <= Schedule.in_scope.get().due_at <= systems.clock.now(), (
            "what happened meanwhile is looked for at once"
        )
    assert posted(client, f"{base}test/").count("svarer og kender os.") == 2


def test_giving_up_a_reconnection_leaves_the_key_alone(
    client: Client, base: str, agreement: Agreement, systems: Sandboxes, installer: Installer
) -> None:
    installer.follow(client.post(f"{base}reconnect/")["Location"])
    assert "afbrudt" in installer.press("cancel")
    assert posted(client, f"{base}test/").count("svarer og kender os.") == 2


def test_what_broke_at_work_says_which_side(agreement: Agreement, systems: Sandboxes, factory: ClientFactory) -> None:
    Agreement.objects.update(state=AgreementState.GONE, state_code="grant_revoked")
    revoke_in_economic(systems)
    tidy(factory)
    agreement.refresh_from_db()
    assert agreement.state_code == "economic_revoked"


def test_pause_and_resume(client: Client, base: str, agreement: Agreement) -> None:
    assert "Genoptag</button>" in posted(client, f"{base}pause/")
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.PAUSED
    assert "Sæt på pause</button>" in posted(client, f"{base}resume/")
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ACTIVE
    with agreement_scope(agreement.pk):
        events = list(AgreementEvent.in_scope.order_by("pk").values_list("code", "by"))
    assert events[-2:] == [("paused", "Mette"), ("resumed", "Mette")]


def test_ending_it_here_asks_first_and_destroys_the_keys(
    client: Client, base: str, agreement: Agreement, systems: Sandboxes
) -> None:
    with agreement_scope(agreement.pk):
        bearer = Credentials.in_scope.get().rackbeat_token.reveal()
    assert "begge nøgler bliver slettet" in said(client.get(f"{base}disconnect/", headers=DA))
    assert kept(agreement)[1] == 1
    page = posted(client, f"{base}disconnect/")
    assert "Forbindelsen er afbrudt. Indstillinger og historik er bevaret" in page
    assert page.count("<dt>Forbundet den</dt>") == 2  # not since when it is as it is now
    overview = said(client.get(base.removesuffix("connections/"), headers=DA))
    assert "Tryk Installér i Rackbeat for at forbinde igen." in overview
    assert kept(agreement) == (1, 0, 0)
    assert Caller(systems.rackbeat, bearer)("GET", "/api/self")[0] == 401
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.GONE, "disconnected")
    with agreement_scope(agreement.pk):
        assert not Capability.in_scope.filter(withdrawn_at=None).exists()
    assert "Der er ingen nøgle til e-conomic." in posted(client, f"{base}test/")


def test_uninstalling_in_rackbeat_is_believed_when_the_key_is_dead(
    client: Client, agreement: Agreement, systems: Sandboxes, factory: ClientFactory
) -> None:
    uninstall_in_rackbeat(systems, client)
    assert kept(agreement)[1] == 1
    tidy(factory)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.GONE, "uninstalled")
    assert kept(agreement) == (1, 0, 0)


def test_a_false_word_of_an_uninstall_destroys_nothing(
    client: Client, agreement: Agreement, systems: Sandboxes, factory: ClientFactory
) -> None:
    Agreement.objects.update(uninstall_heard_at=systems.clock.now())
    tidy(factory)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.uninstall_heard_at is None) == (AgreementState.ACTIVE, False)
    systems.clock.go_to(systems.clock.now() + UNINSTALL_CONFIRMED_WITHIN, 1)
    tidy(factory)
    agreement.refresh_from_db()
    assert (agreement.uninstall_heard_at, kept(agreement)[1]) == (None, 1)


def test_rackbeat_out_of_reach_is_no_uninstall(
    client: Client, agreement: Agreement, systems: Sandboxes, factory: ClientFactory
) -> None:
    Agreement.objects.update(uninstall_heard_at=systems.clock.now())
    systems.rackbeat.faults.set(Fault("down", path="/api/self", status=500))
    tidy(factory)
    assert kept(agreement)[1] == 1


def test_installing_after_an_uninstall_goes_on(
    client: Client, agreement: Agreement, systems: Sandboxes, factory: ClientFactory, installer: Installer
) -> None:
    uninstall_in_rackbeat(systems, client)
    tidy(factory)
    assert "har været forbundet før" in installer.up_to_confirm()
    installer.press("confirm")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.activated_at) == (AgreementState.ACTIVE, START)
    transfers, keys, webhooks = kept(agreement)
    assert (transfers, keys) == (1, 1)
    assert webhooks > 1


@pytest.mark.parametrize(
    ("before", "startup", "after"),
    [
        ("paused", StartupState.NONE, AgreementState.PAUSED),
        ("resumed", StartupState.NONE, AgreementState.ACTIVE),
        ("activated", StartupState.CONFIRMED, AgreementState.ACTIVE),
        ("activated", StartupState.DECIDING, AgreementState.STARTING),
    ],
)
def test_what_comes_back_stands_where_it_stood(
    client: Client, agreement: Agreement, installer: Installer, before: str, startup: str, after: str
) -> None:
    with agreement_scope(agreement.pk):
        record_event(agreement, before, by="Mette", at=START)
    Agreement.objects.update(state=AgreementState.GONE, state_code="uninstalled", startup_state=startup)
    installer.up_to_confirm()
    installer.press("confirm")
    agreement.refresh_from_db()
    assert agreement.state == after


@pytest.mark.parametrize(
    ("act", "least"),
    [("test", Role.BOOKKEEPER), ("pause", Role.ADMINISTRATOR), ("disconnect", Role.ADMINISTRATOR)],
)
def test_who_may(client: Client, agreement: Agreement, act: str, least: Role) -> None:
    for role in Role:
        base = sign_in(client, agreement, role)
        allowed = client.post(f"{base}connections/{act}/").status_code != 403
        assert allowed is (role >= least), role


@pytest.mark.parametrize("act", ["reconnect", "disconnect", "sign-in", "people/invite", "links"])
def test_inside_the_frame_these_ask_for_sign_in(agreement: Agreement, act: str) -> None:
    Agreement.objects.update(sign_in_required=False)
    base, form = framed(agreement)
    answer = Client().post(f"{base}connections/{act}/", form, headers={**OURS, **DA})
    assert answer.status_code == 403
    page = said(answer)
    assert "Log ind først" in page
    assert f'href="/a/{agreement.public_id}/" target="_top"' in page
    assert kept(agreement)[1] == 1


def test_pausing_inside_the_frame_says_through_rackbeat(agreement: Agreement) -> None:
    base, form = framed(agreement)
    assert Client().post(f"{base}connections/pause/", form, headers={**OURS, **DA}).status_code == 302
    with agreement_scope(agreement.pk):
        assert AgreementEvent.in_scope.latest("pk").by == "via Rackbeat (ukendt bruger)"


def test_sign_in_in_the_frame_can_be_switched(client: Client, base: str, agreement: Agreement) -> None:
    posted(client, f"{base}sign-in/")
    agreement.refresh_from_db()
    assert agreement.sign_in_required is False
    posted(client, f"{base}sign-in/", sign_in_required="yes")
    agreement.refresh_from_db()
    assert agreement.sign_in_required is True


def test_no_key_is_on_the_page(client: Client, base: str, agreement: Agreement) -> None:
    with agreement_scope(agreement.pk):
        keys = Credentials.in_scope.get()
    page = said(client.get(base, headers=DA))
    assert keys.rackbeat_token.reveal() not in page
    assert keys.economic_grant_token.reveal() not in page
    assert person(agreement).email in page
