"""What somebody may try against an installation, each attack with what it comes to (domain-rules H5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from lagerbro.agreements.models import Agreement, Credentials, Installation
from lagerbro.agreements.scope import agreement_scope
from tests.installing import OTHER, Installer, open_second_company, token_in
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes

pytestmark = pytest.mark.django_db


@pytest.fixture
def attacker(installer: Installer, systems: Sandboxes) -> Installer:
    """Somebody else, with a company and a browser of their own."""
    open_second_company(systems)
    return Installer(systems, Client())


def test_somebody_elses_grant_link(installer: Installer, attacker: Installer) -> None:
    """The attacker begins, and sends the victim the link to e-conomic; the victim gives access to their own books."""
    attacker.begin(OTHER.rackbeat_account_id)
    link = attacker.grant_link()
    back = installer.give_access(link)
    page = installer.follow(back)
    assert "Det havde denne browser ikke bedt om" in page
    assert [row.grant.reveal() for row in Installation.objects.all()] == [""]
    assert "Gå til e-conomic" in attacker.page("/onboarding/")


def test_somebody_elses_grant_link_while_installing(installer: Installer, attacker: Installer) -> None:
    """The same while the victim installs for themselves: the mark in the address is not this browser's."""
    installer.begin()
    attacker.begin(OTHER.rackbeat_account_id)
    assert "ikke bedt om" in installer.follow(installer.give_access(attacker.grant_link()))
    assert {row.grant.reveal() for row in Installation.objects.all()} == {""}


def test_somebody_elses_token_on_our_return_address(installer: Installer, attacker: Installer) -> None:
    """The attacker has a grant to their own books and brings the victim's browser to our return address with it."""
    attacker.begin(OTHER.rackbeat_account_id)
    token = token_in(attacker.give_access(agreement=OTHER.agreement_number))
    assert "ikke bedt om" in installer.follow(f"/onboarding/return/?token={token}")
    assert "ikke bedt om" in installer.follow(f"/onboarding/return/{'0' * 40}/?token={token}")
    page = installer.up_to_confirm()
    assert OTHER.name not in page
    assert "De to er forbundet" in installer.press("confirm")
    with agreement_scope(Agreement.objects.get().pk):
        assert Credentials.in_scope.get().economic_grant_token.reveal() != token


def test_somebody_elses_token_while_installing_is_seen_and_needs_a_tick(
    installer: Installer, attacker: Installer, systems: Sandboxes
) -> None:
    """Where the return address can carry nothing, a foreign token gets as far as the page that names both."""
    installer.begin()
    attacker.begin(OTHER.rackbeat_account_id)
    token = token_in(attacker.give_access(agreement=OTHER.agreement_number))
    page = installer.follow(f"/onboarding/return/?token={token}")
    assert OTHER.name in page
    page = installer.press("check", answer="yes")
    assert OTHER.cvr in page
    assert "De to CVR-numre er ikke ens." in page
    assert "Sæt flueben her" in installer.press("confirm")
    assert Agreement.objects.count() == 0


def test_a_forged_grant_is_not_kept(installer: Installer) -> None:
    installer.begin()
    page = installer.follow("/onboarding/return/?token=forged")
    assert "e-conomic kender ikke den adgang, der kom tilbage." in page
    assert not Installation.objects.get().grant
    assert "Er det den rigtige aftale" in installer.follow(installer.give_access())


def test_a_forged_install_token(installer: Installer, systems: Sandboxes) -> None:
    installer.follow("/onboarding/begin?token=forged")
    installer.follow(installer.give_access())
    assert "Installationen kan ikke fortsætte" in installer.press("check", answer="yes")
    assert (Installation.objects.count(), Agreement.objects.count()) == (0, 0)
    assert "Hører de to sammen?" in installer.up_to_confirm()


def test_an_expired_install_token(installer: Installer, systems: Sandboxes) -> None:
    installer.begin()
    installer.follow(installer.give_access())
    systems.rackbeat.clock.advance(timedelta(seconds=3601))
    assert "der er gået over en time" in installer.press("check", answer="yes")
    assert (Installation.objects.count(), Agreement.objects.count()) == (0, 0)


