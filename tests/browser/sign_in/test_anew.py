"""What cannot be taken back asks for the password, and goes on with what was pressed: as a person sees it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import Agreement
from tests.browser.test_pages import DRESSES, ORDINARY, PICTURES, SIZES, _take, dressed
from tests.visiting import person, sign_in
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
PASSWORD: Final = "Kassekladde-1310-bilag"
WORDS: Final = {"da": ("Ja, afbryd", "Fortsæt"), "en": ("Yes, end it", "Go on")}


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("dress", DRESSES, ids="-".join)
def test_ending_a_connection_asks_and_goes_on(
    browser: Browser,
    live_server: LiveServer,
    company: Company,
    pytestconfig: pytest.Config,
    dress: tuple[str, str, str],
) -> None:
    pictures = bool(pytestconfig.getoption("--pictures"))
    if not pictures and dress not in ORDINARY:
        pytest.skip("by make screenshots")
    language, _, size = dress
    mette = person(company.agreement)
    mette.set_password(PASSWORD)
    mette.save()
    client = Client()
    base = sign_in(client, company.agreement)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    context = dressed(browser, *dress)
    name, host = settings.SESSION_COOKIE_NAME, urlsplit(live_server.url).hostname or ""
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "domain": host, "path": "/"}])
    page = context.new_page()
    page.goto(f"{live_server.url}{base}connections/disconnect/")
    end, go_on = WORDS[language]
    page.get_by_role("button", name=end).click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name=go_on).click()
    expect(page.get_by_role("button", name=go_on)).to_be_visible()
    assert Agreement.objects.get(pk=company.agreement.pk).state == company.agreement.state  # nothing by coming back
    if pictures:
        _take(page, PICTURES / f"go-on-{'-'.join(dress)}.png")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    page.get_by_role("button", name=go_on).click()
    page.wait_for_url("**/connections/**")
    assert Agreement.objects.get(pk=company.agreement.pk).state == "gone"
    context.close()
