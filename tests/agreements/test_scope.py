"""A query outside an agreement's scope raises; inside it sees one agreement only; secrets are sealed in the rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.db import connection
from pytest_django import Settings

from lagerbro.agreements.models import Agreement, Credentials, Setting
from lagerbro.agreements.scope import (
    ScopedManager,
    ScopeMissingError,
    agreement_scope,
    current_agreement_id,
    every_agreement,
)
from lagerbro.agreements.secrets import Secret, SecretUnreadableError, seal, unseal
from lagerbro.sync.models import Attempt, Dependency, Intent, Link, Transfer

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def an_agreement(public_id: str, account: int) -> Agreement:
    return Agreement.objects.create(
        public_id=public_id, company_name=f"Firma {public_id}", rackbeat_account_id=account, created_at=NOW
    )


def test_whatever_belongs_to_an_agreement_is_asked_for_in_scope_and_by_no_other_name() -> None:
    belonging = [model for model in apps.get_models() if any(one.name == "agreement" for one in model._meta.fields)]
    managers = {model.__name__: [(one.name, type(one)) for one in model._meta.managers] for model in belonging}
    del managers["Installation"]  # asked for by a browser that belongs to nobody yet
    assert managers == {name: [("in_scope", ScopedManager)] for name in managers}
    assert {"Transfer", "Link", "Setting", "Membership"} <= managers.keys()


@pytest.mark.parametrize("model", [Transfer, Dependency, Attempt, Intent, Link, Credentials, Setting])
@pytest.mark.django_db
def test_no_scope_no_rows(model: type[Transfer]) -> None:
    with pytest.raises(ScopeMissingError, match="agreement_scope"):
        model.in_scope.count()
    with pytest.raises(ScopeMissingError):
        current_agreement_id()


@pytest.mark.django_db
def test_a_scope_shows_one_agreement() -> None:
    first, second = an_agreement("first", 1), an_agreement("second", 2)
    with every_agreement("a test fills both"):
        for agreement in (first, second):
            Transfer.in_scope.create(
                agreement=agreement, kind="customer_invoice", key="1001", created_at=NOW, changed_at=NOW
            )
        assert Transfer.in_scope.count() == 2
    with agreement_scope(first.pk):
        assert [row.agreement_id for row in Transfer.in_scope.filter(key="1001")] == [first.pk]
        assert Transfer.in_scope.filter(agreement_id=second.pk).count() == 0
        with agreement_scope(second.pk):
            assert current_agreement_id() == second.pk
        assert current_agreement_id() == first.pk


@pytest.mark.django_db
def test_tokens_are_sealed_in_the_database() -> None:
    agreement = an_agreement("sealed", 3)
    with agreement_scope(agreement.pk):
        Credentials.in_scope.create(agreement=agreement, rackbeat_token="rb-token", economic_grant_token="")
        with connection.cursor() as cursor:
            cursor.execute("SELECT rackbeat_token, economic_grant_token FROM agreements_credentials")
            stored, empty = cursor.fetchone()
        read = Credentials.in_scope.get()
    assert b"rb-token" not in bytes(stored)
    assert bytes(empty) == b""
    assert isinstance(read.rackbeat_token, Secret)
    assert read.rackbeat_token.reveal() == "rb-token"


def test_a_secret_does_not_show_itself() -> None:
    secret = Secret("abc123")
    assert "abc123" not in f"{secret} {secret!r} {secret!s:>30}" + str(secret) + "%s" % secret  # noqa: UP031
    assert secret.reveal() == "abc123"


def test_keys_can_be_rotated(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.LAGERBRO_KEYS = [old]
    sealed = seal("token")
    settings.LAGERBRO_KEYS = [new, old]
    assert unseal(sealed).reveal() == "token"
    renewed = seal(unseal(sealed))
    settings.LAGERBRO_KEYS = [new]
    assert unseal(renewed).reveal() == "token"
    with pytest.raises(SecretUnreadableError):
        unseal(sealed)
