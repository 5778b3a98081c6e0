"""A person who installs: presses the buttons of both local systems and carries addresses between them and us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from lagerbro.economic.client import Hosts
from lagerbro.sync.clients import ClientFactory, set_client_factory
from lagerbro_sandbox.company import Company as Facts
from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.rackbeat import load as rackbeat_load
from tests.reading import said
from tests.sandbox.rackbeat.calling import Browser
from tests.sandboxes import APP_SECRET, Sandboxes, nordlys

HERE = "http://testserver"
OTHER: Facts = replace(
    nordlys(), agreement_number=1180077, rackbeat_account_id=5822, name="Havblik Surf ApS", cvr="29189757"
)


def open_second_company(systems: Sandboxes) -> None:
    """Another company with an account in Rackbeat and an agreement in e-conomic."""
    with transaction(systems.economic.store.connection):
        economic_load.load(systems.economic.store, OTHER)
    with transaction(systems.rackbeat.store.connection):
        rackbeat_load.load(systems.rackbeat.store, OTHER)


@dataclass
class Installer:
    """One person at one browser. `client` holds the cookies that we gave it."""

    systems: Sandboxes
    client: Client
    language: str = "da"

    def press_install(self, account: int = 4711) -> str:
        """*Installér* in Rackbeat; answers where it leads, as a path of ours."""
        self.systems.admin(
            "rackbeat", "apps/register", slug="economic", name="e-conomic", install_url=f"{HERE}/onboarding/begin"
        )
        browser = Browser(self.systems.rackbeat)
        browser.sign_in(account)
        return self.path(browser.post("/pages/apps/economic/install").headers["Location"])

    def begin(self, account: int = 4711) -> str:
        """Press it and follow; answers the page."""
        return self.follow(self.press_install(account))

    def grant_link(self) -> str:
        """The link to e-conomic on our page."""
        page = self.page("/onboarding/")
        return page.split('class="button primary" href="')[1].split('"')[0].replace("&amp;", "&")

    def give_access(self, link: str | None = None, agreement: int | None = None, answer: str = "yes") -> str:
        """Press *Tilføj app* in e-conomic; answers where it leads, as a path of ours."""
        address = urlsplit(link or self.grant_link())
        body = urlencode({"answer": answer, "agreement": str(agreement or nordlys().agreement_number)}).encode()
        asked = Request("POST", address.path, address.query, {}, body, "economic.test")
        return self.path(self.systems.economic.handle(asked).headers["Location"])

    def follow(self, path: str) -> str:
        """Open an address of ours and the ones it leads to; answers the last page."""
        answer = self.client.get(path, headers={"accept-language": self.language})
        for _ in range(5):
            if answer.status_code != 302 or not answer["Location"].startswith("/"):
                break
            answer = self.client.get(answer["Location"], headers={"accept-language": self.language})
        return said(answer)

    def page(self, path: str) -> str:
        return said(self.client.get(path, headers={"accept-language": self.language}))

    def press(self, act: str, **form: str) -> str:
        """Press a button of our page and follow; answers the last page, or the address if it leads away."""
        answer = self.client.post(f"/onboarding/{act}/", form, headers={"accept-language": self.language})
        if answer.status_code != 302:
            return said(answer)
        return self.follow(answer["Location"]) if answer["Location"].startswith("/") else answer["Location"]

    def up_to_confirm(self, account: int = 4711, agreement: int | None = None) -> str:
        """All the way to the page that shows both companies."""
        self.begin(account)
        self.follow(self.give_access(agreement=agreement))
        return self.press("check", answer="yes")

    def install(self, account: int = 4711, agreement: int | None = None, **ticks: str) -> str:
        self.up_to_confirm(account, agreement)
        return self.press("confirm", **ticks)

    @staticmethod
    def path(address: str) -> str:
        parts = urlsplit(address)
        return parts.path + (f"?{parts.query}" if parts.query else "")


def token_in(path: str) -> str:
    return parse_qs(urlsplit(path).query)["token"][0]


@pytest.fixture
def factory(db: None, systems: Sandboxes, settings: Settings) -> Iterator[ClientFactory]:
    """The program's lines to both local systems."""
    settings.LAGERBRO_ECONOMIC_APP_SECRET = APP_SECRET
    settings.LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN = "public"
    settings.LAGERBRO_ECONOMIC_GRANT_URL = "http://economic.test/secure/api1/requestaccess.aspx"
    settings.LAGERBRO_PUBLIC_URL = HERE
    settings.LAGERBRO_RACKBEAT_URL = settings.LAGERBRO_FRAME_ORIGIN = "http://rackbeat.test"
    made = ClientFactory(systems.clock, systems.rackbeat_http, Hosts(systems.economic_http, systems.economic_http))
    set_client_factory(made)
    yield made
    set_client_factory(None)


@pytest.fixture
def installer(factory: ClientFactory, systems: Sandboxes, client: Client) -> Installer:
    return Installer(systems, client)
