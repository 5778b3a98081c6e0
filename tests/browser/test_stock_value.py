"""Lagerværdi in a browser: the chart says what the table says, the figures come by themselves, and all works without
script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.stock_value_days.models import StockValueReading
from lagerbro.sync.clients import ClientFactory
from tests.browser import stock_values
from tests.browser.pages import Scene
from tests.flows.stock_value.shop import Shop
from tests.sandboxes import BEARER, GRANT
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def scene(company: Company, factory: ClientFactory) -> Scene:
    with agreement_scope(company.agreement.pk):
        Credentials.in_scope.create(agreement=company.agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
    return Scene(company)


def opened(browser: Browser, root: str, scene: Scene, *, script: bool = True, scheme: str = "light") -> Iterator[Page]:
    """A page of somebody who is signed in; it fails for whatever the browser complains of."""
    base = scene.base("person")
    context = browser.new_context(locale="da-DK", java_script_enabled=script, color_scheme=scheme)  # type: ignore[arg-type]
    host = urlsplit(root).hostname or ""
    context.add_cookies(
        [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in scene.cookies("person").items()]
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(f"{root}{base}stock-value/")
    yield page
    context.close()
    assert complaints == []


def test_the_chart_says_what_the_table_says_and_the_table_opens_by_keyboard(
    browser: Browser, live_server: LiveServer, scene: Scene
) -> None:
    stock_values.on(scene)
    for page in opened(browser, live_server.url, scene):
        chart = page.locator("[data-chart] canvas")
        expect(chart).to_be_visible()
        legend = page.locator("[data-chart] .u-value").all_inner_texts()
        first = page.locator("#chart-figures tbody tr").first
        cells = first.locator("th, td").all_text_contents()
        assert legend == [cells[0], cells[1], cells[4], cells[2]]
        page.locator("details.days > summary").focus()
        page.keyboard.press("Enter")
        expect(first).to_be_visible()
        before = chart.evaluate("canvas => canvas.toDataURL()")
        page.emulate_media(color_scheme="dark")
        expect(chart).to_be_visible()
        assert page.locator("[data-chart] canvas").evaluate("canvas => canvas.toDataURL()") != before


def test_figures_that_are_old_come_by_themselves_and_earlier_days_when_asked_for(
    browser: Browser, live_server: LiveServer, scene: Scene
) -> None:
    stock_values.on(scene)
    with agreement_scope(scene.company.agreement.pk):
        StockValueReading.in_scope.all().delete()
    for page in opened(browser, live_server.url, scene):
        expect(page.get_by_role("heading", name="Næste kørsel")).to_be_visible()
        expect(page.locator("[data-chart] canvas")).to_be_visible()
        page.get_by_role("button", name="Hent tidligere dage").click()
        expect(page.get_by_role("button", name="Hent tidligere dage")).to_have_count(0)
        expect(page.locator("[data-chart] canvas")).to_be_visible()


def test_it_works_without_script(browser: Browser, live_server: LiveServer, scene: Scene) -> None:
    stock_values.on(scene)
    last_month = stock_values.today().replace(day=1) - timedelta(days=9)
    Shop(scene.company).post(last_month, "500")
    for page in opened(browser, live_server.url, scene, script=False):
        expect(page.locator("[data-chart]")).to_be_hidden()
        page.get_by_text("Vis tallene som tabel").click()
        expect(page.locator("#chart-figures tbody tr")).to_have_count(90)
        page.get_by_role("button", name="Hent tallene igen").click()
        expect(page.get_by_text("Tallene er hentet")).to_be_visible()
        page.get_by_role("link", name="Efterpostering af lagerværdi").click()
        page.get_by_role("button", name="Vis, hvad der ville blive bogført").click()
        page.get_by_role("button", name="Overfør 1 bilag").click()
        expect(page.get_by_text("0 af 1 del er færdig.")).to_be_visible()
        page.reload()
        expect(page.get_by_text("0 af 1 del er færdig.")).to_be_visible()
