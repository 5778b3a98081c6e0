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
    assert page.inner_text(".badge") == "bogført"
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    assert page.inner_text(".badge") == "booked"
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_technical_side_is_copied_whole_for_support(
    browser: Browser, live_server: LiveServer, company: Company, pages: str, script: bool
) -> None:
    context = browser.new_context(locale="da-DK", java_script_enabled=script)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}/{pages}/activity/?state=needs_you")
    page.get_by_role("row").filter(has_text="spærret").get_by_role("link", name="Kundefaktura").click()
    page.get_by_text("Teknisk").first.click()
    text = page.locator(".technical pre")
    assert text.inner_text().splitlines()[1] == "customer_barred"
    button = page.locator(".technical").get_by_role("button", name="Kopiér til support")
    if not script:  # a button that does nothing is not shown; the text can be marked
        assert not button.is_visible()
        assert text.evaluate("text => getComputedStyle(text).userSelect") == "auto"
        return
    button.click()
    page.get_by_role("status").filter(has_text="Kopieret.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text.text_content()
    context.clear_permissions()
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    button.click()
    page.get_by_role("status").filter(has_text="Markeret.").wait_for()
    assert page.evaluate("getSelection().toString()").strip() == text.inner_text().strip()
    context.close()
