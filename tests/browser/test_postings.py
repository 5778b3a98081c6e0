"""The posting on a supplier invoice's page, as a bookkeeper sees it: held for an account, on the default account, and
in another currency."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from lagerbro.sync.models import Transfer
from tests.browser.test_pages import DRESSES, ORDINARY, PICTURES, SIZES, dressed
from tests.flows.supplier_invoices.conftest import Buyer, buyer
from tests.visiting import framed

__all__ = ["buyer"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GEAR_AND_BIKE = ({"item_id": "NL-100", "quantity": 3, "line_price": "333.33"}, {"item_id": "TB 100", "quantity": 1})


def postings(buyer: Buyer) -> dict[str, Transfer]:
    """Transfers whose posting is worth a look."""
    foreign = buyer.posted(buyer.invoice(*GEAR_AND_BIKE, supplier=50006, own="RE-1"))
    buyer.bar(1310)
    fallen = buyer.posted(buyer.invoice(*GEAR_AND_BIKE, own="F-1"))
    buyer.company.decide(fallback_account=None)
    held = buyer.posted(buyer.invoice(*GEAR_AND_BIKE, own="F-2"))
    assert (foreign.code, fallen.code, held.code) == ("", "fallback_used", "fallback_missing")
    return {"foreign": foreign, "default-account": fallen, "held": held}


@pytest.mark.parametrize(("language", "scheme", "size"), DRESSES)
def test_the_posting_is_readable(
    browser: Browser,
    live_server: LiveServer,
    buyer: Buyer,
    pytestconfig: pytest.Config,
    language: str,
    scheme: str,
    size: str,
) -> None:
    pictures = bool(pytestconfig.getoption("--pictures"))
    if not pictures and (language, scheme, size) not in ORDINARY:
        pytest.skip("by make screenshots")
    shown = postings(buyer)
    root = f"{live_server.url}/{framed(buyer.company.agreement)[0].strip('/')}"
    page = dressed(browser, language, scheme, size).new_page()
    for name, transfer in shown.items():
        page.goto(f"{root}/activity/{transfer.pk}/")
        if language == "en" and page.evaluate("document.documentElement.lang") != "en":
            page.get_by_role("button", name="English").click()
        if pictures:
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=PICTURES / f"posting-{name}-{language}-{scheme}-{size}.png", full_page=True)
        card = page.locator("section.card").filter(has=page.locator(".amount")).last
        assert ("1310" in card.inner_text()) is (name != "foreign")
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
    page.context.close()
