"""How many clicks and typed fields it takes from *Installér* to the first booked invoice, by both ways in.

Making a sign-in is not counted: it is made once, whatever is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.test_whole_way import book_an_invoice, sign_up, transferred
from tests.browser.town import Town, Walk, town, walking

__all__ = ["town"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
GOAL = 12
LISTEN = """
addEventListener("click", (event) => { if (event.isTrusted && event.detail) window.noted("click"); }, true);
addEventListener("change", (event) => {
  const one = event.target;
  if (event.isTrusted && !["checkbox", "radio"].includes(one.type)) window.noted("typed");
}, true);
"""


@dataclass
class Counted:
    """What the person has done, as the browser saw it."""

    done: list[str] = field(default_factory=list)
    is_listening: bool = True

    @classmethod
    def of(cls, context: BrowserContext) -> Counted:
        counted = cls()
        context.expose_binding("noted", lambda _source, what: counted.done.append(what) if counted.is_listening else 0)
        context.add_init_script(LISTEN)
        return counted

    @contextmanager
    def pausing(self) -> Iterator[None]:
        self.is_listening = False
        yield
        self.is_listening = True


def from_economics_market(walk: Walk) -> None:
    walk.page.goto(f"{walk.town.lagerbro}/onboarding/economic/")
    walk.page.get_by_role("button", name="Begynd").click()
    walk.give_access()
    walk.page.get_by_role("link", name="Åbn Apps i Rackbeat").click()


def up_to_the_settings(walk: Walk, counted: Counted, way: str) -> None:
    page = walk.page
    with counted.pausing():
        page.goto(f"{walk.town.rackbeat}/pages/apps")
        page.get_by_role("button", name="Nordlys").click()
    if way == "economic":
        from_economics_market(walk)
    else:
        page.goto(f"{walk.town.rackbeat}/pages/apps")
    page.get_by_role("button", name="Installér").click()
    page.wait_for_url(f"{walk.town.lagerbro}/onboarding/")
    if way == "rackbeat":
        walk.give_access()
    page.get_by_role("button", name="Ja, fortsæt").click()
    page.get_by_role("button", name="Forbind de to").click()
    with counted.pausing():
        sign_up(walk)


@pytest.mark.parametrize(("way", "clicks", "typed"), [("rackbeat", 12, 3), ("economic", 14, 3)])
def test_from_installing_to_the_first_booked_invoice(
    browser: Browser, town: Town, pytestconfig: pytest.Config, way: str, clicks: int, typed: int
) -> None:
    if way == "economic" and not pytestconfig.getoption("--pictures"):
        pytest.skip("by make screenshots")
    walk = walking(browser, town, "da")
    counted, page = Counted.of(walk.page.context), walk.page
    up_to_the_settings(walk, counted, way)
    page.locator("#q-sales-enabled").check()
    page.locator("#q-book-on-booking").check()
    page.locator("#q-default-layout").select_option("1")
    counted.done.append("click")  # a choice in a list, which the browser's own driver makes without one
    page.get_by_role("button", name="Aktiver integration").click()
    page.wait_for_url(re.compile(r"/activate/"))
    page.get_by_role("button", name="Aktiver integration").click()
    expect(page.get_by_role("heading", name="Integrationen er aktiv")).to_be_visible()
    number = book_an_invoice(walk)
    transferred(town, number)
    assert (counted.done.count("click"), counted.done.count("typed")) == (clicks, typed)
    assert clicks <= GOAL or way == "economic"  # from the market, whose pages are e-conomic's
    page.context.close()
