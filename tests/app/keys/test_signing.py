"""A new signing key closes nothing that is open: sessions, letters, frames, installations, e-conomic's door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from lagerbro.agreements.capabilities import capability_for, digest, issue
from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.keys.signed import renew_sessions
from lagerbro.connections.economic_webhooks import is_secret_of, secret_of
from lagerbro.connections.installations import is_return_token, return_token
from tests.sandboxes import START
from tests.visiting import OURS, framed, person, sign_in

pytestmark = pytest.mark.django_db
Settings = Any
OLD, NEW, OTHER = "old" * 16, "new" * 16, "other" * 10
EVENT = {"event": "customer_updated", "number": "1"}


@pytest.fixture
def agreement(settings: Settings) -> Agreement:
    sign_with(settings, OLD)
    facts = {"company_name": "Nordlys Cykler ApS", "rackbeat_account_id": 4711}
    return Agreement.objects.create(public_id="nordlys", created_at=START, **facts)


def sign_with(settings: Settings, newest: str, *older: str) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = newest, list(older)


def is_in(client: Client, path: str) -> bool:
    return client.get(path).status_code == 200


def test_who_is_signed_in_stays_so_when_the_old_key_goes(
    client: Client, agreement: Agreement, settings: Settings
) -> None:
    path = sign_in(client, agreement)
    sign_with(settings, NEW, OLD)
    renew_sessions()
    sign_with(settings, NEW)
    assert is_in(client, path)
    sign_with(settings, OTHER)
    assert not is_in(client, path)


def test_who_is_signed_in_stays_so_while_both_keys_are_there(
    client: Client, agreement: Agreement, settings: Settings
) -> None:
    path = sign_in(client, agreement)
    sign_with(settings, NEW, OLD)
    assert is_in(client, path)
    assert is_in(client, path)


def test_a_session_ends_with_its_password_all_the_same(
    client: Client, agreement: Agreement, settings: Settings
) -> None:
    path = sign_in(client, agreement)
    mette = person(agreement)
    mette.set_password("Kassekladde-1310-bilag")
    mette.save()
    sign_with(settings, NEW, OLD)
    renew_sessions()
    assert not is_in(client, path)


def test_a_session_that_is_stored_anew_meanwhile_stays_as_it_was_stored(
    client: Client, agreement: Agreement, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, agreement)
    sign_with(settings, NEW, OLD)
    theirs = "stored meanwhile"
    monkeypatch.setattr(
        "lagerbro.app.keys.signed._known_by_newest", lambda held: (Session.objects.update(session_data=theirs), held)[1]
    )
    renew_sessions()
    assert Session.objects.get().session_data == theirs


def test_a_letter_for_a_new_password_works_while_the_old_key_is_there(agreement: Agreement, settings: Settings) -> None:
    mette = person(agreement)
    mette.set_password("Kassekladde-1310-bilag")
    mette.save()
    Client().post("/account/password/reset/", {"email": mette.email})
    address = re.search(r"(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert address is not None
    sign_with(settings, NEW, OLD)
    assert "password1" in Client().get(address[1], follow=True).content.decode()
    sign_with(settings, NEW)
    assert "password1" not in Client().get(address[1], follow=True).content.decode()


def test_a_page_in_the_frame_and_its_form_work_while_the_old_key_is_there(
    agreement: Agreement, settings: Settings
) -> None:
    path, form = framed(agreement)
    sign_with(settings, NEW, OLD)
    assert is_in(Client(), path)
    act = f"{path}activity/1/retry/"  # there is no such transfer, which is found out after the form was looked at
    assert Client().post(act, form, headers=OURS).status_code == 404
    assert Client().post(act, {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"][1:]}, headers=OURS).status_code == 403
    sign_with(settings, OTHER)
    assert Client().get(path).status_code == 404


def test_an_installation_comes_back_while_the_old_key_is_there(agreement: Agreement, settings: Settings) -> None:
    mark = return_token("cookie")
    assert len(mark) == 40
    sign_with(settings, NEW, OLD)
    assert is_return_token("cookie", mark)
    assert not is_return_token("other", mark)
    sign_with(settings, NEW)
    assert not is_return_token("cookie", mark)


def test_capability_addresses_know_no_key(agreement: Agreement, settings: Settings) -> None:
    with agreement_scope(agreement.pk):
        text = issue(agreement, START, kind=CapabilityKind.READER)
    sign_with(settings, OTHER)
    assert capability_for(text) is not None
    assert Client().get(f"/read/{text}/").status_code == 302


def door(agreement: Agreement) -> tuple[str, Capability]:
    with agreement_scope(agreement.pk):
        key = issue(agreement, START, kind=CapabilityKind.ECONOMIC)
        return key, Capability.in_scope.get(digest=digest(key))


def test_economics_door_of_before_is_known_by_the_old_key_and_then_for_good(
    agreement: Agreement, settings: Settings
) -> None:
    key, opening = door(agreement)
    secret = secret_of(key)
    sign_with(settings, NEW, OLD)
    assert not is_secret_of(opening, key, secret_of("another"))
    assert is_secret_of(opening, key, secret)
    sign_with(settings, OTHER)
    again = capability_for(key)
    assert again is not None
    assert is_secret_of(again, key, secret)
    for wrong in ("", secret_of(key), secret[:-1]):
        assert not is_secret_of(again, key, wrong)


def test_economics_door_of_before_is_closed_without_the_old_key(agreement: Agreement, settings: Settings) -> None:
    key, opening = door(agreement)
    secret = secret_of(key)
    sign_with(settings, NEW)
    assert not is_secret_of(opening, key, secret)
    assert capability_for(key) == opening
