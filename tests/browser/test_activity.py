"""Aktivitet by keyboard: from the list to trying again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_list_to_trying_again_by_keyboard(
    browser: Browser, live_server: LiveServer, company: Company, pages: str
) -> None:
    page = browser.new_context(locale="da-DK").new_page()
    page.goto(f"{live_server.url}/{pages}/activity/?state=needs_you")
    page.get_by_role("row").filter(has_text="spærret").get_by_role("link", name="Kundefaktura").focus()
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
