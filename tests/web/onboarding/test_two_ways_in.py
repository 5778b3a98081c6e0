"""Installing from Rackbeat and from e-conomic's market; again; half-way; given up; by plain keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lagerbro.agreements.capabilities import agreement_for
from lagerbro.agreements.choices import choices_of, decide
from lagerbro.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementState,
    Credentials,
    Installation,
    RackbeatWebhook,
)
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.housekeeping import tidy
from lagerbro.people.models import Membership, Role
from lagerbro.sync.clients import ClientFactory
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.installing import OTHER, Installer, open_second_company
from tests.sandbox.rackbeat.calling import Browser, Caller
from tests.sandboxes import BEARER, GRANT, START, Sandboxes
from tests.visiting import person

pytestmark = pytest.mark.django_db


def settings_page(systems: Sandboxes, account: int = 4711) -> str:
    """The address that Rackbeat shows in its frame, as a path of ours."""
    browser = Browser(systems.rackbeat)
    browser.sign_in(account)
    page = browser.get("/pages/apps/economic/settings").body.decode()
    return Installer.path(page.split('<iframe class="app-settings" src="')[1].split('"')[0])


def installed_apps(systems: Sandboxes) -> list[object]:
    found: list[object] = Caller(systems.rackbeat, BEARER).get("user-account-plugins")
    return found


def test_from_rackbeat_to_its_frame(installer: Installer, systems: Sandboxes) -> None:
    assert "hvis du selv har trykket Installér" in (page := installer.begin())
    assert "Gå til e-conomic" in page
    assert "Er det den rigtige aftale i e-conomic?" in (page := installer.follow(installer.give_access()))
    assert "Nordlys Cykler ApS" in page
    assert Agreement.objects.count() == 0
    page = installer.press("check", answer="yes")
    assert "Hører de to sammen?" in page
    assert page.count("Nordlys Cykler ApS") == 2
    assert "1180001" in page
    assert "4711" in page
    assert Agreement.objects.count() == 0
    page = installer.press("confirm")
    assert "De to er forbundet" in page
    assert 'href="http://rackbeat.test/pages/apps?said=installed"' in page
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.rackbeat_app) == (AgreementState.INSTALLING, "economic")
    address = settings_page(systems)
    assert agreement_for(address.split("/")[-2]) == agreement
    assert "<h1>Indstillinger</h1>" in installer.follow(address)
    with agreement_scope(agreement.pk):
        assert [hook.event for hook in RackbeatWebhook.in_scope.all()] == ["plugin.uninstalled"]
        assert Credentials.in_scope.get().economic_grant_token.reveal()
        assert list(AgreementEvent.in_scope.values_list("code", flat=True)) == ["connected"]
    row = Installation.objects.get()
    assert (row.bearer, row.grant, row.request_token) == ("", "", "")


def test_from_economics_market(installer: Installer, systems: Sandboxes) -> None:
    assert "Begynd" in installer.page("/onboarding/economic/")
    assert "hvis du selv er gået i gang" in (page := installer.press("economic"))
    assert "Gå til e-conomic" in page
    page = installer.follow(installer.give_access())
    assert "Nu Rackbeat" in page
    assert "Nordlys Cykler ApS" in page
    assert "Er det den rigtige aftale i e-conomic?" in installer.begin()
    assert "Hører de to sammen?" in installer.press("check", answer="yes")
    assert "De to er forbundet" in installer.press("confirm")
    assert settings_page(systems)
    assert Agreement.objects.count() == 1


def test_in_english(installer: Installer) -> None:
    installer.language = "en"
    assert "Go to e-conomic" in installer.begin()
    assert "Is this the right agreement in e-conomic?" in installer.follow(installer.give_access())
    assert "Do these two belong together?" in installer.press("check", answer="yes")
    assert "The two are connected" in installer.press("confirm")


def test_the_cookie_alone_is_enough_where_the_return_address_is_fixed(installer: Installer, settings: Settings) -> None:
    settings.LAGERBRO_ECONOMIC_RETURN_EXACT = True
    installer.begin()
    back = installer.give_access()
    assert back.startswith("/onboarding/return/?token=")
    assert "Er det den rigtige aftale" in installer.follow(back)


def test_the_wrong_agreement_can_be_chosen_anew(installer: Installer, systems: Sandboxes) -> None:
    open_second_company(systems)
    installer.begin()
    assert OTHER.name in installer.follow(installer.give_access(agreement=OTHER.agreement_number))
    assert "Gå til e-conomic" in installer.press("check", answer="other")
    assert "Nordlys Cykler ApS" in installer.follow(installer.give_access())


def test_a_signed_in_person_becomes_administrator_and_goes_on_at_once(installer: Installer) -> None:
    mette = person(None)
    installer.client.force_login(mette, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Du er logget ind som Mette" in installer.up_to_confirm()
    assert "<h1>Indstillinger</h1>" in installer.press("confirm")
    with agreement_scope(Agreement.objects.get().pk):
        assert list(Membership.in_scope.values_list("person", "role")) == [(mette.pk, Role.ADMINISTRATOR)]
        assert AgreementEvent.in_scope.get(code="connected").by == "Mette"


def test_whoever_installed_may_sign_up_and_is_administrator(installer: Installer, settings: Settings) -> None:
    assert "Login oprettes ved installation" in installer.page("/account/signup/")
    installer.install()
    assert "Opret dit login" in installer.page("/account/signup/")


def test_a_half_done_installation_goes_on_where_it_was(installer: Installer) -> None:
    installer.begin()
    installer.follow(installer.give_access())
    assert "Er det den rigtige aftale" in installer.page("/onboarding/")
    installer.press("check", answer="yes")
    assert "Hører de to sammen?" in installer.page("/onboarding/")
    assert "Hører de to sammen?" in installer.follow("/onboarding/return/")
    assert "Er det den rigtige aftale" in installer.begin()


def test_it_ends_after_a_day_and_leaves_nothing(
    installer: Installer, factory: ClientFactory, systems: Sandboxes
) -> None:
    installer.up_to_confirm()
    bearer = Installation.objects.get().bearer.reveal()
    Installation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "ingen installation i gang" in installer.page("/onboarding/")
    Installation.objects.update(expires_at=systems.clock.now())
    tidy(factory)
    assert Installation.objects.count() == 0
    assert Caller(systems.rackbeat, bearer)("GET", "/api/self")[0] == 401


def test_refusing_in_economic_leaves_nothing_anywhere(installer: Installer, systems: Sandboxes) -> None:
    installer.begin()
    token = Installation.objects.get().request_token.reveal()
    assert "Installationen er afbrudt" in installer.follow(installer.give_access(answer="no"))
    assert Installation.objects.count() == 0
    assert Caller(systems.rackbeat)("POST", f"/integration/accept/{token}")[0] == 404
    assert installed_apps(systems) == []
    assert "Hører de to sammen?" in installer.up_to_confirm()


@pytest.mark.parametrize("steps", [1, 2])
def test_cancelling_here_leaves_nothing_anywhere(installer: Installer, systems: Sandboxes, steps: int) -> None:
    installer.begin()
    token = Installation.objects.get().request_token.reveal()
    if steps == 2:
        installer.follow(installer.give_access())
    assert "Installationen er afbrudt" in installer.press("cancel")
    assert (Installation.objects.count(), Agreement.objects.count()) == (0, 0)
    assert Caller(systems.rackbeat)("POST", f"/integration/accept/{token}")[0] == 404
    assert installed_apps(systems) == []


def test_cancelling_at_the_end_spoils_the_key(installer: Installer, systems: Sandboxes) -> None:
    installer.up_to_confirm()
    bearer = Installation.objects.get().bearer.reveal()
    assert Caller(systems.rackbeat, bearer)("GET", "/api/self")[0] == 200
    page = installer.press("cancel")
    assert "Lagerbro har ikke beholdt nogen adgang" in page
    assert "Rackbeat viser stadig appen som installeret: tryk Afinstallér der." in page
    assert "e-conomic viser stadig vores adgang: fjern den" in page
    assert Caller(systems.rackbeat, bearer)("GET", "/api/self")[0] == 401
    assert (Installation.objects.count(), Agreement.objects.count()) == (0, 0)


def test_installing_again_keeps_everything(installer: Installer, systems: Sandboxes) -> None:
    installer.install()
    agreement = Agreement.objects.get()
    Agreement.objects.update(startup_used_at=START, activated_at=START, state=AgreementState.GONE)
    with agreement_scope(agreement.pk):
        decide(agreement, {"sales_enabled": True, "default_layout": 1}, by="Mette", at=START)
    before = settings_page(systems)
    assert "har været forbundet før" in installer.up_to_confirm()
    installer.press("confirm")
    again = Agreement.objects.get()
    assert (again.pk, again.public_id, again.startup_used_at) == (agreement.pk, agreement.public_id, START)
    assert (again.state, again.ledger_epoch) == (AgreementState.ACTIVE, 1)
    with agreement_scope(again.pk):
        assert choices_of(again).default_layout == 1
        assert RackbeatWebhook.in_scope.count() > 1
    assert agreement_for(before.split("/")[-2]) is None
    assert agreement_for(settings_page(systems).split("/")[-2]) == again


def test_a_ledger_that_another_account_uses_is_told_without_a_name(installer: Installer) -> None:
    shared = "En anden Rackbeat-konto overfører allerede til e-conomic aftale 1180001."
    other = Agreement.objects.create(
        public_id="other",
        company_name="Hemmelig Handel ApS",
        rackbeat_account_id=999,
        economic_agreement_number=1180001,
        state=AgreementState.ACTIVE,
        created_at=START,
    )
    page = installer.up_to_confirm()
    assert shared in page
    assert "kan først aktiveres, når den anden kontos forbindelse er afsluttet" in page
    assert "Hemmelig" not in page
    other.delete()
    assert shared not in installer.page("/onboarding/")
    installer.press("confirm")
    assert Agreement.objects.get().state == AgreementState.INSTALLING


def test_another_ledger_needs_a_new_epoch(installer: Installer, systems: Sandboxes) -> None:
    open_second_company(systems)
    installer.install()
    agreement = Agreement.objects.get()
    Agreement.objects.update(startup_used_at=START, activated_at=START, state=AgreementState.ACTIVE)
    with agreement_scope(agreement.pk):
        answers = {"sales_enabled": True, "default_layout": 1, "purchase_accounts:1.domestic": 1310}
        decide(agreement, answers, by="Mette", at=START)
        keys = Credentials.in_scope.get().economic_grant_token
    page = installer.up_to_confirm(agreement=OTHER.agreement_number)
    assert "allerede forbundet med e-conomic aftale 1180001" in page
    refused = installer.press("confirm", different_cvr="yes")
    assert "Sæt flueben her, hvis det er rigtigt" in refused
    with agreement_scope(agreement.pk):
        assert Credentials.in_scope.get().economic_grant_token == keys
    installer.press("confirm", different_cvr="yes", new_epoch="yes")
    again = Agreement.objects.get()
    assert (again.economic_agreement_number, again.ledger_epoch) == (OTHER.agreement_number, 2)
    assert (again.startup_used_at, again.activated_at, again.state) == (None, None, AgreementState.INSTALLING)
    with agreement_scope(again.pk):
        left = choices_of(again)
    assert (left.sales_enabled, left.default_layout, left.purchase_accounts) == (True, None, {})


def test_two_companies_need_a_tick(installer: Installer, systems: Sandboxes) -> None:
    open_second_company(systems)
    page = installer.up_to_confirm(agreement=OTHER.agreement_number)
    assert "De to CVR-numre er ikke ens." in page
    assert "Sæt flueben her" in installer.press("confirm")
    assert Agreement.objects.count() == 0
    assert "De to er forbundet" in installer.press("confirm", different_cvr="yes")


def test_a_failure_half_way_can_be_repeated(installer: Installer, systems: Sandboxes) -> None:
    installer.up_to_confirm()
    systems.rackbeat.faults.set(Fault("down", method="POST", path="/api/plugins/economic/set-settings-url", status=503))
    assert "Rackbeat kunne ikke få besked lige nu." in installer.press("confirm")
    systems.rackbeat.faults.clear()
    assert "De to er forbundet" in installer.press("confirm")
    assert Agreement.objects.count() == 1


def test_by_plain_keys(installer: Installer, settings: Settings) -> None:
    settings.LAGERBRO_PLAIN_KEYS = True
    assert "Forbind med to API-nøgler" in installer.page("/onboarding/")
    wrong = installer.press("keys", bearer="wrong", grant=GRANT)
    assert "Rackbeat kender ikke denne nøgle." in wrong
    assert GRANT not in wrong
    assert "e-conomic kender ikke denne nøgle." in installer.press("keys", bearer=BEARER, grant="wrong")
    for no_key in ("nøgle", "a\0b", "x\r\nX-Admin: 1", "y" * 1200):  # of Rackbeat's own length, but not one of theirs
        assert "Rackbeat kender ikke denne nøgle." in installer.press("keys", bearer=no_key, grant=GRANT)
    assert Installation.objects.count() == 0
    assert "Hører de to sammen?" in installer.press("keys", bearer=BEARER, grant=GRANT)
    assert "De to er forbundet" in installer.press("confirm")
    settings.LAGERBRO_PLAIN_KEYS = False
    assert Client().get("/onboarding/keys/").status_code == 404


def test_giving_up_plain_keys_leaves_them_alone(installer: Installer, systems: Sandboxes, settings: Settings) -> None:
    settings.LAGERBRO_PLAIN_KEYS = True
    installer.press("keys", bearer=BEARER, grant=GRANT)
    installer.press("cancel")
    assert Installation.objects.count() == 0
    assert Caller(systems.rackbeat, BEARER)("GET", "/api/self")[0] == 200


def test_the_steps_keep_their_order_and_the_last_is_the_settings(installer: Installer) -> None:
    order = {
        "rackbeat": ["Tryk Installér i Rackbeat", "Giv adgang i e-conomic", "Bekræft begge virksomheder"],
        "economic": ["Giv adgang i e-conomic", "Tryk Installér i Rackbeat", "Bekræft begge virksomheder"],
    }
    for way, first in order.items():
        seen = []
        if way == "economic":
            installer.page("/onboarding/economic/")
            seen = [installer.press("economic"), installer.follow(installer.give_access()), installer.begin()]
        else:
            seen = [installer.begin(), installer.follow(installer.give_access())]
        seen.append(installer.press("check", answer="yes"))
        done = [page.count('<li class="good">') for page in seen]
        assert done == ([0, 1, 2, 2] if way == "economic" else [1, 2, 2])
        for page in seen:
            places = [page.index(f"<span>{words}") for words in (*first, "Gennemgå indstillingerne")]
            assert places == sorted(places), way
        installer.press("cancel")


def test_two_companies_that_differ_are_not_joined_by_the_first_button(installer: Installer, systems: Sandboxes) -> None:
    open_second_company(systems)
    installer.begin()
    installer.follow(installer.give_access(agreement=OTHER.agreement_number))
    page = installer.press("check", answer="yes")
    assert "De to CVR-numre er ikke ens." in page
    assert '<button class="primary" form="another" name="answer" value="other">Vælg en anden' in page
    assert "<button>Forbind de to</button>" in page
    assert "Gå til e-conomic" in installer.press("check", answer="other")
    page = installer.follow(installer.give_access())
    assert "Hører de to sammen?" in page
    assert '<button class="primary">Forbind de to</button>' in page


def test_without_a_sign_in_it_ends_on_the_settings_too(installer: Installer) -> None:
    installer.install()
    page = installer.follow("/onboarding/settings/")
    assert "<h1>Indstillinger</h1>" in page
    assert page.count('<li class="good">') == 3
    installer.client.cookies.clear()
    assert "<h1>Indstillinger</h1>" not in installer.follow("/onboarding/settings/")
