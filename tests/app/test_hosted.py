"""Hosted over https behind a proxy, with the public address and the trusted proxies set and nothing else: people
install, sign up, sign in and post forms; limits are counted for whoever asks, not for the proxy."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.hosted import FROM, Hosted, hosted

pytestmark = pytest.mark.timeout(300)
PASSWORD = "Kassekladde-1310-bilag"
PERSON = f"""
from allauth.account.models import EmailAddress
from lagerbro.people.models import Person
for email in ("mette@nordlys.dk", "jens@nordlys.dk"):
    person = Person.objects.create(email=email)
    person.set_password("{PASSWORD}")
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
"""
HOME, OFFICE = "203.0.113.7", "198.51.100.20"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hosted"), LAGERBRO_TRUSTED_PROXIES="127.0.0.1") as found:
        found.installation.inside(PERSON)
        yield found


@pytest.fixture
def visiting() -> Iterator[Callable[..., Visitor]]:
    """Browsers of people at these addresses."""
    with ExitStack() as open_ones:

        def visitor(site: Hosted, address: str = HOME) -> Visitor:
            http = httpx2.Client(verify=site.verify, headers={FROM: address}, timeout=60, trust_env=False)
            return Visitor(site, open_ones.enter_context(http))

        yield visitor


@dataclass
class Visitor:
    """A browser without its screen: keeps cookies, says where a form comes from, and does what a page says."""

    site: Hosted
    http: httpx2.Client

    def get(self, address: str) -> httpx2.Response:
        """The page at the address, or at the one that it leads to."""
        answer = self.http.get(self._whole(address))
        while answer.status_code in (302, 303):
            answer = self.http.get(str(httpx2.URL(str(answer.url)).join(answer.headers["Location"])))
        return answer

    def post(self, address: str, origin: str = "", **form: str) -> httpx2.Response:
        """Fill in the form that is at the address, as a page of ours would have it sent."""
        whole = self._whole(address)
        sent = {**form, "csrfmiddlewaretoken": self._form_token()}
        own = "/".join(whole.split("/")[:3])
        return self.http.post(whole, data=sent, headers={"Origin": origin or own, "Referer": f"{own}/"})

    def sign_in(self, email: str = "mette@nordlys.dk", password: str = PASSWORD) -> bool:
        self.get("/account/login/")
        return self.post("/account/login/", login=email, password=password).status_code == 302

    def _form_token(self) -> str:
        return next((cookie.value or "" for cookie in self.http.cookies.jar if "csrftoken" in cookie.name), "")

    def _whole(self, address: str) -> str:
        return address if address.startswith("http") else f"{self.site.lagerbro}{address}"


def test_signing_in_and_posting_a_form(site: Hosted, visiting: Callable[..., Visitor]) -> None:
    mette = visiting(site)
    page = mette.get("/account/login/")
    assert page.status_code == 200
    assert int(page.headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 31536000
    assert mette.sign_in()
    assert "mette@nordlys.dk" in mette.get("/profile/").text
    assert mette.post("/language/setlang/", language="en", next="/profile/").headers["Location"] == "/profile/"
    assert '<html lang="en">' in mette.get("/profile/").text
    assert mette.post("/language/setlang/", origin="https://evil.example", language="da").status_code == 403
    assert '<html lang="en">' in mette.get("/profile/").text


def test_cookies_are_for_this_host_and_https_alone(site: Hosted, visiting: Callable[..., Visitor]) -> None:
    mette = visiting(site)
    mette.sign_in()
    mette.post("/language/setlang/", language="en", next="/profile/")
    cookies = {cookie.name: cookie for cookie in mette.http.cookies.jar}
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-django_language", "__Host-lagerbro-known"} <= set(cookies)
    assert all(cookie.secure and cookie.path == "/" for cookie in cookies.values())


def test_letters_lead_to_the_public_address(site: Hosted, visiting: Callable[..., Visitor]) -> None:
    jens = visiting(site)
    jens.get("/account/password/reset/")
    jens.http.headers["Host"] = "evil.example"
    assert jens.post("/account/password/reset/", email="jens@nordlys.dk").status_code == 302
    (letter,) = (site.installation.home / "outbox").iterdir()
    found = re.search(r"(https?://[^/]+)/account/password/reset/key/", letter.read_text("utf-8"))
    assert found is not None
    assert found[1] == site.lagerbro


def test_limits_are_the_visitors_own_whatever_they_claim(site: Hosted, visiting: Callable[..., Visitor]) -> None:
    for claimed in range(6):
        attacker = visiting(site, HOME)
        attacker.http.headers["X-Forwarded-For"] = f"192.0.2.{claimed}"
        assert not attacker.sign_in("jens@nordlys.dk", "wrong")
    assert not visiting(site, HOME).sign_in("jens@nordlys.dk")
    assert visiting(site, OFFICE).sign_in("jens@nordlys.dk")
    assert visiting(site, HOME).sign_in("mette@nordlys.dk")


def test_installing_and_signing_up(site: Hosted, visiting: Callable[..., Visitor]) -> None:
    visitor = visiting(site)
    visitor.http.post(f"{site.rackbeat}/pages/sign-in", data={"account": "4711"}, headers={"Origin": site.rackbeat})
    pressed = visitor.http.post(f"{site.rackbeat}/pages/apps/economic/install", headers={"Origin": site.rackbeat})
    assert pressed.headers["Location"].startswith(f"{site.lagerbro}/onboarding/begin?")
    page = visitor.get(pressed.headers["Location"]).text
    link = page.split('class="button primary" href="')[1].split('"')[0].replace("&amp;", "&")
    given = visitor.http.post(link, data={"answer": "yes", "agreement": "1180001"})
    assert given.headers["Location"].startswith(f"{site.lagerbro}/onboarding/return/")
    visitor.get(given.headers["Location"])
    visitor.post("/onboarding/check/", answer="yes")
    assert "Nordlys" in visitor.get("/onboarding/").text
    assert visitor.post("/onboarding/confirm/").headers["Location"] == "/onboarding/"
    visitor.get("/account/signup/")
    email = f"{secrets.token_hex(4)}@nordlys.dk"
    made = visitor.post("/account/signup/", name="Ida", email=email, password1=PASSWORD)
    assert made.headers["Location"] == "/arrived/"
    assert "Nordlys" in visitor.get("/arrived/").text
    overview = visitor.get(visitor.post("/arrived/", answer="yes").headers["Location"])
    assert overview.status_code == 200
    assert "/a/" in str(overview.url)
    assert "Nordlys" in overview.text


def test_from_whom_is_not_trusted_nothing_is_believed(tmp_path: Path, visiting: Callable[..., Visitor]) -> None:
    """Another proxy's address is set: the headers that come from this one may be anybody's. Signing in works."""
    with hosted(tmp_path, with_systems=False, LAGERBRO_TRUSTED_PROXIES="192.0.2.1") as site:
        site.installation.inside(PERSON)
        assert "Strict-Transport-Security" not in visiting(site).get("/").headers
        assert visiting(site).sign_in("mette@nordlys.dk")
        for number in range(5):
            assert not visiting(site, f"203.0.{number}.1").sign_in("jens@nordlys.dk", "wrong")
        assert not visiting(site, OFFICE).sign_in("jens@nordlys.dk")  # they all came from the proxy
