"""What guards an administrator: a recent sign-in, a second factor, sessions that can be ended, links that end."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from lagerbro.agreements.models import Agreement, AgreementState, Capability, CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Invitation, Membership, Person, Role
from lagerbro.web.visiting import by_page_token, page_token_for
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import capability, given_password, person, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "Kassekladde-1310-bilag"
DANISH = {"accept-language": "da"}


@pytest.fixture
def agreement() -> Agreement:
    return Agreement.objects.create(
        public_id="a1", rackbeat_account_id=1, company_name="Nordlys Cykler ApS", created_at=START
    )


@pytest.fixture
def mette(agreement: Agreement) -> Person:
    found = person(agreement)
    found.set_password(PASSWORD)
    found.save()
    return found


@pytest.fixture
def client(mette: Person) -> Client:
    """Mette's browser, which she left open for an hour."""
    client = Client()
    given_password(client, mette)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    return client


ANEW: list[tuple[str, dict[str, str]]] = [
    ("connections/disconnect/", {}),
    ("connections/people/invite/", {"email": "bogholder@nordlys.dk", "role": "2"}),
    ("connections/people/1/role/", {"role": "3"}),
    ("connections/people/1/remove/", {}),
    ("connections/links/", {"label": "Revisor", "days": "30"}),
    ("connections/sign-in/", {"sign_in_required": "yes"}),
]


def counts() -> tuple[int, int, int]:
    with agreement_scope(Agreement.objects.get().pk):
        return Membership.in_scope.count(), Invitation.in_scope.count(), Capability.in_scope.count()


@pytest.mark.parametrize(("path", "fields"), ANEW)
def test_an_open_browser_is_not_enough(client: Client, agreement: Agreement, path: str, fields: dict[str, str]) -> None:
    before = counts()
    answer = client.post(f"/a/a1/{path}", fields)
    assert (answer.status_code, answer["Location"]) == (302, "/account/reauthenticate/")
    agreement.refresh_from_db()
    assert (counts(), agreement.state, len(mail.outbox)) == (before, AgreementState.INSTALLING, 0)


def test_what_was_sent_goes_on_by_a_button_after_the_password(client: Client) -> None:
    client.post("/a/a1/connections/people/invite/", {"email": "bogholder@nordlys.dk", "role": "2"})
    page = said(client.get("/account/reauthenticate/", headers=DANISH))
    assert "Skriv din adgangskode igen" in page
    wrong = client.post("/account/reauthenticate/", {"password": "forkert-adgangskode"})
    assert "people/invite" not in said(wrong)
    shown = said(client.post("/account/reauthenticate/", {"password": PASSWORD}, headers=DANISH))
    assert "Det, du var ved at gøre, er ikke sket endnu." in shown
    assert 'action="/a/a1/connections/people/invite/"' in shown
    assert 'name="email" value="bogholder@nordlys.dk"' in shown
    assert len(mail.outbox) == 0  # coming back alone does nothing
    client.post("/a/a1/connections/people/invite/", {"email": "bogholder@nordlys.dk", "role": "2"})
    assert [letter.to for letter in mail.outbox] == [["bogholder@nordlys.dk"]]


def with_second_factor(somebody: Person) -> None:
    Authenticator.objects.create(user=somebody, type=Authenticator.Type.TOTP, data={"secret": "x"})


def required(client: Client, mette: Person) -> Any:
    given_password(client, mette)
    form = {"sign_in_required": "yes", "second_factor_required": "yes"}
    return client.post("/a/a1/connections/sign-in/", form, headers=DANISH, follow=True)


def test_an_administrator_without_the_second_factor_looks_and_changes_nothing(
    client: Client, agreement: Agreement, mette: Person
) -> None:
    with_second_factor(mette)
    assert "Administratorer skal have totrinslogin" in said(required(client, mette))
    other = Client()
    base = sign_in(other, agreement, Role.ADMINISTRATOR)
    given_password(other, person(agreement, Role.ADMINISTRATOR, "jens@nordlys.dk"))
    assert other.get(f"{base}settings/").status_code == 200
    for path in ("settings/", "connections/pause/", "connections/links/", "activate/begin/"):
        refused = other.post(f"{base}{path}", {"label": "x"}, headers=DANISH)
        assert (refused.status_code, "Slå først totrinslogin til" in said(refused)) == (403, True), path
    with_second_factor(Person.objects.get(email="jens@nordlys.dk"))
    assert other.post(f"{base}connections/pause/").status_code == 302
    given_password(other, person(agreement, Role.BOOKKEEPER, "lone@nordlys.dk"))  # asked of administrators only
    assert other.post(f"{base}connections/pause/", headers=DANISH).status_code == 403
    assert "totrinslogin" not in said(other.post(f"{base}connections/pause/", headers=DANISH))


def test_who_has_none_asks_nobody_for_one(client: Client, agreement: Agreement, mette: Person) -> None:
    assert "Slå først dit eget totrinslogin til" in said(required(client, mette))
    agreement.refresh_from_db()
    assert agreement.second_factor_required is False


def test_the_frame_is_no_way_around_it(agreement: Agreement) -> None:
    held, _ = capability(agreement)
    Agreement.objects.update(sign_in_required=False)
    visit = by_page_token(page_token_for(held))
    assert visit is not None
    assert visit.may_decide
    Agreement.objects.update(second_factor_required=True)
    visit = by_page_token(page_token_for(held))
    assert visit is not None
    assert not visit.may_decide


