"""From *Installér* to the settings page in Rackbeat's frame, in a real browser, with real cookies, from site to site.

Rackbeat and e-conomic are processes of their own on `127.0.0.1`, Lagerbro is on `localhost`: another site, so that no
cookie of ours arrives inside the frame.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import Agreement, AgreementEvent, AgreementState, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.demo.children import Children
from lagerbro.demo.hands import is_up
from lagerbro.people.models import Membership
from lagerbro.sync.lines import Lines, set_lines
from lagerbro.wire.clock import SystemClock

expect.set_options(timeout=30_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

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
        "new_window": "Åbn i nyt vindue",
        "sign_up": "Opret dit login",
        "make": "Opret login",
        "name": "Navn",
        "overview": "Overblik",
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
        "new_window": "Open in a new window",
        "sign_up": "Make your sign-in",
        "make": "Make the sign-in",
        "name": "Name",
        "overview": "Overview",
    },
}


@dataclass
class Town:
    """Where everybody lives."""

    rackbeat: str
    lagerbro: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
        settings.LAGERBRO_RACKBEAT_URL = settings.LAGERBRO_FRAME_ORIGIN = f"http://127.0.0.1:{rackbeat}"
        settings.LAGERBRO_RACKBEAT_APPS_URL = f"http://127.0.0.1:{rackbeat}/pages/apps"
        settings.LAGERBRO_ECONOMIC_REST_URL = settings.LAGERBRO_ECONOMIC_API_URL = f"http://127.0.0.1:{economic}"
        settings.LAGERBRO_ECONOMIC_GRANT_URL = f"http://127.0.0.1:{economic}/secure/api1/requestaccess.aspx"
        settings.LAGERBRO_ECONOMIC_APP_SECRET = "secret"
        settings.LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN = "public-1180001"
        lines = Lines.from_settings(SystemClock())
        set_lines(lines)
        yield Town(f"http://127.0.0.1:{rackbeat}", live_server.url)
        set_lines(None)
        lines.close()


@dataclass
class Walk:
    """A person in front of the browser; `words` are what our pages say in their language."""

    page: Page
    town: Town
    words: dict[str, str]

    def click(self, word: str, role: str = "button") -> None:
        """Press what our page calls so, after looking whether everybody could use the page."""
        assert Axe().run(self.page).violations_count == 0, Axe().run(self.page).generate_report()
        self.page.get_by_role(role, name=self.words[word], exact=True).click()  # type: ignore[arg-type]

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


@pytest.mark.parametrize("way", ["rackbeat", "economic"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_from_installing_to_the_settings_in_the_frame(browser: Browser, town: Town, language: str, way: str) -> None:
    walk = walking(browser, town, language)
    page = walk.page
    if way == "rackbeat":
        walk.press_install()
        walk.give_access()
    else:
        page.goto(f"{town.lagerbro}/onboarding/economic/")
        walk.click("begin")
        walk.give_access()
        expect(page.get_by_role("link", name=walk.words["apps"])).to_be_visible()
        walk.press_install()
    assert "token" not in page.url
    walk.click("yes")
    expect(page.get_by_text("4711")).to_be_visible()
    walk.click("join")
    walk.click("without", "link")
    page.wait_for_url(f"{town.rackbeat}/pages/apps?said=installed")
    agreement = Agreement.objects.get()
    assert Installation.objects.get().agreement == agreement
    assert agreement.state == AgreementState.INSTALLING
    in_the_frame(walk, agreement, language)
    page.context.close()


def in_the_frame(walk: Walk, agreement: Agreement, language: str) -> None:
    """The pages inside Rackbeat: no cookie arrives, and everything works all the same."""
    page, words = walk.page, walk.words
    framed: list[Request] = []
    page.on("request", lambda request: framed.append(request) if request.frame.parent_frame else None)
    walk.open_settings_in_rackbeat()
    frame = page.frame_locator("iframe.app-settings")
    expect(frame.get_by_role("heading", level=1, name=words["settings"], exact=True)).to_be_visible()
    expect(frame.get_by_role("link", name=words["new_window"])).to_have_attribute("target", "_blank")
    expect(page.locator("iframe.app-settings")).to_have_attribute("style", re.compile(r"height: \d+px"))
    frame.get_by_role("link", name=words["connections"]).click()
    expect(frame.get_by_role("heading", level=1, name=words["connections"])).to_be_visible()
    other = "en" if language == "da" else "da"
    frame.get_by_role("button", name=words["other"]).click()
    expect(frame.locator(f"html[lang={other}]")).to_be_attached()
    Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.ACTIVE)
    frame.get_by_role("link", name=WORDS[other]["connections"]).click()
    frame.get_by_role("button", name=WORDS[other]["pause"], exact=True).click()
    unknown = {"da": "via Rackbeat (ukendt bruger)", "en": "through Rackbeat (unknown user)"}[other]
    expect(frame.get_by_text(unknown).first).to_be_visible()
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.PAUSED
    ours = [request for request in framed if request.url.startswith(walk.town.lagerbro)]
    assert len(ours) > 5
    assert [request.url for request in ours if "cookie" in request.all_headers()] == []
    with agreement_scope(agreement.pk):
        assert AgreementEvent.objects.latest("pk").code == "paused"


def test_signing_up_after_installing_and_uninstalling_in_rackbeat(
    browser: Browser, town: Town, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    walk = walking(browser, town, "da")
    page = walk.page
    walk.press_install()
    walk.give_access()
    walk.click("yes")
    walk.click("join")
    walk.click("sign_up", "link")
    page.get_by_label("Navn").fill("Mette Holm")
    page.locator("input[type=email]").fill("mette@nordlys.dk")
    page.locator("input[type=password]").fill("Kassekladde-1310-bilag")
    walk.click("make")
    expect(page.get_by_role("heading", level=1, name="Overblik")).to_be_visible()
    agreement = Agreement.objects.get()
    with agreement_scope(agreement.pk):
        assert str(Membership.objects.get().person) == "Mette Holm"
    page.goto(f"{town.rackbeat}/pages/apps")
    page.locator("summary", has_text="Afinstallér").click()
    page.get_by_role("button", name="Ja, afinstallér e-conomic").click()
    page.wait_for_url(re.compile("said=uninstalled"))
    for _ in range(100):
        agreement.refresh_from_db()
        if agreement.uninstall_heard_at is not None:
            break
        page.wait_for_timeout(100)
    assert agreement.uninstall_heard_at is not None
    page.context.close()


def test_only_rackbeat_may_frame_the_pages(browser: Browser, town: Town, settings: Settings) -> None:
    walk = walking(browser, town, "da")
    walk.press_install()
    walk.give_access()
    walk.click("yes")
    walk.click("join")
    walk.open_settings_in_rackbeat()
    heading = walk.page.frame_locator("iframe.app-settings").locator("h1")
    expect(heading).to_have_text("Indstillinger")
    settings.LAGERBRO_FRAME_ORIGIN = "https://elsewhere.example"
    with walk.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        walk.page.reload()
    expect(heading).not_to_have_text("Indstillinger")
    settings.LAGERBRO_FRAME_ORIGIN = town.rackbeat
    walk.page.reload()
    expect(heading).to_have_text("Indstillinger")
    walk.page.context.close()
