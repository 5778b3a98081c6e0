"""What the list of sections, the menu and the pre-flight say before and after somebody has decided."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lagerbro.agreements import directories
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from tests.reading import said
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
DA = {"accept-language": "da"}


def sections(page: str) -> dict[str, str]:
    """The words beside each section's name."""
    part = page.split('id="sections"')[1].split("</nav>", maxsplit=1)[0]
    found = re.findall(r"<span>([^<]+)</span> <small>(.*?)</small>", part, re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", words).strip() for name, words in found}


def read_lists(company: Company) -> None:
    rackbeat, economic = company.systems.clients(lambda _exchange: None)
    with agreement_scope(company.agreement.pk):
        directories.read_and_store_all(company.agreement, rackbeat, economic, company.systems.clock.now())


def test_nothing_is_answered_before_somebody_has_saved_it(sheet: SettingsPage) -> None:
    assert sections(sheet.open().html)["Produkter og grupper"] == "standardvalg"
    sheet.send(update_cost="on")
    assert sections(sheet.open().html)["Produkter og grupper"] == "besvaret"


def test_a_barred_account_is_told_in_its_section_after_saving_and_on_overblik(
    sheet: SettingsPage, company: Company, client: Client
) -> None:
    company.decide(suppliers_enabled=True, fallback_account=1390, supplier_group_account=6800, supplier_journal=4)
    number = company.agreement.economic_agreement_number
    company.systems.admin("economic", "bar", agreement=number, kind="accounts", key=1390)
    read_lists(company)
    told = sections(sheet.open().html)
    assert [name for name, words in told.items() if words == "1 kan ikke bruges"] == ["Bogføring"]
    overview = said(client.get(sheet.path.removesuffix("settings/"), headers=DA))
    assert "1390" in overview
    assert "Alt er i orden" not in overview


def test_the_check_stays_in_the_menu_and_the_menu_counts_what_needs_somebody(
    sheet: SettingsPage, company: Company, client: Client
) -> None:
    base = sheet.path.removesuffix("settings/")
    assert f'<a href="{base}activate/?check=1">Tjek</a>' in sheet.open().html
    assert "needing" not in sheet.open().html
    company.invoiced(4242)
    assert '<b class="needing">1<span class="hidden-visually"> kræver dig</span></b>' in sheet.open().html
    assert "1 overførsel kræver dig." in said(client.get(base, headers=DA))
    Agreement.objects.update(state=AgreementState.INSTALLING)
    assert "needing" not in said(client.get(base, headers=DA))


def test_with_nothing_switched_on_the_preflight_does_not_say_that_it_can_wait(
    sheet: SettingsPage, company: Company, client: Client
) -> None:
    company.decide(sales_enabled=False)
    Agreement.objects.update(state=AgreementState.INSTALLING, activated_at=None)
    page = said(client.get(f"{sheet.path.removesuffix('settings/')}activate/", headers=DA))
    assert "Ingen del er slået til endnu, så intet ville blive overført." in page
    assert "det kan vente" not in page
    assert re.search(r'<a class="button primary" href="[^"]+settings/">Gå til indstillingerne</a>', page)
    assert '<button class="primary">' not in page