def signed_in(email: str, agent: str) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    return browser


def test_sessions_are_listed_and_ended(mette: Person) -> None:
    EmailAddress.objects.create(user=mette, email=mette.email, verified=True, primary=True)
    here = signed_in(mette.email, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/133.0")
    there = signed_in(mette.email, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")
    third = signed_in(mette.email, "curl/8")
    page = said(here.get("/profile/sessions/", headers=DANISH))
    assert [name in page for name in ("Firefox, Windows", "Safari, iPhone", "en ukendt browser")] == [True] * 3
    phone = UserSession.objects.get(user_agent__contains="iPhone")
    assert here.post("/profile/sessions/end/", {"session": phone.pk}).status_code == 302
    assert there.get("/profile/").status_code == 302  # to sign in
    assert third.get("/profile/").status_code == 200
    here.post("/profile/sessions/end/", {"session": "others"})
    assert third.get("/profile/").status_code == 302
    assert here.get("/profile/").status_code == 200


@pytest.mark.parametrize("named", ["", "0", "x", "9" * 30, "-1", "²"])
def test_a_session_that_is_not_there_is_not_ended(client: Client, named: str) -> None:
    assert client.post("/profile/sessions/end/", {"session": named}).status_code == 404


def test_nobody_ends_somebody_elses(client: Client, mette: Person, agreement: Agreement) -> None:
    client.get("/profile/sessions/")
    theirs = UserSession.objects.get(user=mette)
    other = Client()
    given_password(other, person(agreement, Role.ADMINISTRATOR, "jens@nordlys.dk"))
    assert other.post("/profile/sessions/end/", {"session": theirs.pk}).status_code == 404
    other.post("/profile/sessions/end/", {"session": "others"})
    assert client.get("/profile/").status_code == 200
    assert "Chrome" not in said(other.get("/profile/sessions/"))


def made_link(client: Client, mette: Person, **more: str) -> str:
    given_password(client, mette)
    page = said(client.post("/a/a1/connections/links/", {"label": "Revisor", **more}, headers=DANISH))
    return page.split("/read/", 1)[1].split("<")[0].rstrip("/")


@pytest.mark.parametrize(("days", "lasts"), [("30", 30), ("365", 365), ("", 90)])
def test_a_reading_link_ends(client: Client, mette: Person, agreement: Agreement, days: str, lasts: int) -> None:
    text = made_link(client, mette, days=days)
    reader = Client()
    page = reader.get(f"/read/{text}/")["Location"]
    assert reader.get(page).status_code == 200
    with agreement_scope(agreement.pk):
        held = Capability.in_scope.get(kind=CapabilityKind.READER)
        assert held.expires_at is not None
        assert abs(held.expires_at - timezone.now() - timedelta(days=lasts)) < timedelta(minutes=5)
        Capability.in_scope.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert reader.get(f"/read/{text}/").status_code == 404
    assert reader.get(page).status_code == 404  # what was opened before it ended
    assert "Revisor" not in said(client.get("/a/a1/connections/")).split("<ol")[0]


def test_links_of_before_end_after_a_year(client: Client, mette: Person, agreement: Agreement) -> None:
    text = made_link(client, mette)
    with agreement_scope(agreement.pk):
        Capability.in_scope.update(expires_at=None)
        assert Client().get(f"/read/{text}/").status_code == 302
        Capability.in_scope.update(created_at=timezone.now() - timedelta(days=366))
    assert Client().get(f"/read/{text}/").status_code == 404


@pytest.mark.parametrize("days", ["0", "3650", "-1", "x"])
def test_no_other_length_is_taken(client: Client, mette: Person, agreement: Agreement, days: str) -> None:
    given_password(client, mette)
    assert client.post("/a/a1/connections/links/", {"label": "Revisor", "days": days}).status_code == 422
    with agreement_scope(agreement.pk):
        assert not Capability.in_scope.exists()


def test_the_log_tells_of_sign_ins_refusals_limits_and_roles(mette: Person, agreement: Agreement) -> None:
    EmailAddress.objects.create(user=mette, email=mette.email, verified=True, primary=True)
    jens = person(agreement, Role.READER, "jens@nordlys.dk")
    browser = Client()
    with capture_logs() as lines:
        for _ in range(6):
            Client().post("/account/login/", {"login": mette.email, "password": "forkert-adgangskode"})
        mette.refresh_from_db()
    refused = [line["event"] for line in lines]
    assert refused == ["sign_in_refused"] * 5 + ["sign_in_limited"]
    assert {line["network"] for line in lines} == {"127.0.0.0/24"}
    assert "nordlys.dk" not in repr(lines)
    with capture_logs() as lines:
        given_password(browser, mette)
        with agreement_scope(agreement.pk):
            pk = Membership.in_scope.get(person=jens).pk
        browser.post(f"/a/a1/connections/people/{pk}/role/", {"role": "2"})
        browser.post("/account/logout/")
    told = [(line["event"], line.get("code"), line.get("role"), line.get("person")) for line in lines]
    assert ("agreement_event", "role_changed", "BOOKKEEPER", "Jens") in told
    assert ("signed_out", None, None, mette.pk) in told


def test_a_sign_in_is_logged(mette: Person) -> None:
    EmailAddress.objects.create(user=mette, email=mette.email, verified=True, primary=True)
    with capture_logs() as lines:
        signed_in(mette.email, "curl/8")
    assert [(line["event"], line["person"]) for line in lines] == [("signed_in", mette.pk)]