def test_a_replayed_install_token(installer: Installer, attacker: Installer) -> None:
    """The attacker has seen the victim's address in some log and opens it too, before and after."""
    path = installer.press_install()
    installer.follow(path)
    attacker.follow(path)
    installer.follow(installer.give_access())
    installer.press("check", answer="yes")
    attacker.follow(attacker.give_access(agreement=OTHER.agreement_number))
    assert "Installationen kan ikke fortsætte" in attacker.press("check", answer="yes")
    assert "De to er forbundet" in installer.press("confirm")
    attacker.follow(path)
    attacker.follow(attacker.give_access(agreement=OTHER.agreement_number))
    assert "Installationen kan ikke fortsætte" in attacker.press("check", answer="yes")
    assert [row.economic_agreement_number for row in Agreement.objects.all()] == [1180001]


def test_luring_somebody_into_an_agreement(installer: Installer, attacker: Installer) -> None:
    """The attacker lets the victim open the attacker's own *Installér*: both companies are named before anything."""
    installer.follow(attacker.press_install(OTHER.rackbeat_account_id))
    page = installer.follow(installer.give_access())
    assert "Nordlys Cykler ApS" in page
    page = installer.press("check", answer="yes")
    assert OTHER.name in page
    assert "De to CVR-numre er ikke ens." in page
    assert "Sæt flueben her" in installer.press("confirm")
    assert "Installationen er afbrudt" in installer.press("cancel")
    assert Agreement.objects.count() == 0


def test_luring_somebody_with_a_waiting_grant(installer: Installer, attacker: Installer) -> None:
    """From e-conomic's market a grant waits for *Installér*: the attacker's is not taken for it unseen."""
    installer.press("economic")
    installer.follow(installer.give_access())
    installer.follow(attacker.press_install(OTHER.rackbeat_account_id))
    assert OTHER.name in installer.press("check", answer="yes")
    assert "Sæt flueben her" in installer.press("confirm")
    assert Agreement.objects.count() == 0


def test_another_browser_sees_and_finishes_nothing(installer: Installer, attacker: Installer) -> None:
    installer.up_to_confirm()
    assert "ingen installation i gang" in attacker.page("/onboarding/")
    for act in ("check", "confirm"):
        assert attacker.client.post(f"/onboarding/{act}/", {"answer": "yes"}).status_code == 404
    attacker.press("cancel")
    assert "De to er forbundet" in installer.press("confirm")


def test_confirming_from_another_site_is_refused(installer: Installer, systems: Sandboxes) -> None:
    strict = Installer(systems, Client(enforce_csrf_checks=True))
    strict.begin()
    strict.follow(strict.give_access())
    for act in ("check", "confirm", "cancel"):
        assert strict.client.post(f"/onboarding/{act}/", {"answer": "yes"}).status_code == 403
    assert Installation.objects.count() == 1


def test_a_finished_installation_lets_nobody_else_sign_up(installer: Installer, attacker: Installer) -> None:
    installer.install()
    assert "Login oprettes ved installation" in attacker.page("/account/signup/")
    assert "Opret dit login" in installer.page("/account/signup/")


def test_tokens_leave_the_address_at_once(installer: Installer) -> None:
    path = installer.press_install()
    for address in (path, None):
        answer = installer.client.get(address or installer.give_access())
        assert answer.status_code == 302
        assert "token" not in answer["Location"]
        assert (answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) == ("no-referrer", True)
    cookie = installer.client.cookies["lagerbro-install"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    stored = Installation.objects.values_list("cookie_digest", flat=True).get()
    assert stored != cookie.value


@pytest.mark.parametrize("token", ["", "x" * 513, "a\x00b", " "])
def test_a_token_that_cannot_be_one_begins_nothing(installer: Installer, token: str) -> None:
    installer.client.get("/onboarding/begin", {"token": token})
    assert Installation.objects.count() == 0


@pytest.mark.parametrize("address", ["https://evil.example/", "http://[evil.example", "https://a\u2100evil.example/"])
def test_rackbeat_names_where_to_go_on_within_rackbeat(installer: Installer, address: str) -> None:
    installer.up_to_confirm()
    Installation.objects.update(redirect_to=address)
    page = installer.press("confirm")
    assert "evil.example" not in page
    assert "Tilbage til Rackbeat" not in page


def test_the_request_is_cancelled_when_another_takes_its_place(installer: Installer, systems: Sandboxes) -> None:
    first = token_in(installer.press_install())
    installer.follow(f"/onboarding/begin?token={first}")
    installer.begin()
    assert Caller(systems.rackbeat)("POST", f"/integration/accept/{first}")[0] == 404
    assert Installation.objects.count() == 1
