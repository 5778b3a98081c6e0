"""A broken connection is told on every page, with what becomes of what happens meanwhile and the way back."""

from __future__ import annotations

import pytest
from django.test import Client

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.people.models import Role
from lagerbro.web.views.onboarding.progress import last_step
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import framed, sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
DA = {"accept-language": "da"}
PAGES = ("", "activity/", "settings/", "stock-value/", "connections/")


def break_(company: Company, code: str) -> Agreement:
    Agreement.objects.update(state=AgreementState.GONE, state_code=code)
    company.agreement.refresh_from_db()
    return company.agreement


def test_access_withdrawn_in_economic_is_told_everywhere_with_what_waits(company: Company, client: Client) -> None:
    base = sign_in(client, company.agreement)
    company.ask("customer_invoice", company.systems.invoice())
    break_(company, "economic_revoked")
    for path in PAGES:
        page = said(client.get(f"{base}{path}", headers=DA))
        assert "Adgangen til e-conomic er fjernet i e-conomic." in page, path
        assert "gemmes og går videre af sig selv" in page
        assert "1 overførsel venter." in page
        assert f'action="{base}connections/reconnect/"' in page
        assert "Alt er i orden" not in page
    inside, _form = framed(company.agreement)
    page = said(client.get(inside, headers=DA))
    assert "Log ind for at give adgang igen" in page
    assert "connections/reconnect/" not in page
    page = said(client.get(sign_in(client, company.agreement, Role.BOOKKEEPER), headers=DA))
    assert "En administrator giver adgang igen" in page
    assert "connections/reconnect/" not in page


@pytest.mark.parametrize("code", ["uninstalled", "disconnected", "rackbeat_revoked", "both_revoked", "keys_lost"])
def test_what_is_not_kept_is_not_said_to_be(company: Company, client: Client, code: str) -> None:
    base = sign_in(client, company.agreement)
    break_(company, code)
    for path in PAGES:
        page = said(client.get(f"{base}{path}", headers=DA))
        assert "Intet overføres, og det, der sker i Rackbeat imens, gemmes ikke her." in page, path
        assert "det, der er bogført i mellemtiden, hentes da" in page
        assert "gemmes, til" not in page
        assert "connections/reconnect/" not in page


def test_between_an_uninstall_and_rackbeats_answer_nothing_is_called_connected_or_in_order(
    company: Company, client: Client
) -> None:
    base = sign_in(client, company.agreement)
    assert "Alt er i orden" in said(client.get(base, headers=DA))
    Agreement.objects.update(uninstall_heard_at=START)
    page = said(client.get(base, headers=DA))
    assert "Alt er i orden" not in page
    assert "Rackbeat melder, at appen er afinstalleret." in page
    assert "meldt afinstalleret, spørges nu" in page
    assert "hx-trigger" in page  # the open page learns what came of it
    break_(company, "uninstalled")
    part = said(client.get(base, headers={**DA, "hx-request": "true"}))
    assert "Appen er afinstalleret i Rackbeat." in part


def test_the_settings_of_what_was_just_installed_are_the_last_step(company: Company, client: Client) -> None:
    Agreement.objects.update(state=AgreementState.INSTALLING, activated_at=None)
    page = said(client.get(f"{sign_in(client, company.agreement)}settings/", headers=DA))
    assert page.count('<li class="good">') == 3
    assert 'aria-current="step"><span>Gennemgå indstillingerne' in page
    company.agreement.refresh_from_db()
    assert [step.is_done for step in last_step(company.agreement)] == [True, True, True, False]
    Agreement.objects.update(state=AgreementState.ACTIVE)
    company.agreement.refresh_from_db()
    assert last_step(company.agreement) == []
