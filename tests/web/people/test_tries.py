"""Wrong tries to sign in: what they lock, for whom, in every process at once; and what they never lock."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lagerbro.people.models import CachedValue, KnownBrowser, Person
from lagerbro.people.shared_cache import SharedCache
from lagerbro.web.sign_in.known_browsers import KNOWN_FOR, PER_PERSON_MAX
from lagerbro.web.sign_in.tries import network_of
from tests.web.people.test_people import PASSWORD

pytestmark = pytest.mark.django_db
METTE, JENS = "mette@nordlys.dk", "jens@nordlys.dk"
HOME, OFFICE = "203.0.113.7", "198.51.100.20"


@pytest.fixture(autouse=True)
def people() -> None:
    for email in (METTE, JENS):
        person = Person.objects.create(email=email)
        person.set_password(PASSWORD)
        person.save()
        person_verified(person)


def person_verified(person: Person) -> None:
    from allauth.account.models import EmailAddress  # allauth's models need Django set up

    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def signs_in(client: Client, address: str, email: str = METTE, password: str = PASSWORD) -> bool:
    """Try once, from the address; answers whether that was a sign-in."""
    answer = client.post("/account/login/", {"login": email, "password": password}, REMOTE_ADDR=address)
    return answer.status_code == 302


def wrong(address: str, times: int = 5, email: str = METTE, client: Client | None = None) -> None:
    for _ in range(times):
        assert not signs_in(client or Client(), address, email, "wrong")


def test_five_wrong_tries_lock_that_person_in_that_network_and_nobody_and_nowhere_else() -> None:
    wrong(HOME)
    assert not signs_in(Client(), HOME)
    assert not signs_in(Client(), "203.0.113.200")  # another address of the same network
    assert signs_in(Client(), OFFICE)
    assert signs_in(Client(), HOME, JENS)


@pytest.mark.parametrize("email", [METTE.upper(), "Mette@Nordlys.dk"])
def test_however_the_address_is_written_it_is_the_same_person(email: str) -> None:
    wrong(HOME, email=email)
    assert not signs_in(Client(), HOME)
    assert signs_in(Client(), OFFICE, email)


def test_four_wrong_tries_and_the_right_one_count_for_nothing_more() -> None:
    for _ in range(2):
        wrong(HOME, times=4)
        assert signs_in(Client(), HOME)
        cache.clear()
    wrong(HOME, times=4)
    assert signs_in(Client(), HOME)
    wrong(HOME, times=1)
    assert not signs_in(Client(), HOME)


def test_a_browser_known_from_before_passes_and_has_a_limit_of_its_own() -> None:
    mine = Client()
    assert signs_in(mine, HOME)
    mine.post("/account/logout/")
    wrong(HOME)
    assert not signs_in(Client(), HOME)
    assert signs_in(mine, HOME)
    mine.post("/account/logout/")
    wrong(HOME, times=10, client=mine)
    assert not signs_in(mine, HOME)
    assert not signs_in(mine, OFFICE)  # the limit is the browser's, wherever it is
    assert signs_in(Client(), OFFICE)


def test_a_known_browser_is_known_for_its_person_alone_and_for_a_time(settings: Any) -> None:
    mine = Client()
    assert signs_in(mine, HOME)
    mine.post("/account/logout/")
    wrong(HOME, email=JENS)
    assert not signs_in(mine, HOME, JENS)
    wrong(HOME)
    KnownBrowser.objects.update(seen_at=timezone.now() - KNOWN_FOR)
    assert not signs_in(mine, HOME)


@pytest.mark.parametrize("text", ["", "guessed", "x" * 5000])
def test_a_cookie_that_is_not_ours_passes_nothing(text: str) -> None:
    wrong(HOME)
    mine = Client()
    mine.cookies["lagerbro-known"] = text
    assert not signs_in(mine, HOME)
    assert signs_in(mine, OFFICE)
    assert mine.cookies["lagerbro-known"].value not in ("", text)


def test_the_cookie_is_for_us_alone_and_its_text_is_not_kept() -> None:
    mine = Client()
    assert signs_in(mine, HOME)
    cookie = mine.cookies["lagerbro-known"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")
    assert KnownBrowser.objects.get().digest != cookie.value
    mine.post("/account/logout/")
    assert signs_in(mine, HOME, JENS)
    assert mine.cookies["lagerbro-known"].value == cookie.value  # one browser, two people
    assert KnownBrowser.objects.count() == 2


def test_a_person_has_so_many_browsers_and_no_more() -> None:
    person = Person.objects.get(email=METTE)
    KnownBrowser.objects.bulk_create(
        KnownBrowser(person=person, digest=str(n), seen_at=timezone.now()) for n in range(PER_PERSON_MAX)
    )
    mine = Client()
    assert signs_in(mine, HOME)
    assert KnownBrowser.objects.count() == PER_PERSON_MAX
    mine.post("/account/logout/")
    wrong(HOME)
    assert signs_in(mine, HOME)


def test_a_flood_from_many_networks_is_held_and_the_owners_browser_passes() -> None:
    mine = Client()
    assert signs_in(mine, HOME)
    mine.post("/account/logout/")
    for network in range(20):
        wrong(f"192.0.{network}.1")
    assert not signs_in(Client(), OFFICE)
    assert signs_in(Client(), OFFICE, JENS)
    assert signs_in(mine, OFFICE)


def test_a_new_password_by_letter_lets_its_owner_in() -> None:
    for network in range(20):
        wrong(f"192.0.{network}.1")
    wrong(HOME, times=1)
    mine, new = Client(), "Kassekladde-1310-bilag-ny"
    mine.post("/account/password/reset/", {"email": METTE}, REMOTE_ADDR=HOME)
    path = re.search(r"(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert path is not None
    form = mine.get(path[1], REMOTE_ADDR=HOME)["Location"]
    assert mine.post(form, {"password1": new, "password2": new}, REMOTE_ADDR=HOME).status_code == 302
    assert signs_in(mine, HOME, password=new)


def test_what_is_counted_is_counted_for_every_process() -> None:
    """Another process has a cache object of its own, on the same table."""
    wrong(HOME)
    assert CachedValue.objects.exists()
    assert not any(METTE in row.key for row in CachedValue.objects.all())
    assert SharedCache("", {}).get(CachedValue.objects.values_list("pk", flat=True)[0].split(":", 2)[2]) is not None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("2001:db8:1:2aa:9::2", "2001:db8:1:200::/56"),
        ("2001:db8:1:300::1", "2001:db8:1:300::/56"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network
