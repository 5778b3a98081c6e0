"""The forms by which a person decides about a record: *Opret gruppen* and *Opret som ny*, by keyboard and under axe."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.directories import read_and_store_all
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from tests.browser.test_pages import PICTURES
from tests.flows.master_data.test_renumbered import KINDS, asked, known, renumber_in_rackbeat
from tests.sandboxes import nordlys
from tests.visiting import framed
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 360, "height": 740}


def whole(page: Page, name: str, *, picture: bool) -> None:
    """Nothing runs over the edge, and axe finds nothing."""
    if picture:
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def carried_out(company: Company, transfer: Transfer) -> Transfer:
    company.systems.clock.catch_up(datetime.now(UTC))  # the page asked at the machine's time
    company.drain()
    return company.transfer(transfer.kind, transfer.key)


def test_a_group_and_a_new_number_are_decided_by_keyboard_on_a_narrow_screen(
    browser: Browser, live_server: LiveServer, company: Company, pytestconfig: pytest.Config
) -> None:
    picture, product = bool(pytestconfig.getoption("--pictures")), KINDS[1]
    known(company, product)
    renumber_in_rackbeat(company, product)
    company.systems.economic.store.delete(nordlys().agreement_number, "customer-groups", 1)
    clients = company.runtime.connect(company.agreement, lambda _exchange: None)
    with agreement_scope(company.agreement.pk):
        read_and_store_all(company.agreement, clients.rackbeat, clients.economic, company.systems.clock.now())
    renumbered, customer = asked(company, product, product.new), asked(company, KINDS[0], KINDS[0].old)
    page = browser.new_context(locale="da-DK", viewport=NARROW).new_page()  # type: ignore[arg-type]  # Playwright has a dict of its own
    base = f"{live_server.url}/{framed(company.agreement)[0].strip('/')}/activity"

    page.goto(f"{base}/{customer.pk}/")
    whole(page, "missing-group-da-narrow", picture=picture)
    chosen = page.get_by_label("Opret gruppe 1 som gruppe")
    chosen.focus()
    page.keyboard.press("ArrowDown")
    chosen.evaluate("one => one.dispatchEvent(new Event('change'))")
    assert chosen.input_value() != "1"
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert carried_out(company, customer).state == TransferState.TRANSFERRED

    page.goto(f"{base}/{renumbered.pk}/")
    whole(page, "made-anew-da-narrow", picture=picture)
    page.get_by_role("button", name="Opret som ny").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert carried_out(company, renumbered).state == TransferState.TRANSFERRED
    page.context.close()
