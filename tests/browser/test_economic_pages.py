"""The local e-conomic's back office in a real browser: by hand and without script, accessible, on a phone and wide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from lagerbro_sandbox.kernel.shell import Shell
from tests.browser.narrow import broken_names
from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.test_refusals import CUSTOMER, DRAFT
from tests.sandboxes import Sandboxes, TestClock

pytestmark = pytest.mark.browser
PATHS = (
    "sign-in",
    "",
    "drafts",
    "drafts/1",
    "booked/1",
    "orders/new",
    "journals/1",
    "journals/1/new",
    "journals/1/entries/1",
    "accounts",
    "accounts/5600",
    "vouchers/2026/1",
    "customers/7?said=barred&about=kunde+7",
    "suppliers",
    "years/2026",
    "sandbox",
)


@dataclass
class Office:
    """The sandbox listening, and a program with a grant."""

    address: str
    call: Caller


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    systems = Sandboxes.made(tmp_path, TestClock())
    call = Caller(systems)
    call("PUT", "/customers/7", {**CUSTOMER, "name": "Aarhus Kommune, Afdeling for Klima og Miljø, Grønne Indkøb"})
    group = {"productGroup": {"productGroupNumber": 1}}
    call("POST", "/products", {"productNumber": "A/1", "name": "Bycykel", "salesPrice": 4999, **group})
    for _ in range(2):
        assert call("POST", "/invoices/drafts", DRAFT)[0] == 201
    assert call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": 2}})[0] == 201
    entry = {"entryTypeNumber": 5, "journalNumber": 1, "date": "2026-11-24", "amount": 75, "currency": "DKK"}
    assert call("POST", "/journalsapi/v15.0.0/draft-entries", {**entry, "accountNumber": 5855})[0] == 201
    systems.economic.market_address = "/pages/sandbox"
    shell = Shell(systems.economic, systems.economic.faults)
    server = uvicorn.Server(uvicorn.Config(shell, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Office(f"http://127.0.0.1:{port}/pages", call)
    server.should_exit = True
    thread.join()
    systems.close()


def signed_in(browser: Browser, office: Office, **context: Any) -> Page:
    page = browser.new_context(locale="da-DK", **context).new_page()
    page.goto(f"{office.address}/")
    page.get_by_role("button", name="Administrator").click()
    return page


def test_an_order_is_made_booked_and_seen_without_script(browser: Browser, office: Office) -> None:
    page = signed_in(browser, office, java_script_enabled=False)
    page.get_by_role("link", name="Ordrer", exact=True).click()
    page.get_by_role("link", name="Ny ordre").click()
    page.get_by_label("Kunde (nummer)").fill("7")
    page.get_by_label("Varenummer, linje 1").fill("A/1")
    page.get_by_label("Antal, linje 1").fill("2,5")
    page.get_by_label("Pris, linje 1").fill("1.010,50")
    page.get_by_role("button", name="Opret ordren").click()
    page.get_by_role("button", name="Lav fakturakladde").click()
    page.get_by_text("Bogfør", exact=True).click()
    page.get_by_role("button", name="Ja, bogfør").click()
    assert "Fakturaen er bogført." in page.get_by_role("status").inner_text()
    assert office.call("GET", "/invoices/booked/2")[1]["netAmount"] == Decimal("2526.25")
    page.goto(f"{office.address}/journals/1")
    page.get_by_text("Bogfør kassekladden").click()
    page.get_by_role("button", name="Ja, bogfør alt").click()
    assert "Bilag 1 stemmer ikke den 24.11.2026" in page.get_by_role("alert").inner_text()
    page.get_by_text("Slet", exact=True).click()
    page.get_by_role("button", name="Ja, slet").click()
    assert "Posteringen er slettet." in page.get_by_role("status").inner_text()
    assert office.call("GET", "/journals/1/entries")[1]["collection"] == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 390), ("dark", 1280)])
def test_pages_are_accessible_and_do_not_scroll_sideways(
    browser: Browser, office: Office, scheme: str, width: int
) -> None:
    page = signed_in(browser, office, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in PATHS:
        page.goto(f"{office.address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page).response["violations"]
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == [], path
        assert list(broken_names(page)) == [], path
    origin = office.address.removesuffix("/pages")
    for path in ("secure/apps", "secure/market"):
        page.goto(f"{origin}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert Axe().run(page).violations_count == 0, path
    page.get_by_role("link", name="Kom i gang").click()
    page.wait_for_url(f"{office.address}/sandbox")
    page.goto(f"{origin}/secure/apps")
    page.get_by_role("button", name="Fjern adgang").click()
    assert "Adgangen er fjernet." in page.inner_text("main")
    assert office.call("GET", "/self")[0] == 401
    page.goto(f"{office.address}/journals/1")
    page.get_by_text("Bogfør kassekladden").click()
    page.get_by_role("button", name="Ja, bogfør alt").click()
    page.get_by_text("Teknisk").click()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
