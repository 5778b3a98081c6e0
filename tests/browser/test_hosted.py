"""Over https through a proxy, in a real browser: install, sign up, sign out and in again, and act inside Rackbeat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.town import WORDS, Walk
from tests.hosted import Hosted, hosted

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PASSWORD = "Kassekladde-1310-bilag"


@pytest.fixture
def site(browser: Browser, tmp_path: Path) -> Iterator[Hosted]:
    del browser  # without one there is nothing to host
    with hosted(tmp_path, LAGERBRO_TRUSTED_PROXIES="127.0.0.1") as found:
        yield found


def test_over_https_from_install_to_a_form_in_the_frame(browser: Browser, site: Hosted) -> None:
    context = browser.new_context(locale="da-DK", ignore_https_errors=True)  # the certificate is its own
    page = context.new_page()
    walk = Walk(page, site, WORDS["da"])
    walk.press_install()
    walk.give_access()
    walk.click("yes")
    walk.click("join")
    walk.click("sign_up", "link")
    page.get_by_label("Navn").fill("Mette Holm")
    page.locator("input[type=email]").fill("mette@nordlys.dk")
    page.locator("input[type=password]").fill(PASSWORD)
    walk.click("make")
    walk.click("become")
    expect(page.get_by_role("heading", level=1, name="Indstillinger", exact=True)).to_be_visible()
    ours = {cookie["name"] for cookie in context.cookies() if cookie["domain"] == "localhost"}
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-lagerbro-known"} <= ours
    assert all(name.startswith("__Host-") for name in ours)
    page.goto(f"{site.lagerbro}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Log ud").click()
    page.goto(f"{site.lagerbro}/account/login/")
    page.locator("input[type=email]").fill("mette@nordlys.dk")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1, name="Overblik")).to_be_visible()
    walk.open_settings_in_rackbeat()
    frame = page.frame_locator("iframe.app-settings")
    expect(frame.locator("h1")).to_have_text("Indstillinger")
    frame.get_by_role("button", name="English").click()
    expect(frame.locator("h1")).to_have_text("Settings")
    context.close()
