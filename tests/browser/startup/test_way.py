"""From the tick on the settings page over the dry run with conflicts to the report, by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import AgreementState, Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.startup.choices import OnConflict
from lagerbro.flows.startup.kinds import Kind
from tests.browser.pages import Scene
from tests.connections.setting import before_activation
from tests.flows.startup.town import Town, several
from tests.sandboxes import BEARER, GRANT
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
TABS_MAX = 400
WORDS = {
    "da": {
        "activate": "Aktiver integration",
        "first": "Først ser du efter",
        "look": "Vis, hvad der vil ske",
        "reading": "Begge systemer læses",
        "shown": "Det her vil ske",
        "begin": "Begynd, og overfør",
        "coming": "Data er på vej over",
        "pause": "Sæt på pause",
        "paused": "Opstarts-synken er på pause",
        "go_on": "Fortsæt",
        "done": "Data er kommet over",
        "linked": "1 sammenkædet",
        "reason": "Den har ingen betalingsbetingelser.",
    },
    "en": {
        "activate": "Activate integration",
        "first": "First you look",
        "look": "Show what would happen",
        "reading": "Both systems are being read",
        "shown": "This would happen",
        "begin": "Begin, and bring",
        "coming": "Data are coming over",
        "pause": "Pause",
        "paused": "The start-up sync is paused",
        "go_on": "Go on",
        "done": "The data have come over",
        "linked": "1 linked",
        "reason": "It has no payment terms.",
    },
}


@dataclass
class Walk:
    """Somebody without a mouse."""

    page: Page
    words: dict[str, str]

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go there with the tabulator, and press."""
        expect(target).to_be_visible()
        for _ in range(TABS_MAX):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                self.page.keyboard.press(key)
                return
        raise AssertionError(f"{target} is not reached by the keyboard")

    def button(self, word: str) -> Locator:
        return self.page.get_by_role("button", name=self.words[word])

    def sees(self, word: str) -> None:
        """The heading comes, by itself where it takes a while, and nothing on the page is in anybody's way."""
        expect(self.page.get_by_role("heading", name=self.words[word])).to_be_visible(timeout=15_000)
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()


def before(company: Company) -> Town:
    """Not activated; e-conomic has three customers and one that cannot go, Rackbeat has one of them by another name."""
    town = Town.of(company, AgreementState.INSTALLING)
    before_activation(company, startup_sync=False, default_layout=1, suppliers_enabled=False, stock_value_enabled=False)
    without_terms = {**several(Kind.CUSTOMER, 1, 7)[0], "paymentTerms": None}
    town.put(Kind.CUSTOMER, [*several(Kind.CUSTOMER, 3), without_terms])
    terms = {"number": 9, "name": "Egne", "type": "net", "maturity_days": 1}
    company.systems.in_rackbeat("POST", "payment-terms", terms)
    company.systems.in_rackbeat("POST", "customers", {"number": 1, "name": "Deres"})
    with agreement_scope(company.agreement.pk):
        keys = {"rackbeat_token": BEARER, "economic_grant_token": GRANT}
        Credentials.in_scope.get_or_create(agreement=company.agreement, defaults=keys)
    return town


def opened(browser: Browser, root: str, scene: Scene, language: str) -> Walk:
    base = scene.base("person")
    context = browser.new_context(locale={"da": "da-DK", "en": "en-GB"}[language])
    host = urlsplit(root).hostname or ""
    context.add_cookies(
        [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in scene.cookies("person").items()]
    )
    page = context.new_page()
    page.goto(f"{root}{base}settings/")
    return Walk(page, WORDS[language])


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.usefixtures("factory")
def test_the_whole_way_by_keyboard(browser: Browser, live_server: LiveServer, company: Company, language: str) -> None:
    town = before(company)
    walk = opened(browser, live_server.url, Scene(company), language)
    page = walk.page
    walk.press(page.locator("#q-startup-sync"), "Space")
    walk.press(page.locator("button[name='act'][value='activate']"))
    page.wait_for_url("**/activate/")
    walk.press(page.get_by_role("button", name=walk.words["activate"], exact=True))
    page.wait_for_url("**/startup/")
    walk.sees("first")
    walk.press(walk.button("look"))
    walk.sees("reading")
    town.turned()
    walk.sees("shown")
    walk.press(page.locator("a[href*='kind=customer&show=not']"))
    expect(page.get_by_text(walk.words["reason"]).first).to_be_visible()
    page.go_back()
    walk.press(page.locator("select[name='conflict-customer']"), "ArrowDown")
    expect(page.locator("select[name='conflict-customer']")).to_have_value(OnConflict.LINK.value)
    walk.press(walk.button("begin"))
    walk.sees("coming")
    walk.press(walk.button("pause"))
    walk.sees("paused")
    page.reload()
    walk.press(walk.button("go_on"))
    walk.sees("coming")
    town.turned()
    walk.sees("done")
    expect(page.get_by_text(walk.words["linked"])).to_be_visible()
    page.context.close()
    assert town.in_rackbeat(Kind.CUSTOMER, 1)["name"] == "Deres"
    assert sorted(town.numbers(Kind.CUSTOMER)) == ["1", "2", "3"]
