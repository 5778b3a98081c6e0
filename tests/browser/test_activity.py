"""The pages as people see them: no accessibility violations, nothing wider than the screen, not too heavy."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE_LIMIT_BYTES = 100 * 1024
PICTURES = Path("screenshots")
SIZES = {"narrow": (390, 844), "wide": (1280, 900)}


def opened(browser: Browser, language: str, scheme: str, size: str) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        locale={"da": "da-DK", "en": "en-GB"}[language],
        color_scheme=scheme,  # type: ignore[arg-type]  # one of Playwright's literals
        viewport={"width": width, "height": height},
    )
    return context.new_page()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_in_every_dress(
    browser: Browser, live_server: LiveServer, company: Company, pages: str, language: str, scheme: str, size: str
) -> None:
    with agreement_scope(company.agreement.pk):
        stuck = Transfer.objects.get(state=TransferState.NEEDS_YOU)
        done = Transfer.objects.filter(kind="customer_invoice", state=TransferState.TRANSFERRED).first()
    assert done is not None
    page = opened(browser, language, scheme, size)
    for name, path in {
        "activity": f"/{pages}/activity/",
        "empty": f"/{pages}/activity/?q=nothing",
        "needs-you": f"/{pages}/activity/{stuck.pk}/",
        "transferred": f"/{pages}/activity/{done.pk}/",
        "front": "/",
        "gone": "/unknown/activity/",
    }.items():
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        assert answer.status == (404 if name == "gone" else 200), name
        assert len(gzip.compress(answer.body())) < PAGE_LIMIT_BYTES
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{language}-{scheme}-{size}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.lang") == language
    page.context.close()


def test_from_the_list_to_trying_again_by_keyboard(
    browser: Browser, live_server: LiveServer, company: Company, pages: str
) -> None:
    page = opened(browser, "da", "light", "wide")
    page.goto(f"{live_server.url}/{pages}/activity/?state=needs_you")
    page.get_by_role("link", name="Kundefaktura").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "er spærret i e-conomic" in page.inner_text(".notice")
    company.systems.admin(
        "economic",
        "bar",
        agreement=company.agreement.economic_agreement_number,
        kind="customers",
        key=10001,
        barred=False,
    )
    page.get_by_role("button", name="Prøv igen").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    company.systems.clock.catch_up(datetime.now(UTC))  # the page asked at the machine's time
    company.drain()
    page.reload()
    assert page.inner_text(".badge") == "overført"
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    assert page.inner_text(".badge") == "transferred"
    page.context.close()
