"""The whole way in a real browser: from *Installér* to the first invoice in e-conomic's books.

Both ways in and both languages in every run, paired; all four pairs by `make screenshots`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.utils.translation import override
from playwright.sync_api import Browser, FrameLocator, Page, Request, expect

from lagerbro.agreements.models import Agreement, AgreementEvent, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.sync.drain import drain
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.runtime import Runtime
from lagerbro.web.views.settings.words import LABELS
from lagerbro.wire.numbers import decode_builtins
from tests.browser.town import WORDS, Town, Walk, town, walking

__all__ = ["town"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

ORDINARY = (("da", "rackbeat"), ("en", "economic"))
ANSWERS = (
    ("suppliers_enabled", True),
    ("supplier_group_account", "6800"),
    ("supplier_journal", "4"),
    ("fallback_account", "1390"),
    ("sales_enabled", True),
    ("use_actual_quantity", True),
    ("book_on_booking", True),
    ("default_layout", "1"),
    ("stock_value_enabled", True),
    ("stock_frequency", "daily"),
    ("stock_journal", "2"),
    ("stock_account", "5820"),
    ("stock_contra_account", "1350"),
)


@pytest.mark.parametrize("way", ["rackbeat", "economic"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_from_installing_to_the_first_booked_invoice(
    browser: Browser, town: Town, pytestconfig: pytest.Config, language: str, way: str
) -> None:
    if (language, way) not in ORDINARY and not pytestconfig.getoption("--pictures"):
        pytest.skip("by make screenshots")
    walk = walking(browser, town, language)
    install(walk, way)
    sign_up(walk)
    with without_cookies(walk):
        in_the_frame(walk, language)
    decide(walk, language)
    activate(walk)
    number = book_an_invoice(walk)
    stands_in_the_books(town, number)
    with without_cookies(walk):
        is_told_in_the_frame(walk, number)
        is_paused_in_the_frame(walk)
    walk.page.context.close()


def install(walk: Walk, way: str) -> None:
    page = walk.page
    if way == "rackbeat":
        walk.press_install()
        walk.give_access()
    else:
        page.goto(f"{walk.town.lagerbro}/onboarding/economic/")
        walk.click("begin")
        walk.give_access()
        expect(page.get_by_role("link", name=walk.words["apps"])).to_be_visible()
        walk.press_install()
    assert "token" not in page.url
    walk.click("yes")
    expect(page.get_by_text("4711")).to_be_visible()
    walk.click("join")


def sign_up(walk: Walk) -> None:
    """In the top window, where somebody is known; a session's cookie is there from now on."""
    page = walk.page
    walk.click("sign_up", "link")
    page.get_by_label(walk.words["name"]).fill("Mette Holm")
    page.locator("input[type=email]").fill("mette@nordlys.dk")
    page.locator("input[type=password]").fill("Kassekladde-1310-bilag")
    walk.click("make")
    expect(page.locator("input[name=code]")).to_be_visible()
    (code,) = re.findall(r"^\s*([A-Z0-9-]{6,12})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    walk.click("become")
    expect(page.get_by_role("heading", level=1, name=walk.words["settings"], exact=True)).to_be_visible()
    assert "sessionid" in {cookie["name"] for cookie in page.context.cookies()}


@contextmanager
def without_cookies(walk: Walk) -> Iterator[None]:
    """No cookie of ours reaches us from inside the frame, though the browser holds some."""
    framed: list[Request] = []

    def note(request: Request) -> None:
        if request.frame.parent_frame and request.url.startswith(walk.town.lagerbro):
            framed.append(request)

    walk.page.on("request", note)
    yield
    walk.page.remove_listener("request", note)
    assert len(framed) > 3
    assert [request.url for request in framed if "cookie" in request.all_headers()] == []


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.app-settings")


def in_the_frame(walk: Walk, language: str) -> None:
    """The pages inside Rackbeat work: they say where they are, go on, and turn to the other language and back."""
    page, words = walk.page, walk.words
    walk.open_settings_in_rackbeat()
    frame = frame_of(page)
    expect(frame.get_by_role("heading", level=1, name=words["settings"], exact=True)).to_be_visible()
    expect(frame.get_by_role("link", name=words["new_window"])).to_have_attribute("target", "_blank")
    expect(page.locator("iframe.app-settings")).to_have_attribute("style", re.compile(r"height: \d+px"))
    frame.get_by_role("link", name=words["connections"]).click()
    expect(frame.get_by_role("heading", level=1, name=words["connections"])).to_be_visible()
    other = "en" if language == "da" else "da"
    frame.get_by_role("button", name=words["other"]).click()
    expect(frame.locator(f"html[lang={other}]")).to_be_attached()
    frame.get_by_role("button", name=WORDS[other]["other"]).click()
    expect(frame.locator(f"html[lang={language}]")).to_be_attached()


def decide(walk: Walk, language: str) -> None:
    """Everything that is needed, by the page's own controls, and on to the pre-flight."""
    page = walk.page
    page.goto(walk.town.lagerbro)
    page.get_by_role("navigation").get_by_role("link", name=walk.words["settings"]).click()
    for key, answer in ANSWERS:
        with override(language):
            label = str(LABELS[key].label)
        control = page.locator(f"#q-{key.replace('_', '-')}")
        expect(page.get_by_label(label).and_(control)).to_be_visible()
        if isinstance(answer, bool):
            control.set_checked(answer)
        elif control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(answer)
        else:
            control.fill(answer)
    expect(page.locator("#undecided")).to_have_text("27")
    page.locator(".together summary").click()
    page.locator(".confirm-all").click()
    while page.locator(".grid .confirm:visible").count():
        page.locator(".grid .confirm:visible").first.click()
    expect(page.locator("#undecided")).to_have_text("0")
    walk.click("activate")
    page.wait_for_url(re.compile(r"/activate/"))


def activate(walk: Walk) -> None:
    """Nothing is in the way, and the press of the button says so itself."""
    page = walk.page
    expect(page.locator(".notice.problem")).to_have_count(0)
    agreement = Agreement.objects.get()
    assert agreement.state == AgreementState.INSTALLING
    walk.click("activate")
    expect(page.get_by_role("heading", name=walk.words["active"])).to_be_visible()
    assert Axe().run(page).violations_count == 0
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.ACTIVE
    with agreement_scope(agreement.pk):
        event = AgreementEvent.in_scope.latest("pk")
    assert (event.code, event.by) == ("activated", "Mette Holm")


def book_an_invoice(walk: Walk) -> int:
    """In Rackbeat's back office, as a person does."""
    page = walk.page
    page.goto(f"{walk.town.rackbeat}/pages/customer-invoices/new")
    page.get_by_label("Kunde (nummer)").fill("10001")
    page.get_by_label("Varenummer, linje 1").fill("NL-100")
    page.get_by_label("Antal, linje 1").fill("2")
    page.get_by_role("button", name="Gem kladden").click()
    page.get_by_role("button", name="Bogfør").click()
    expect(page.get_by_role("status")).to_contain_text("Bogført.")
    return int(re.findall(r"\d+", page.get_by_role("heading", level=1).inner_text())[0])


def stands_in_the_books(town: Town, number: int) -> None:
    """The same number, the same amounts, and a voucher whose debit is its credit."""
    transferred(town, number)
    invoice = read(town, f"/invoices/booked/{number}")
    assert (invoice["netAmount"], invoice["vatAmount"]) == (Decimal("6392.00"), Decimal("1598.00"))
    year = read(town, f"/accounting-years/{invoice['date'][:4]}/entries?filter=voucherNumber$eq:{number}")
    by_account = {entry["account"]["accountNumber"]: entry["amountInBaseCurrency"] for entry in year["collection"]}
    assert by_account == {5600: Decimal("7990.00"), 1012: Decimal("-6392.00"), 6902: Decimal("-1598.00")}


def transferred(town: Town, number: int) -> None:
    """Rackbeat's webhook has told of it; the work is done here, where a worker would do it."""
    agreement = Agreement.objects.get()
    clock = town.factory.clock
    runtime = Runtime("test", clock, Random(7), town.factory.connect, FLOWS, routines=ROUTINES)
    ends_at = clock.monotonic_s() + 120
    found: Transfer | None = None
    while found is None or found.state != TransferState.TRANSFERRED:
        assert clock.monotonic_s() < ends_at, found and (found.state, found.code, found.details)
        drain(agreement.pk, runtime, lambda: False)
        with agreement_scope(agreement.pk):
            found = Transfer.in_scope.filter(kind="customer_invoice", key=str(number)).first()
        clock.sleep_s(0.2)


def read(town: Town, path: str) -> dict[str, Any]:
    answer = town.books.get(path)
    assert answer.status_code == 200, (path, answer.text)
    content: dict[str, Any] = decode_builtins(answer.content)
    return content


def is_told_in_the_frame(walk: Walk, number: int) -> None:
    walk.open_settings_in_rackbeat()
    frame = frame_of(walk.page)
    frame.get_by_role("link", name=walk.words["activity"]).click()
    expect(frame.get_by_role("heading", level=1, name=walk.words["activity"])).to_be_visible()
    row = frame.get_by_role("row").filter(has_text=str(number)).filter(has_text=walk.words["invoice"])
    expect(row).to_contain_text(walk.words["transferred"])


def is_paused_in_the_frame(walk: Walk) -> None:
    """Nobody is known there, and what may be done without sign-in is done in that name."""
    frame, words = frame_of(walk.page), walk.words
    agreement = Agreement.objects.get()
    frame.get_by_role("link", name=words["connections"]).click()
    for act, after, state, told in (
        ("pause", "resume", AgreementState.PAUSED, "paused"),
        ("resume", "pause", AgreementState.ACTIVE, "resumed"),
    ):
        frame.get_by_role("button", name=words[act], exact=True).click()
        expect(frame.get_by_role("button", name=words[after], exact=True)).to_be_visible()
        expect(frame.locator(".timeline li").first).to_contain_text(words[told])
        agreement.refresh_from_db()
        assert agreement.state == state
    with agreement_scope(agreement.pk):
        latest = AgreementEvent.in_scope.order_by("-pk").values_list("code", "by")[:3]
    unknown = "via Rackbeat (ukendt bruger)"
    assert list(latest) == [("resumed", unknown), ("paused", unknown), ("activated", "Mette Holm")]
