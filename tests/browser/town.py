"""Where a person who installs walks: Rackbeat and e-conomic are processes of their own on `127.0.0.1`, Lagerbro is on
`localhost`: another site, so that no cookie of ours arrives inside Rackbeat's frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lagerbro.demo.children import Children
from lagerbro.demo.sandbox_clients import is_up, sandbox_client
from lagerbro.sync.clients import ClientFactory, set_client_factory
from lagerbro.wire.clock import SystemClock
from tests.hosted import free_port

expect.set_options(timeout=30_000)

WORDS = {
    "da": {
        "to_economic": "Gå til e-conomic",
        "yes": "Ja, fortsæt",
        "join": "Forbind de to",
        "without": "Gå til indstillingerne uden",
        "begin": "Begynd",
        "apps": "Åbn Apps i Rackbeat",
        "settings": "Indstillinger",
        "connections": "Forbindelser og adgang",
        "other": "English",
        "pause": "Sæt på pause",
        "resume": "Genoptag",
        "paused": "Sat på pause · via Rackbeat (ukendt bruger)",
        "resumed": "Genoptaget · via Rackbeat (ukendt bruger)",
        "new_window": "Åbn i nyt vindue",
        "sign_up": "Opret dit login",
        "make": "Opret login",
        "become": "Bliv administrator",
        "name": "Navn",
        "overview": "Overblik",
        "activate": "Aktiver integration",
        "active": "Integrationen er aktiv",
        "activity": "Aktivitet",
        "invoice": "Kundefaktura",
        "transferred": "overført",
    },
    "en": {
        "to_economic": "Go to e-conomic",
        "yes": "Yes, go on",
        "join": "Connect the two",
        "without": "Go to the settings without",
        "begin": "Begin",
        "apps": "Open Apps in Rackbeat",
        "settings": "Settings",
        "connections": "Connections and access",
        "other": "Dansk",
        "pause": "Pause",
        "resume": "Resume",
        "paused": "Paused · through Rackbeat (unknown user)",
        "resumed": "Resumed · through Rackbeat (unknown user)",
        "new_window": "Open in a new window",
        "sign_up": "Make your sign-in",
        "make": "Make the sign-in",
        "become": "Become administrator",
        "name": "Name",
        "overview": "Overview",
        "activate": "Activate integration",
        "active": "The integration is active",
        "activity": "Activity",
        "invoice": "Customer invoice",
        "transferred": "transferred",
    },
}


class Places(Protocol):
    """The addresses of Rackbeat and Lagerbro."""

    @property
    def rackbeat(self) -> str: ...
    @property
    def lagerbro(self) -> str: ...


@dataclass
class Town:
    """Where everybody lives."""

    rackbeat: str
    lagerbro: str
    factory: ClientFactory
    books: httpx2.Client
    """An accountant's way to the ledger, beside ours."""


@pytest.fixture
def town(live_server: LiveServer, tmp_path: Path, settings: Settings) -> Iterator[Town]:
    economic, rackbeat = free_port(), free_port()
    tokens = {"SANDBOX_APP_SECRET": "secret", "SANDBOX_GRANT": "grant", "SANDBOX_RACKBEAT_TOKEN": "bearer"}
    begin = f"{live_server.url}/onboarding/begin"
    with Children(tmp_path / "logs") as children:
        for name, port, more in (("economic", economic, []), ("rackbeat", rackbeat, ["--install-url", begin])):
            state = str(tmp_path / f"{name}.sqlite3")
            children.start(name, ["sandbox", name, "--port", str(port), "--state", state, *more], tokens)
        for port in (economic, rackbeat):
            children.wait_until(lambda port=port: is_up(port, "/_sandbox/health", "POST"), 60)  # type: ignore[misc]
        settings.LAGERBRO_PUBLIC_URL = live_server.url
        settings.LAGERBRO_PLAIN_KEYS = True
        settings.LAGERBRO_RACKBEAT_URL = settings.LAGERBRO_FRAME_ORIGIN = f"http://127.0.0.1:{rackbeat}"
        settings.LAGERBRO_RACKBEAT_APPS_URL = f"http://127.0.0.1:{rackbeat}/pages/apps"
        settings.LAGERBRO_ECONOMIC_REST_URL = settings.LAGERBRO_ECONOMIC_API_URL = f"http://127.0.0.1:{economic}"
        settings.LAGERBRO_ECONOMIC_GRANT_URL = f"http://127.0.0.1:{economic}/secure/api1/requestaccess.aspx"
        settings.LAGERBRO_ECONOMIC_APP_SECRET = "secret"
        settings.LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN = "public-1180001"
        factory = ClientFactory.from_settings(SystemClock())
        set_client_factory(factory)
        keys = {"X-AppSecretToken": "secret", "X-AgreementGrantToken": "grant"}
        with sandbox_client(economic, keys) as books:
            yield Town(f"http://127.0.0.1:{rackbeat}", live_server.url, factory, books)
        set_client_factory(None)
        factory.close()


@dataclass
class Walk:
    """A person in front of the browser; `words` are what our pages say in their language."""

    page: Page
    town: Places
    words: dict[str, str]

    def click(self, word: str, role: str = "button") -> None:
        """Press what our page calls so, after looking whether everybody could use the page that it is on."""
        target = self.page.get_by_role(role, name=self.words[word], exact=True)  # type: ignore[arg-type]
        expect(target).to_be_visible()
        assert Axe().run(self.page).violations_count == 0, Axe().run(self.page).generate_report()
        target.click()

    def press_install(self) -> None:
        self.page.goto(f"{self.town.rackbeat}/pages/apps")
        if "/sign-in" in self.page.url:
            self.page.get_by_role("button", name="Nordlys").click()
        self.page.get_by_role("button", name="Installér").click()
        self.page.wait_for_url(f"{self.town.lagerbro}/onboarding/")

    def give_access(self) -> None:
        self.click("to_economic", "link")
        self.page.get_by_role("button", name="Tilføj app").click()
        self.page.wait_for_url(f"{self.town.lagerbro}/onboarding/")

    def open_settings_in_rackbeat(self) -> None:
        self.page.goto(f"{self.town.rackbeat}/pages/apps")
        self.page.get_by_role("link", name="Indstillinger").click()


def walking(browser: Browser, town: Town, language: str) -> Walk:
    context = browser.new_context(locale={"da": "da-DK", "en": "en-GB"}[language])
    return Walk(context.new_page(), town, WORDS[language])
