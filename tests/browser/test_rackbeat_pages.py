"""The local Rackbeat's back office in a real browser: installing, the settings' frame, accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from lagerbro_sandbox.kernel.shell import Shell
from lagerbro_sandbox.rackbeat.platform import apps
from tests.browser.narrow import broken_names
from tests.sandbox.rackbeat.calling import Caller
from tests.sandboxes import Sandboxes, TestClock

pytestmark = pytest.mark.browser
HEIGHT_PX = 1234


class _Integration(BaseHTTPRequestHandler):
    """Begins an installation by showing that it was reached; its settings tell how high they are."""

    def do_GET(self) -> None:
        tell = f"parent.postMessage({{height:{HEIGHT_PX}}},'*')"
        body = f"<!doctype html><title>Integration</title><body>Her er integrationen<script>{tell}</script>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        return None


@dataclass
class Office:
    """The sandbox listening, an integration beside it, and a program with a key."""

    systems: Sandboxes
    address: str
    integration: str
    call: Caller


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    systems = Sandboxes.made(tmp_path, TestClock())
    integration = HTTPServer(("127.0.0.1", 0), _Integration)
    shell = Shell(systems.rackbeat, systems.rackbeat.faults)
    server = uvicorn.Server(uvicorn.Config(shell, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    threads = [Thread(target=server.run, daemon=True), Thread(target=integration.serve_forever, daemon=True)]
    for thread in threads:
        thread.start()
    while not server.started:
        threads[0].join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    beside = f"http://127.0.0.1:{integration.server_port}"
    apps.register(systems.rackbeat.store, "economic", "e-conomic", f"{beside}/onboarding/begin")
    yield Office(systems, f"http://127.0.0.1:{port}/pages", beside, Caller(systems.rackbeat))
    server.should_exit = True
    integration.shutdown()
    for thread in threads:
        thread.join()
    integration.server_close()
    systems.close()


def signed_in(browser: Browser, office: Office, **context: Any) -> Page:
    page = browser.new_context(**context).new_page()
    page.goto(f"{office.address}/")
    page.get_by_role("button", name="Nordlys Cykler ApS").click()
    return page


def test_an_app_is_installed_set_and_uninstalled(browser: Browser, office: Office) -> None:
    page = signed_in(browser, office, java_script_enabled=True)
    page.get_by_role("link", name="Apps").click()
    page.get_by_role("button", name="Installér").click()
    assert page.url.startswith(f"{office.integration}/onboarding/begin?token=")
    status, accepted = office.call("POST", f"/integration/accept/{page.url.partition('token=')[2]}")
    assert status == 200
    app = Caller(office.systems.rackbeat, accepted["access_token"])
    app("POST", "/api/plugins/economic/set-settings-url", {"settings_url": f"{office.integration}/settings"})
    page.goto(f"{office.address}/apps")
    page.get_by_role("link", name="Indstillinger", exact=True).click()
    expect(page.locator("iframe")).to_have_attribute("style", re.compile(rf"height: {HEIGHT_PX}px"))
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Her er integrationen")
    page.goto(f"{office.address}/apps")
    page.get_by_text("Afinstallér", exact=True).click()
    page.get_by_role("button", name="Ja, afinstallér e-conomic").click()
    assert "Appen er afinstalleret" in page.get_by_role("status").inner_text()
    assert app("GET", "/api/self")[0] == 401


def test_an_invoice_is_made_and_booked_without_script(browser: Browser, office: Office) -> None:
    page = signed_in(browser, office, java_script_enabled=False)
    page.goto(f"{office.address}/customer-invoices/new")
    page.get_by_label("Kunde (nummer)").fill("10046")
    page.get_by_label("Varenummer, linje 1").fill("RD/103")
    page.get_by_label("Antal, linje 1").fill("2,5")
    page.get_by_label("Pris, linje 1").fill("14,955")
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_role("button", name="Bogfør").click()
    assert "Bogført." in page.get_by_role("status").inner_text()
    (invoice,) = office.call.get("customer-invoices")
    assert (invoice["is_booked"], invoice["currency"]) == (True, "EUR")
    assert invoice["total_total"] == Decimal("37.39")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_accessible_and_do_not_scroll_sideways(
    browser: Browser, office: Office, scheme: str, width: int
) -> None:
    number = office.systems.invoice()
    office.call.send("POST", f"customer-invoices/{number}/notes", {"note": "Overført til e-conomic"})
    page = signed_in(browser, office, color_scheme=scheme, viewport={"width": width, "height": 800})
    for path in (
        "products",
        "products/NL-100",
        "customer-invoices",
        f"customer-invoices/{number}",
        "customer-invoices/new",
        "supplier-invoices",
        "customers",
        "notifications",
        "apps",
        "api",
        "sign-in",
    ):
        page.goto(f"{office.address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page).response["violations"]
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == [], path
        assert list(broken_names(page)) == [], path
