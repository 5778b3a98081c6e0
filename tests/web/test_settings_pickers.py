"""The pickers' search, the lists behind them, and what a page weighs."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lagerbro.agreements import directories
from lagerbro.agreements.models import Credentials, DirectoryCopy
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.kernel.storage import transaction
from tests.reading import said
from tests.visiting import sign_in
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
PAGE_LIMIT_BYTES = 100 * 1024
QUERIES_MAX = 10


def options(sheet: SettingsPage, key: str, search: str) -> str:
    answer = sheet.client.get(
        f"{sheet.path}pick/", {"for": key, "q": search}, headers={"accept-language": "da", "hx-request": "true"}
    )
    assert answer.status_code == 200
    html: str = said(answer)
    assert "<html" not in html
    return html


@pytest.mark.parametrize(
    ("search", "found", "absent"),
    [
        ("131", ["1310", "1311"], ["1320"]),
        ("varekøb danmark", ["1310", "1311"], ["1320"]),
        ("IEUV", ["1320", "1321"], ["1310"]),
        ("eu cykler", ["1320"], ["1321"]),
        ("zzz", ["Intet passer"], ["1310"]),
    ],
)
def test_search_by_number_name_and_vat_code(
    sheet: SettingsPage, search: str, found: list[str], absent: list[str]
) -> None:
    html = options(sheet, "fallback_account", search)
    assert [text for text in found if text not in html] == []
    assert [text for text in absent if text in html] == []


def test_what_fits_stands_first_then_what_has_a_but_then_what_does_not_fit_and_why(sheet: SettingsPage) -> None:
    html = options(sheet, "purchase_accounts:1.eu", "")
    assert html.index("Bruges ikke") < html.index("Passer") < html.index("Med forbehold")
    fits, _, rest = html.partition("Med forbehold")
    assert "1320" in fits
    assert "1310" not in fits
    assert "Momskode I25 (Købsmoms 25 %) er ikke til køb i EU." in rest
    barred = options(sheet, "purchase_accounts:1.eu", "68")
    assert 'aria-disabled="true"' in barred
    assert "Spærret for direkte posteringer i e-conomic." in barred
    assert "Bruges ikke" not in options(sheet, "fallback_account", "")


def test_the_very_number_stands_first(sheet: SettingsPage, company: Company) -> None:
    row = {"accountNumber": 131, "name": "Varekøb, andet", "accountType": "profitAndLoss"}
    company.systems.economic.store.put(1180001, "accounts", 131, row)
    assert options(sheet, "stock_contra_account", "131").index('data-value="131"') > 0
    html = options(sheet, "fallback_account", "1311")
    assert html.index('data-value="1311"') < html.index("Varekøb Danmark, tilbehør")
    assert 'data-value="131"' not in html


def test_products_are_searched_in_rackbeat_as_they_are(sheet: SettingsPage, company: Company) -> None:
    html = options(sheet, "rounding_item", "gebyr")
    assert 'data-value="GEBYR"' in html
    stocked = options(sheet, "rounding_item", "NL-100")
    assert 'aria-disabled="true"' in stocked
    assert "En lagerført vare." in stocked
    assert 'aria-disabled="true"' not in options(sheet, "empty_line_item", "NL-100")
    company.systems.rackbeat.faults.set(Fault("down", status=503, times=None))
    assert "Et af systemerne svarer ikke." in options(sheet, "rounding_item", "gebyr")
    company.systems.rackbeat.faults.clear()
    assert 'data-value="GEBYR"' in options(sheet, "rounding_item", "gebyr")


@pytest.mark.parametrize("key", ["colour", "suppliers_enabled", "purchase_accounts", "purchase_accounts:1.mars", ""])
def test_a_picker_that_is_not_there(sheet: SettingsPage, key: str) -> None:
    assert sheet.client.get(f"{sheet.path}pick/", {"for": key}).status_code == 404


def test_without_script_the_chart_of_accounts_is_a_page(sheet: SettingsPage) -> None:
    page = sheet.open(path="pick/?for=purchase_accounts:0.domestic&q=131")
    assert page.status == 200
    assert "<h1>Kontoplan</h1>" in page.html
    assert "Varekøb Danmark, cykler" in page.html
    opened = sheet.open()
    assert opened.html.count('<datalist id="list-postings">') == 1
    assert '<option value="1310">Varekøb Danmark, cykler · I25</option>' in opened.html


def many(company: Company, accounts: int, groups: int) -> None:
    """A larger company: more accounts in e-conomic, more product groups in Rackbeat."""
    economic, rackbeat = company.systems.economic.store, company.systems.rackbeat.store
    with transaction(economic.connection):
        for number in range(10_000, 10_000 + accounts):
            row = {"accountNumber": number, "name": f"Varekøb, gruppe {number}", "accountType": "profitAndLoss"}
            economic.put(1180001, "accounts", number, {**row, "vatAccount": {"vatCode": "I25"}})
    with transaction(rackbeat.connection):
        for number in range(100, 100 + groups):
            row = {"number": number, "name": f"Varegruppe nummer {number}", "has_inventory": True}
            rackbeat.put(4711, "product-groups", number, row)


def test_a_page_of_400_accounts_and_60_groups_is_light_and_costs_few_queries(
    sheet: SettingsPage, company: Company
) -> None:
    many(company, 400 - 72, 60 - 8)
    sheet.open()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = sheet.open()
    assert page.html.count('data-label="Indland"') == 61
    assert len(gzip.compress(page.html.encode())) < PAGE_LIMIT_BYTES
    assert len(queries) <= QUERIES_MAX


def test_a_chart_of_ten_thousand_accounts_is_searched_and_not_sent(sheet: SettingsPage, company: Company) -> None:
    many(company, 10_000, 60)
    page = sheet.open()
    assert "<datalist" not in page.html
    assert len(gzip.compress(page.html.encode())) < PAGE_LIMIT_BYTES
    html = options(sheet, "fallback_account", "varekøb")
    assert html.count('role="option"') == 40
    assert "og 9968 til" in html
    assert "1 ændring er gemt." in sheet.send(fallback_account="19999").html
    assert sheet.choices().fallback_account == 19_999


def test_a_chart_that_is_too_long_is_told(
    sheet: SettingsPage, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directories, "ROWS_MAX", 50)
    page = sheet.open()
    assert page.status == 200
    assert "Der er for mange at vælge imellem i en af listerne." in page.html


def test_a_page_that_is_open_hears_of_a_new_product_group(sheet: SettingsPage, company: Company) -> None:
    sheet.open()
    path = f"{sheet.path}look/"
    assert "noget nyt" not in sheet.client.post(path, headers={"accept-language": "da"}).content.decode()
    with agreement_scope(company.agreement.pk):
        read_at = DirectoryCopy.in_scope.get().read_at
        DirectoryCopy.in_scope.update(read_at=read_at - timedelta(hours=1))
    assert 'hx-post="look/"' in sheet.open().html
    group = {"number": 9, "name": "Ladcykler", "has_inventory": True}
    company.systems.rackbeat.store.put(4711, "product-groups", 9, group)
    assert "Der er noget nyt i listerne." in sheet.client.post(path, headers={"accept-language": "da"}).content.decode()
    page = sheet.open()
    assert "Ladcykler" in page.html
    assert 'hx-post="look/"' not in page.html
    company.systems.economic.faults.set(Fault("down", status=503, times=None))
    assert "Lister hentet" in sheet.client.post(path, headers={"accept-language": "da"}).content.decode()


def test_a_choice_that_was_barred_since_the_lists_were_read_is_seen_without_asking_for_it(
    sheet: SettingsPage, company: Company
) -> None:
    """On the page that was opened on an old list, on the page after it, and on the overview; and gone when mended."""
    company.decide(stock_value_enabled=True, stock_account=5820)
    sheet.open()
    path, danish = f"{sheet.path}look/", {"accept-language": "da"}
    for barred in (True, False):
        agreement = company.agreement.economic_agreement_number
        company.systems.admin("economic", "bar", agreement=agreement, kind="accounts", key=5820, barred=barred)
        with agreement_scope(company.agreement.pk):
            read_at = DirectoryCopy.in_scope.get().read_at
            DirectoryCopy.in_scope.update(read_at=read_at - timedelta(hours=1))
        page = sheet.open().html
        assert ("Spærret i e-conomic." in page) != barred  # the old list says what was so before
        assert 'hx-post="look/"' in page
        assert "Der er noget nyt i listerne." in said(sheet.client.post(path, headers=danish))
        assert ("Spærret i e-conomic." in sheet.open().html) == barred
        overview = said(sheet.client.get(sheet.path.removesuffix("settings/"), headers=danish))
        assert ("kan ikke længere bruges til" in overview) == barred


def test_only_an_administrator_has_the_lists_read_again(sheet: SettingsPage, company: Company) -> None:
    client = Client()
    begin = sign_in(client, company.agreement, Role.BOOKKEEPER)
    assert client.post(f"{begin}settings/look/").status_code == 403
    assert 'value="refresh"' not in client.get(f"{begin}settings/").content.decode()


def test_counting_says_what_is_missing_now_and_saves_nothing(sheet: SettingsPage) -> None:
    opened = sheet.open()
    page = sheet.send("count", opened=opened, suppliers_enabled="on", supplier_journal="4")
    assert "<html" not in page.html
    assert "28 mangler" in page.html
    assert "1 mangler" in page.html
    assert sheet.choices().suppliers_enabled is False


def test_what_was_never_read_is_not_said_to_be_missing_and_what_was_read_is(sheet: SettingsPage) -> None:
    sheet.company.decide(default_layout=99)
    with agreement_scope(sheet.company.agreement.pk):
        keys = Credentials.in_scope.get()
        Credentials.in_scope.all().delete()
        DirectoryCopy.in_scope.all().delete()
    assert "findes ikke i e-conomic" not in sheet.open().html
    with agreement_scope(sheet.company.agreement.pk):
        keys.save(force_insert=True)
    assert "Layout 99 findes ikke i e-conomic." in sheet.open().html
