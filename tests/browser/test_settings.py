"""The settings page as people use it: by keyboard, by pointer, without script; on a phone and a wide screen."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import Agreement, AgreementState, DirectoryCopy
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import NOT_USED
from lagerbro.people.models import Person
from tests.browser.test_pages import ORDINARY, PAGE_LIMIT_BYTES, PICTURES, SIZES
from tests.visiting import given_password
from tests.web.settings_page import SettingsPage, factory, sheet
from tests.world import Company

__all__ = ["factory", "sheet"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOCALES = {"da": "da-DK", "en": "en-GB"}


def visitor(browser: Browser, server: LiveServer, sheet: SettingsPage, **dress: object) -> BrowserContext:
    """A browser that is signed in as the page's visitor is."""
    context = browser.new_context(**{"locale": "da-DK", "viewport": {"width": 1280, "height": 900}, **dress})  # type: ignore[arg-type]  # Playwright's own words
    context.add_cookies(
        [{"name": name, "value": one.value, "url": server.url} for name, one in sheet.client.cookies.items()]
    )
    return context


def whole(page: Page, name: str, width: int) -> None:
    """Nobody is shut out, nothing is wider than the screen; a picture for those who look."""
    page.evaluate("window.scrollTo(0, 0)")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


@pytest.mark.parametrize(("language", "scheme", "size"), ORDINARY)
def test_the_picker_and_what_does_not_fit(
    browser: Browser, live_server: LiveServer, sheet: SettingsPage, language: str, scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = visitor(
        browser,
        live_server,
        sheet,
        locale=LOCALES[language],
        color_scheme=scheme,
        viewport={"width": width, "height": height},
    )
    page = context.new_page()
    address = f"{live_server.url}{sheet.path}"
    dress = f"{language}-{scheme}-{size}"
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert len(gzip.compress(answer.body())) < PAGE_LIMIT_BYTES
    page.check("#q-suppliers-enabled")
    page.check("#q-stock-value-enabled")
    page.fill("#q-purchase-accounts-1-eu", "13")
    expect(page.locator("#picker [role=option]").first).to_be_visible()
    whole(page, f"settings-picker-{dress}", width)
    page.keyboard.press("Escape")
    page.fill("#q-purchase-accounts-1-eu", "1310")
    page.fill("#q-purchase-accounts-2-eu", "999999")
    page.locator(".save-bar button").click()
    expect(page.locator(".notice.problem")).to_be_visible()
    whole(page, f"settings-wrong-{dress}", width)
    page.fill("#q-purchase-accounts-2-eu", "1320")
    page.locator(".save-bar button").click()
    expect(page.locator(".notice.good")).to_be_visible()
    context.close()


def test_the_grid_by_keyboard_alone(browser: Browser, live_server: LiveServer, sheet: SettingsPage) -> None:
    context = visitor(browser, live_server, sheet)
    page = context.new_page()
    page.goto(f"{live_server.url}{sheet.path}")
    page.check("#q-suppliers-enabled")
    first = page.locator("#q-purchase-accounts-1-domestic")
    first.focus()
    page.keyboard.press("Enter")  # goes on to the row below, and decides nothing
    page.keyboard.press("ArrowUp")
    assert first.input_value() == ""
    page.keyboard.press("Tab")  # to *Bekræft* of the very cell
    page.keyboard.press("Enter")
    expect(first).to_have_value("1310")
    expect(page.locator("#q-purchase-accounts-2-domestic")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#q-purchase-accounts-2-eu")).to_be_focused()
    page.keyboard.type("1321")
    expect(page.locator("#picker [aria-selected=true]")).to_contain_text("1321")
    page.keyboard.press("Enter")
    expect(page.locator("#q-purchase-accounts-2-eu-hint")).to_have_text("Varekøb EU, tilbehør · IEUV")
    expect(page.locator("#q-purchase-accounts-3-eu")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q-purchase-accounts-2-domestic")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")  # opens what may be chosen, *Bruges ikke* first
    expect(page.locator("#picker [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#q-purchase-accounts-2-domestic")).to_have_value("Bruges ikke")
    expect(page.locator("#undecided")).to_have_text("24")
    expect(page.locator("#unsaved")).to_have_text("4 ændringer er ikke gemt")
    page.locator(".save-bar button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice.good")).to_contain_text("4 ændringer er gemt.")
    assert sheet.choices().purchase_accounts == {"1.domestic": 1310, "2.eu": 1321, "2.domestic": NOT_USED}
    context.close()


def confirm_each(page: Page) -> None:
    """What is only guessed is confirmed one by one."""
    while page.locator(".grid .confirm:visible").count():
        page.locator(".grid .confirm:visible").first.click()


def test_the_grid_by_pointer_with_counters_that_live(
    browser: Browser, live_server: LiveServer, sheet: SettingsPage
) -> None:
    context = visitor(browser, live_server, sheet)
    page = context.new_page()
    page.goto(f"{live_server.url}{sheet.path}")
    expect(page.locator("#s-posting")).to_be_hidden()
    page.check("#q-suppliers-enabled")
    expect(page.locator("#s-posting")).to_be_visible()
    expect(page.locator(".sections")).to_contain_text("28 mangler")
    page.get_by_role("button", name="Bekræft kolonnen").nth(1).click()
    expect(page.locator("#undecided")).to_have_text("24")  # where only the first that fits is known, nothing is chosen
    expect(page.locator(".sections")).to_contain_text("25 mangler")
    page.get_by_role("button", name="Kopiér til tomme felter").first.click()
    page.check("#only-open")
    expect(page.locator(".grid tbody tr:visible")).to_have_count(9)
    page.locator("#q-purchase-accounts-1-domestic").click()
    page.fill("#q-purchase-accounts-1-domestic", "IEUV")
    page.locator("#picker [role=option]", has_text="1320").click()
    expect(page.locator(".cell", has=page.locator("#q-purchase-accounts-1-domestic"))).to_contain_text(
        "er ikke til køb i Danmark."
    )
    page.locator(".together summary").click()
    expect(page.locator(".together")).to_contain_text("bogføres på dem fra næste bilag")
    page.get_by_role("button", name="Ja, vælg dem").click()
    expect(page.locator(".together")).to_be_hidden()
    page.fill("#q-fallback-account", "9999")
    page.keyboard.press("Tab")
    expect(page.locator(".setting", has=page.locator("#q-fallback-account"))).to_contain_text("9999 findes ikke her.")
    page.fill("#q-fallback-account", "")
    confirm_each(page)
    expect(page.locator("#undecided")).to_have_text("0")
    page.locator(".save-bar button").click()
    expect(page.locator(".notice.good")).to_contain_text("28 ændringer er gemt.")
    assert len(sheet.choices().purchase_accounts) == 27
    page.get_by_role("link", name="Historik").click()
    expect(page.locator("table")).to_contain_text("1320 Varekøb EU, cykler")
    context.close()


def test_without_script(browser: Browser, live_server: LiveServer, sheet: SettingsPage) -> None:
    context = visitor(browser, live_server, sheet, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{sheet.path}")
    page.check("#q-suppliers-enabled")
    page.get_by_role("button", name="Bekræft 1310: Cykler, Indland").click()
    expect(page.locator("#q-purchase-accounts-1-domestic")).to_have_value("1310")
    expect(page.locator("#q-suppliers-enabled")).to_be_checked()
    assert sheet.choices().purchase_accounts == {}
    page.fill("#q-fallback-account", "1390")
    page.press("#q-fallback-account", "Enter")  # the first button of the form is Save
    expect(page.locator(".notice.good")).to_contain_text("3 ændringer er gemt.")
    choices = sheet.choices()
    assert (choices.suppliers_enabled, choices.fallback_account) == (True, 1390)
    assert choices.purchase_accounts == {"1.domestic": 1310}
    context.close()


def test_an_open_page_hears_of_a_new_product_group(
    browser: Browser, live_server: LiveServer, sheet: SettingsPage, company: Company
) -> None:
    sheet.open()
    with agreement_scope(company.agreement.pk):
        DirectoryCopy.in_scope.update(read_at=datetime.now(UTC) - timedelta(hours=1))
    group = {"number": 9, "name": "Ladcykler", "has_inventory": True}
    company.systems.rackbeat.store.put(4711, "product-groups", 9, group)
    context = visitor(browser, live_server, sheet)
    page = context.new_page()
    page.goto(f"{live_server.url}{sheet.path}")
    expect(page.locator("#read")).to_contain_text("Der er noget nyt i listerne.")
    page.locator("#read a").click()
    page.check("#q-suppliers-enabled")
    expect(page.locator(".grid")).to_contain_text("Ladcykler")
    context.close()


def test_what_was_typed_when_the_sign_in_had_ended_stands_there_after_it(
    browser: Browser, live_server: LiveServer, sheet: SettingsPage
) -> None:
    mette = Person.objects.get()
    mette.set_password("Kassekladde-1310-bilag")
    mette.save()
    given_password(sheet.client, mette)
    EmailAddress.objects.create(user=mette, email=mette.email, verified=True, primary=True)
    context = visitor(browser, live_server, sheet)
    page = context.new_page()
    page.goto(f"{live_server.url}{sheet.path}")
    page.check("#q-suppliers-enabled")
    page.fill("#q-purchase-accounts-2-eu", "1321")
    page.fill("#q-fallback-account", "1390")
    context.clear_cookies(name="sessionid")
    page.keyboard.press("Escape")
    page.locator(".save-bar button").click()
    page.locator("input[type=email]").fill(mette.email)
    page.locator("input[type=password]").fill("Kassekladde-1310-bilag")
    page.keyboard.press("Enter")
    expect(page.locator("#unsent")).to_have_text(
        "Du var blevet logget ud, og intet blev gemt. Dine 3 ændringer er her endnu. Tryk Gem igen."
    )
    expect(page.locator("#unsaved")).to_have_text("3 ændringer er ikke gemt")
    assert sheet.choices().purchase_accounts == {}
    page.locator(".save-bar button").click()
    expect(page.locator(".notice.good")).to_contain_text("3 ændringer er gemt.")
    assert (sheet.choices().fallback_account, sheet.choices().purchase_accounts) == (1390, {"2.eu": 1321})
    expect(page.locator("#unsent")).to_be_hidden()
    context.close()


def test_a_jump_to_a_field_shows_its_label_and_begin_here_folds_away_once_decided(
    browser: Browser, live_server: LiveServer, sheet: SettingsPage
) -> None:
    context = visitor(browser, live_server, sheet)
    page = context.new_page()
    page.goto(f"{live_server.url}{sheet.path}#q-default-layout")
    expect(page.locator("label[for=q-default-layout]")).to_be_in_viewport()
    page.evaluate("window.scrollTo(0, 0)")
    expect(page.locator("details.begin")).to_be_visible()
    expect(page.get_by_role("link", name="Gå til Opstarts-synk nederst")).to_be_hidden()
    expect(page.locator(".save-bar")).to_be_hidden()
    Agreement.objects.update(state=AgreementState.INSTALLING, activated_at=None)
    page.reload()
    expect(page.get_by_role("link", name="Gå til Opstarts-synk nederst")).to_be_visible()
    context.close()
