"""People: signing up and in, a second factor, invitations, roles, reading links; and what nobody learns."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from lagerbro.agreements.models import Agreement, AgreementEvent, Capability
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.admission import INVITATION_LIFETIME
from lagerbro.people.models import Invitation, Membership, Person, Role
from lagerbro.web.sign_in.adapters import SecondFactors
from tests.sandboxes import START
from tests.visiting import person, sign_in

pytestmark = pytest.mark.django_db
DA = {"accept-language": "da"}
PASSWORD = "Kassekladde-1310-bilag"


@pytest.fixture
def agreement() -> Agreement:
    facts = {"company_name": "Nordlys Cykler ApS", "rackbeat_account_id": 4711}
    return Agreement.objects.create(public_id="nordlys", created_at=START, **facts)


@pytest.fixture
def base(client: Client, agreement: Agreement) -> str:
    return f"{sign_in(client, agreement)}connections/"


def roles(agreement: Agreement) -> dict[str, int]:
    with agreement_scope(agreement.pk):
        return dict(Membership.in_scope.values_list("person__email", "role"))


def invited(client: Client, base: str, email: str, role: Role = Role.BOOKKEEPER) -> str:
    """Invite; answers the address in the letter, as a path of ours."""
    before = len(mail.outbox)
    answer = client.post(f"{base}people/invite/", {"email": email, "role": str(int(role))}, headers=DA)
    assert answer.status_code == 302
    (letter,) = mail.outbox[before:]
    assert letter.to == [email]
    found = re.search(r"(/invitation/[\w-]+/)", str(letter.body))
    assert found is not None
    return found[1]


def signed_up(client: Client, email: str, name: str = "Jens") -> None:
    """Fill in the form, and the code from the letter."""
    form = {"name": name, "email": email, "password1": PASSWORD}
    client.post("/account/signup/", form, headers=DA)
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", str(mail.outbox[-1].body))
    assert code is not None
    client.post("/account/confirm/", {"code": code[1]}, headers=DA, follow=True)


def test_an_invited_colleague_joins(client: Client, base: str, agreement: Agreement) -> None:
    path = invited(client, base, "jens@nordlys.dk")
    assert "Mette inviterer dig" in str(mail.outbox[0].body)
    theirs = Client()
    page = theirs.get(path, headers=DA).content.decode()
    assert "Du er inviteret til Nordlys Cykler ApS" in page
    assert theirs.post(path)["Location"] == "/account/signup/"
    signed_up(theirs, "jens@nordlys.dk")
    assert roles(agreement) == {"mette@nordlys.dk": Role.ADMINISTRATOR, "jens@nordlys.dk": Role.BOOKKEEPER}
    assert theirs.get(f"/a/{agreement.public_id}/activity/").status_code == 200
    assert str(Person.objects.get(email="jens@nordlys.dk")) == "Jens"
    assert Client().get(path).status_code == 404


def test_an_invitation_is_for_its_address_alone(client: Client, base: str, agreement: Agreement) -> None:
    path = invited(client, base, "jens@nordlys.dk")
    theirs = Client()
    theirs.post(path)
    signed_up(theirs, "eve@example.com", "Eve")
    assert "eve@example.com" not in roles(agreement)
    assert theirs.get(f"/a/{agreement.public_id}/").status_code == 404
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("how", ["withdrawn", "expired", "again"])
def test_an_invitation_ends(client: Client, base: str, agreement: Agreement, how: str) -> None:
    path = invited(client, base, "jens@nordlys.dk")
    with agreement_scope(agreement.pk):
        found = Invitation.in_scope.get()
        if how == "withdrawn":
            client.post(f"{base}invitations/{found.pk}/withdraw/")
        elif how == "expired":
            Invitation.in_scope.update(expires_at=timezone.now() - INVITATION_LIFETIME)
        else:
            invited(client, base, "jens@nordlys.dk")
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404


def test_a_letter_goes_to_an_address(client: Client, base: str, agreement: Agreement) -> None:
    answer = client.post(f"{base}people/invite/", {"email": "no address", "role": "2"}, headers=DA)
    assert answer.status_code == 422
    assert mail.outbox == []
    assert client.post(f"{base}people/invite/", {"email": "a@b.dk", "role": "9"}).status_code == 422


def test_roles_change_and_somebody_stays_administrator(client: Client, base: str, agreement: Agreement) -> None:
    jens = person(agreement, Role.READER, "jens@nordlys.dk")
    with agreement_scope(agreement.pk):
        his, hers = Membership.in_scope.get(person=jens).pk, Membership.in_scope.exclude(person=jens).get().pk
    refused = client.post(f"{base}people/{hers}/role/", {"role": "1"}, headers=DA, follow=True)
    assert "nogen skal være administrator" in refused.content.decode()
    assert roles(agreement)["mette@nordlys.dk"] == Role.ADMINISTRATOR
    client.post(f"{base}people/{hers}/remove/")
    assert "mette@nordlys.dk" in roles(agreement)
    client.post(f"{base}people/{his}/role/", {"role": "3"})
    client.post(f"{base}people/{hers}/role/", {"role": "1"})
    assert roles(agreement) == {"mette@nordlys.dk": Role.READER, "jens@nordlys.dk": Role.ADMINISTRATOR}
    assert client.post(f"{base}people/{his}/role/", {"role": "1"}).status_code == 403
    with agreement_scope(agreement.pk):
        assert list(AgreementEvent.in_scope.values_list("code", flat=True)) == ["role_changed", "role_changed"]


def test_whoever_is_removed_is_out_at_once(client: Client, base: str, agreement: Agreement) -> None:
    jens = person(agreement, Role.BOOKKEEPER, "jens@nordlys.dk")
    theirs = Client()
    theirs.force_login(jens, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert theirs.get(f"/a/{agreement.public_id}/").status_code == 200
    with agreement_scope(agreement.pk):
        client.post(f"{base}people/{Membership.in_scope.get(person=jens).pk}/remove/")
    assert theirs.get(f"/a/{agreement.public_id}/").status_code == 404


def test_another_companys_people_are_out_of_reach(client: Client, base: str) -> None:
    facts = {"company_name": "Anden", "rackbeat_account_id": 2}
    other = Agreement.objects.create(public_id="anden", created_at=START, **facts)
    theirs = person(other, Role.BOOKKEEPER, "ida@anden.dk")
    with agreement_scope(other.pk):
        membership = Membership.in_scope.get(person=theirs)
        link = Capability.in_scope.create(agreement=other, digest="x", kind="reader", created_at=START)
    for act in (
        f"people/{membership.pk}/role/",
        f"people/{membership.pk}/remove/",
        f"links/{link.pk}/withdraw/",
        "invitations/1/withdraw/",
    ):
        assert client.post(f"{base}{act}", {"role": "3"}).status_code == 404, act
    assert roles(other) == {"ida@anden.dk": Role.BOOKKEEPER}


def test_a_reading_link_is_shown_once_and_can_be_withdrawn(client: Client, base: str, agreement: Agreement) -> None:
    page = client.post(f"{base}links/", {"label": "Revisor Holm"}, headers=DA).content.decode()
    found = re.search(r"/read/[\w-]+/", page)
    assert found is not None
    assert found[0] not in client.get(base).content.decode()
    reader = Client()
    into = reader.get(found[0])["Location"]
    assert reader.get(into).status_code == 200
    with agreement_scope(agreement.pk):
        client.post(f"{base}links/{Capability.in_scope.get().pk}/withdraw/")
    assert reader.get(into).status_code == 404
    assert reader.get(found[0]).status_code == 404


def test_a_person_with_several_companies_chooses(client: Client, base: str) -> None:
    assert client.get("/")["Location"] == "/a/nordlys/"
    facts = {"company_name": "Anden ApS", "rackbeat_account_id": 2}
    person(Agreement.objects.create(public_id="anden", created_at=START, **facts))
    page = client.get("/", headers=DA).content.decode()
    assert 'href="/a/nordlys/"' in page
    assert 'href="/a/anden/"' in page


def test_sign_in_does_not_tell_who_is_here() -> None:
    known = Person.objects.create(email="mette@nordlys.dk")
    known.set_password(PASSWORD)
    known.save()
    answers = [
        Client().post("/account/login/", {"login": email, "password": "wrong"}, headers=DA)
        for email in ("mette@nordlys.dk", "nobody@nordlys.dk")
    ]
    first, second = (re.sub(r'value="[^"]*"|name="csrf[^>]*', "", answer.content.decode()) for answer in answers)
    assert first == second
    resets = [
        Client().post("/account/password/reset/", {"email": email})
        for email in ("mette@nordlys.dk", "nobody@nordlys.dk")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in resets} == {(302, "/account/password/reset/done/")}
    assert [letter.to for letter in mail.outbox] == [["mette@nordlys.dk"]]


def test_signing_up_with_a_known_address_looks_the_same(client: Client, base: str) -> None:
    theirs = Client()
    theirs.post(invited(client, base, "jens@nordlys.dk"))
    form = {"name": "X", "email": "mette@nordlys.dk", "password1": PASSWORD}
    known = theirs.post("/account/signup/", form)
    fresh = Client()
    fresh.post(invited(client, base, "ida@nordlys.dk"))
    unknown = fresh.post("/account/signup/", {**form, "email": "new@nordlys.dk"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_sign_in_is_throttled() -> None:
    client = Client()
    form = {"login": "throttled@nordlys.dk", "password": "wrong"}
    answers = [client.post("/account/login/", form, headers=DA).content.decode() for _ in range(7)]
    assert "for mange mislykkede logonforsøg" in answers[-1]
    assert "for mange mislykkede logonforsøg" not in answers[0]


def test_a_second_factor_is_asked_for_at_the_next_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)  # a code holds for half a minute, which a slow machine may cross
    mette = Person.objects.create(email="mette@nordlys.dk", name="Mette")
    mette.set_password(PASSWORD)
    mette.save()
    EmailAddress.objects.create(user=mette, email=mette.email, verified=True, primary=True)
    form = {"login": mette.email, "password": PASSWORD}
    client = Client()
    assert client.post("/account/login/", form)["Location"] == "/arrived/"
    activate = "/account/two-factor/app/activate/"
    assert "Er det stadig dig?" in client.get(activate, headers=DA, follow=True).content.decode()
    client.post(f"/account/reauthenticate/?next={activate}", {"password": PASSWORD})
    page = client.get(activate, headers=DA).content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found is not None
    secret = found[1]
    assert client.post(activate, {"code": code_for(secret)}).status_code == 302
    again = Client()
    answer = again.post("/account/login/", form, headers=DA)
    assert answer["Location"] == "/account/two-factor/authenticate/"
    assert again.get("/profile/").status_code == 302
    wrong = again.post("/account/two-factor/authenticate/", {"code": "000000"}, headers=DA)
    assert "Forkert kode." in wrong.content.decode()
    cache.clear()  # the same code may not be used twice
    assert again.post("/account/two-factor/authenticate/", {"code": code_for(secret)})["Location"] == "/arrived/"
    assert again.get("/profile/").status_code == 200


def code_for(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    counter = int(time.time()) // 30
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", counter), "sha1").digest()
    offset = digest[-1] & 15
    number = (struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000
    return f"{number:06}"


def test_second_factors_are_sealed_in_the_database() -> None:
    sealed = SecondFactors().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert SecondFactors().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/account/signup/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/1-x/",
        "/account/inactive/",
        "/onboarding/",
        "/onboarding/keys/",
        "/onboarding/economic/",
        "/profile/",
        "/account/two-factor/",
        "/account/two-factor/app/activate/",
        "/account/password/change/",
        "/account/logout/",
    ],
)
def test_every_page_of_a_person_is_there(
    client: Client, base: str, path: str, language: str, settings: Settings
) -> None:
    settings.LAGERBRO_PLAIN_KEYS = True
    seen = Client() if "/account/" in path and "two-factor" not in path and "change" not in path else client
    answer = seen.get(path, headers={"accept-language": language}, follow=True)
    assert answer.status_code == 200
    content = answer.content.decode()
    assert f'<html lang="{language}">' in content
    assert "<h1>" in content
    assert 'class="brand"' in content
