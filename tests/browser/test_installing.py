"""From *Installér* to the question whether two companies belong together, and what may go wrong around it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from lagerbro.agreements.models import Agreement, AgreementState, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership
from tests.browser.town import Town, town, walking

__all__ = ["town"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_signing_up_after_installing_and_uninstalling_in_rackbeat(
    browser: Browser, town: Town, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    walk = walking(browser, town, "da")
    page = walk.page
    walk.press_install()
    walk.give_access()
    walk.click("yes")
    walk.click("join")
    walk.click("sign_up", "link")
    page.get_by_label("Navn").fill("Mette Holm")
    page.locator("input[type=email]").fill("mette@nordlys.dk")
    page.locator("input[type=password]").fill("Kassekladde-1310-bilag")
    walk.click("make")
    walk.click("become")
    expect(page.get_by_role("heading", level=1, name="Indstillinger", exact=True)).to_be_visible()
    agreement = Agreement.objects.get()
    with agreement_scope(agreement.pk):
        assert str(Membership.in_scope.get().person) == "Mette Holm"
    page.goto(f"{town.rackbeat}/pages/apps")
    page.locator("summary", has_text="Afinstallér").click()
    page.get_by_role("button", name="Ja, afinstallér e-conomic").click()
    page.wait_for_url(re.compile("said=uninstalled"))
    for _ in range(100):
        agreement.refresh_from_db()
        if agreement.uninstall_heard_at is not None:
            break
        page.wait_for_timeout(100)
    assert agreement.uninstall_heard_at is not None
    page.context.close()


def test_only_rackbeat_may_frame_the_pages(browser: Browser, town: Town, settings: Settings) -> None:
    walk = walking(browser, town, "da")
    walk.press_install()
    walk.give_access()
    walk.click("yes")
    walk.click("join")
    walk.click("without", "link")
    expect(walk.page.get_by_role("heading", level=1, name="Indstillinger")).to_be_visible()
    agreement = Agreement.objects.get()
    assert Installation.objects.get().agreement == agreement
    assert agreement.state == AgreementState.INSTALLING
    walk.open_settings_in_rackbeat()
    heading = walk.page.frame_locator("iframe.app-settings").locator("h1")
    expect(heading).to_have_text("Indstillinger")
    settings.LAGERBRO_FRAME_ORIGIN = "https://elsewhere.example"
    with walk.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        walk.page.reload()
    expect(heading).not_to_have_text("Indstillinger")
    settings.LAGERBRO_FRAME_ORIGIN = town.rackbeat
    walk.page.reload()
    expect(heading).to_have_text("Indstillinger")
    walk.page.context.close()
