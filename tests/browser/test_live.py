"""Open pages learn what became of it: they ask while something moves, only while they are seen, and rest at rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIDE = """() => {
  Object.defineProperty(document, "hidden", {value: true, configurable: true});
  Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
}"""
SHOW = """() => {
  Object.defineProperty(document, "hidden", {value: false, configurable: true});
  Object.defineProperty(document, "visibilityState", {value: "visible", configurable: true});
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(locale="da-DK").new_page()
    opened.add_init_script("document.addEventListener('htmx:evalDisallowedError', () => { window.refused = true; });")
    yield opened
    opened.context.close()


def asked(page: Page) -> list[str]:
    """The addresses of the questions that the page asks from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "hx-request" in request.headers else None)
    return found


def settle(company: Company) -> None:
    company.systems.clock.catch_up(datetime.now(UTC))
    company.drain()


@pytest.mark.parametrize("path", ["", "activity/"])
def test_it_asks_while_something_moves_and_is_seen_and_then_rests(
    live_server: LiveServer, company: Company, pages: str, page: Page, path: str
) -> None:
    settle(company)
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.filter(state=TransferState.NEEDS_YOU).delete()
        Transfer.in_scope.filter(state=TransferState.REFUSED).delete()
    company.ask("customer_invoice", company.systems.invoice(customer=10002))
    page.goto(f"{live_server.url}/{pages}/{path}")
    page.evaluate(HIDE)
    hidden = asked(page)
    page.wait_for_timeout(4500)
    assert hidden == []
    assert "1 overførsel er på vej." in page.inner_text("#summary")
    settle(company)
    page.evaluate(SHOW)
    expect(page.locator("#summary")).not_to_contain_text("på vej", timeout=10_000)
    assert "i orden" in page.inner_text("#summary")
    assert page.get_attribute("#live", "hx-get") is None
    assert len(hidden) >= 1
    before = len(hidden)
    page.wait_for_timeout(4500)
    assert len(hidden) == before
    assert page.evaluate("window.refused") is None


def test_after_try_again_for_all_the_open_page_learns_what_became_of_it(
    live_server: LiveServer, company: Company, pages: str, page: Page
) -> None:
    company.invoiced(company.systems.invoice(customer=10001))
    company.systems.admin(
        "economic",
        "bar",
        agreement=company.agreement.economic_agreement_number,
        kind="customers",
        key=10001,
        barred=False,
    )
    page.goto(f"{live_server.url}/{pages}/")
    button = page.get_by_role("button", name="Prøv igen for alle")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "2 overførsler kræver dig" not in page.inner_text("#summary")
    settle(company)
    expect(page.locator("#live")).to_contain_text("på vej nu0", timeout=10_000)
    expect(page.get_by_role("button", name="Prøv igen for alle")).to_have_count(0)
    assert page.evaluate("window.refused") is None
