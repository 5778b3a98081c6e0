"""A company that a command has connected gets an administrator, who can connect it again in the browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from urllib.parse import urlsplit

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lagerbro import cli
from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.administrators import UnknownCompanyError, address_for
from lagerbro.connections.plain_keys import connect
from lagerbro.people.models import Invitation, Membership, Person, Role
from lagerbro.sync.clients import ClientFactory
from tests.app.keys.installation import Installation
from tests.connections.test_plain_keys import KEYS
from tests.installing import Installer, factory, installer
from tests.sandboxes import BEARER, GRANT, START
from tests.visiting import given_password

__all__ = ["factory", "installer"]
pytestmark = pytest.mark.django_db
METTE = "mette@nordlys.dk"


@pytest.fixture
def agreement(factory: ClientFactory) -> Agreement:
    return connect(KEYS, factory, by="lagerbro connect")[0]


def roles(agreement: Agreement) -> dict[str, int]:
    with agreement_scope(agreement.pk):
        return dict(Membership.in_scope.values_list("person__email", "role"))


def opened(client: Client, address: str) -> int:
    """Signed in as the client is, the address is opened and its button pressed."""
    path = urlsplit(address).path
    page = client.get(path)
    if page.status_code == 200:
        client.post(path, follow=True)
    return page.status_code


def test_who_opens_the_address_becomes_administrator_and_connects_again(
    installer: Installer, agreement: Agreement, settings: Settings
) -> None:
    settings.LAGERBRO_PLAIN_KEYS = True
    assert roles(agreement) == {}
    assert "allerede forbundet" in installer.press("keys", bearer=BEARER, grant=GRANT)  # nobody may
    found, address = address_for(METTE, "", timezone.now())
    assert found == agreement
    mette, jens = (Person.objects.create(email=email) for email in (METTE, "jens@nordlys.dk"))
    given_password(installer.client, jens)
    opened(installer.client, address)
    assert roles(agreement) == {}  # it is for her alone
    given_password(installer.client, mette)
    opened(installer.client, address)
    assert roles(agreement) == {METTE: Role.ADMINISTRATOR}
    assert opened(installer.client, address) == 404  # once
    assert "allerede forbundet" not in installer.press("keys", bearer=BEARER, grant=GRANT)


def test_after_an_hour_it_opens_nothing(installer: Installer, agreement: Agreement) -> None:
    _, address = address_for(METTE, agreement.public_id, timezone.now() - timedelta(hours=1, seconds=1))
    given_password(installer.client, Person.objects.create(email=METTE))
    assert opened(installer.client, address) == 404
    assert roles(agreement) == {}


def test_which_company_is_asked_where_there_are_several(agreement: Agreement) -> None:
    Agreement.objects.create(public_id="anden", rackbeat_account_id=2, company_name="Anden ApS", created_at=START)
    for named in ("", "nowhere"):
        with pytest.raises(UnknownCompanyError, match=r"--agreement:\n  anden  Anden ApS\n"):
            address_for(METTE, named, timezone.now())
    assert address_for(METTE, "anden", timezone.now())[0].company_name == "Anden ApS"
    with pytest.raises(UnknownCompanyError, match="no e-mail address"):
        address_for("mette", "anden", timezone.now())
    with agreement_scope(agreement.pk):
        assert not Invitation.in_scope.exists()


@pytest.fixture
def connecting(factory: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`lagerbro connect`, with the keys on standard input."""
    monkeypatch.setattr(cli, "_database", lambda: None)
    monkeypatch.setattr(cli, "make_new_files_private", lambda: None)
    monkeypatch.setattr(ClientFactory, "from_settings", lambda _clock: factory)

    def run(*arguments: str) -> int:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(msgspec.json.encode(KEYS))))
        return cli.main(["connect", *arguments])

    return run


def test_whoever_connects_by_a_command_names_an_administrator_at_once(
    client: Client, connecting: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    assert connecting("--administrator", METTE) == 0
    report = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert set(report) > {"administrator"}
    assert roles(agreement := Agreement.objects.get()) == {}
    given_password(client, Person.objects.create(email=METTE))
    assert opened(client, report["administrator"]) == 200
    assert roles(agreement) == {METTE: Role.ADMINISTRATOR}


def test_without_it_nobody_is_invited(connecting: Callable[..., int], capfd: pytest.CaptureFixture[str]) -> None:
    assert connecting() == 0
    assert "administrator" not in json.loads(capfd.readouterr().out.splitlines()[-1])
    with agreement_scope(Agreement.objects.get().pk):
        assert not Invitation.in_scope.exists()


def test_an_address_that_is_none_keeps_the_company_from_being_connected(
    connecting: Callable[..., int], capfd: pytest.CaptureFixture[str]
) -> None:
    assert connecting("--administrator", "mette") == 1
    assert capfd.readouterr().err == "lagerbro: 'mette' is no e-mail address.\n"
    assert not Agreement.objects.exists()


def test_the_command_says_when_there_is_no_company(tmp_path_factory: pytest.TempPathFactory) -> None:
    ended = Installation(tmp_path_factory.mktemp("home")).run("administrator", METTE)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "lagerbro: no company is connected yet.\n")
