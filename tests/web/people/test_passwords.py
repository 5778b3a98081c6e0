"""Which passwords are taken, and what a new one ends."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from lagerbro.agreements.models import Agreement
from lagerbro.app import settings as product_settings
from lagerbro.people.models import Person
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import given_password, person
from tests.world import Company

pytestmark = pytest.mark.django_db
OLD = "Kassekladde-1310-bilag"


@pytest.fixture
def mette() -> Person:
    mette = Person.objects.create(email="mette@nordlys.dk", name="Mette")
    mette.set_password(OLD)
    mette.save()
    EmailAddress.objects.create(user=mette, email=mette.email, verified=True, primary=True)
    return mette


def changed(client: Client, new: str, old: str = OLD) -> bool:
    client.post("/account/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    person = Person.objects.get()
    return person.check_password(new)


@pytest.mark.parametrize(
    "new", ["aaaaaaaaab", " korrekt hest batteri", "æøå æøå æøå", "x" * 64, "🚲🚲🚲🚲🚲🚲🚲🚲🚲🚲", "92837465019283"]
)
def test_any_long_password_is_taken_as_it_was_typed(client: Client, mette: Person, new: str) -> None:
    given_password(client, mette)
    assert changed(client, new)


@pytest.mark.parametrize("new", ["kort-1234", "1234567890", "mette@nordlys.dk", "password123"])
def test_short_common_and_own_ones_are_not(client: Client, mette: Person, new: str) -> None:
    given_password(client, mette)
    assert not changed(client, new)


@pytest.mark.parametrize(
    ("new", "is_taken"),
    [
        ("Lagerbro2026", False),
        ("rackbeat-2026!", False),
        ("E-conomic.1310", False),
        ("Nordlys Cykler ApS", False),
        ("nordlyscykler1", False),
        ("nordlys-2026", False),
        ("visma e-conomic", False),
        ("cykler til alle i byen", True),
        ("Lagerbro-kassekladde-1310", True),
        ("Fynske Lygter ApS", True),  # somebody else's company
        ("korrekt hest batteri", True),
    ],
)
def test_words_that_whoever_knows_the_company_tries_first_are_not(
    client: Client, company: Company, new: str, is_taken: bool
) -> None:
    Agreement.objects.create(public_id="f", rackbeat_account_id=2, company_name="Fynske Lygter ApS", created_at=START)
    mette = person(company.agreement)
    mette.set_password(OLD)
    mette.save()
    given_password(client, mette)
    assert changed(client, new) is is_taken


def test_it_is_said_why(client: Client, mette: Person) -> None:
    given_password(client, mette)
    sent = {"oldpassword": OLD, "password1": "Lagerbro2026", "password2": "Lagerbro2026"}
    page = said(client.post("/account/password/change/", sent, headers={"accept-language": "da"}))
    assert "Adgangskoden skal være mere end navnet på din virksomhed, Lagerbro, Rackbeat eller e-conomic." in page


def test_the_old_one_is_asked_for(client: Client, mette: Person) -> None:
    given_password(client, mette)
    assert not changed(client, "korrekt hest batteri", old="forkert-adgangskode")


def test_a_new_password_ends_every_other_session(client: Client, mette: Person) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/account/login/", {"login": mette.email, "password": OLD})
        assert browser.get("/profile/").status_code == 200
    assert changed(client, "korrekt hest batteri")
    assert client.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302


def test_the_field_is_masked_and_managers_may_fill_it(client: Client) -> None:
    page = said(client.get("/account/login/"))
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_a_sign_in_makes_a_new_session(client: Client, mette: Person) -> None:
    client.get("/account/login/")
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    client.post("/account/login/", {"login": mette.email, "password": OLD})
    assert client.session.session_key != session.session_key
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/profile/").status_code == 302


def test_the_product_keeps_passwords_as_slow_hashes() -> None:
    """The tests' own settings have a quick one."""
    assert product_settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.ScryptPasswordHasher"
