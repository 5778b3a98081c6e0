"""*Aktiver integration* by keyboard: from what is in the way, to the very field, and back to active."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import Agreement, AgreementState, Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.clients import ClientFactory
from tests.browser.test_pages import dressed
from tests.connections.setting import before_activation
from tests.sandboxes import BEARER, GRANT
from tests.visiting import framed
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_pre_flight_to_active(
    browser: Browser, live_server: LiveServer, company: Company, factory: ClientFactory
) -> None:
    setting = before_activation(company, default_layout=None)
    with agreement_scope(company.agreement.pk):
        Credentials.in_scope.create(agreement=company.agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
    Agreement.objects.filter(pk=company.agreement.pk).update(sign_in_required=False)
    factory.clock.catch_up(datetime.now(UTC))  # type: ignore[attr-defined]  # the tests' own clock
    context = dressed(browser, "da", "light", "wide")
    page = context.new_page()
    page.goto(f"{live_server.url}{framed(setting.agreement)[0]}activate/")
    assert page.get_by_role("heading", name="Skal løses (1)").is_visible()
    assert page.get_by_role("button", name="Aktiver integration").count() == 0
    page.get_by_role("link", name="Gå til “Standardlayout”").press("Enter")
    page.wait_for_url("**#q-default-layout")
    assert page.locator("#q-default-layout").count() == 1
    company.decide(default_layout=1)
    page.goto(f"{live_server.url}{framed(setting.agreement)[0]}activate/")
    with page.expect_navigation():
        page.get_by_role("button", name="Aktiver integration").press("Enter")
    assert page.get_by_role("heading", name="Integrationen er aktiv").is_visible()
    assert setting.agreement.state == AgreementState.ACTIVE
    context.close()
