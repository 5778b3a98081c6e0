"""A key that is lost for good: what nobody can open is emptied, nothing else, and the companies may connect again."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core import mail
from django.utils import timezone
from django.utils.translation import override
from pytest_django.fixtures import Settings

from lagerbro.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementState,
    Credentials,
    Installation,
    KeyCanary,
    RackbeatWebhook,
)
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.configuration import EXIT_STATUS
from lagerbro.app.keys.lost import Lost, report, start_over, unreadable_rows
from lagerbro.people.models import Membership, Role
from lagerbro.web.email_notices import notify_of_lost_connection
from tests.app.keys.everything_sealed import made, opened, person
from tests.app.keys.installation import READ, SEAL
from tests.app.keys.installation import Installation as Installed

NOTHING = Lost([], [], [], [])


@pytest.fixture
def lost_key(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything is sealed with a key that is gone, and another is at hand; answers the lost one."""
    before = Fernet.generate_key().decode()
    settings.LAGERBRO_KEYS = (before,)
    made()
    agreement = Agreement.objects.get()
    Agreement.objects.update(state=AgreementState.ACTIVE, activated_at=timezone.now(), company_name="Nordlys\r\nA/S")
    with agreement_scope(agreement.pk):
        for email, role in (("mette@nordlys.dk", Role.ADMINISTRATOR), ("jens@nordlys.dk", Role.BOOKKEEPER)):
            Membership.in_scope.create(
                agreement=agreement, person=person(email), role=role, created_at=agreement.created_at
            )
    after = Fernet.generate_key().decode()
    settings.LAGERBRO_KEYS = (after,)
    monkeypatch.setenv("LAGERBRO_KEYS", after)
    return before


def test_what_nobody_can_open_is_emptied_and_the_rest_stays(lost_key: str) -> None:
    agreement = Agreement.objects.get()
    lost = unreadable_rows()
    assert (list(lost.agreements), len(lost.people), len(lost.installations), len(lost.canaries)) == (
        [agreement.pk],
        2,
        1,
        1,
    )
    assert Credentials._base_manager.count() == 1  # counting has changed nothing
    assert start_over(timezone.now()) == lost
    agreement.refresh_from_db()
    assert (agreement.state, agreement.state_code) == (AgreementState.GONE, "keys_lost")
    assert agreement.memory_lost_at is not None
    for model in (Credentials, RackbeatWebhook, Installation, Authenticator):
        assert not model._base_manager.exists()
    with agreement_scope(agreement.pk):
        assert AgreementEvent.in_scope.get().code == "keys_lost"
        assert Membership.in_scope.count() == 2
    assert KeyCanary.objects.count() == 1
    assert unreadable_rows() == start_over(timezone.now()) == NOTHING
    assert report(NOTHING, emptied=True).startswith("Nothing is lost")


@pytest.mark.parametrize("language_around", ["da", "en"])
def test_administrators_are_asked_to_connect_again(lost_key: str, language_around: str) -> None:
    start_over(timezone.now())
    with override(language_around):
        assert notify_of_lost_connection(list(Agreement.objects.values_list("pk", flat=True))) == 1
    (letter,) = mail.outbox
    assert letter.to == ["mette@nordlys.dk"]
    assert letter.subject == "Nordlys A/S skal forbindes med Lagerbro igen"
    assert "Tryk Installér i Rackbeat" in letter.body
    assert "bogføres intet to gange" in letter.body


def test_with_the_key_back_nothing_is_lost(lost_key: str, settings: Settings) -> None:
    settings.LAGERBRO_KEYS = (*settings.LAGERBRO_KEYS, lost_key)
    before = opened()
    assert unreadable_rows() == NOTHING
    assert opened()["rackbeat"] == before["rackbeat"]


def test_one_row_that_nobody_can_open_is_that_companys_alone(db: None) -> None:
    made()
    other = Agreement.objects.create(public_id="havblik", rackbeat_account_id=2, created_at=timezone.now())
    with agreement_scope(other.pk):
        Credentials.in_scope.create(agreement=other, rackbeat_token="x", economic_grant_token="y")
    Credentials._base_manager.filter(agreement=other).update(rackbeat_token=b"damaged")
    assert list(unreadable_rows().agreements) == [other.pk]
    assert unreadable_rows().people == []


@pytest.mark.timeout(300)
def test_through_the_real_command(tmp_path: Path) -> None:
    """Without the key nothing starts; counted first, emptied when asked for, and then it starts."""
    installed = Installed(tmp_path / "home").started()
    installed.inside(SEAL)
    installed.key_file.unlink()
    assert installed.run("rotate-keys").returncode == EXIT_STATUS
    told = installed.run("keys-lost")
    assert told.returncode == 1
    assert told.stdout.startswith("No key at hand opens 1 companies' access")
    assert not installed.key_file.exists()
    assert installed.run("keys-lost", "--empty").stdout.startswith("Emptied: 1 companies' access")
    assert installed.key_file.stat().st_mode & 0o777 == 0o600
    assert installed.run("rotate-keys").returncode == 0
    assert (
        installed.inside(
            READ.replace("get()", "count()")
            .replace("found.rackbeat_token.reveal(), ", "")
            .replace("found.economic_grant_token.reveal()", "found")
        )
        == "0"
    )
