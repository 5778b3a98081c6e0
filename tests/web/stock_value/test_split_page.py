"""Lagerværdi with several stock accounts: totals first, then each one's figures, voucher and difference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.test import Client

from lagerbro.agreements import directories
from lagerbro.agreements.models import Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import StockSplit
from lagerbro.sync.clients import ClientFactory
from tests.flows.stock_value.split_shop import BIKES, CLOTHES, PARTS, SECOND, SplitShop, open_split_shop
from tests.flows.stock_value.test_split import PAIR, PAIR_3
from tests.sandboxes import BEARER, GRANT
from tests.visiting import sign_in
from tests.web.stock_value.conftest import Visitor
from tests.world import Company

pytestmark = pytest.mark.django_db
MON, TUE, WED = (date(2026, 11, day) for day in (23, 24, 25))
BYTES_MAX = 100_000


@pytest.fixture
def shop(company: Company, factory: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> SplitShop:
    shop = open_split_shop(company, monkeypatch)
    shop.worth = {BIKES: D("1000000.00"), PARTS: D("300000.00"), CLOTHES: D("108304.74")}
    monkeypatch.setattr("django.utils.timezone.now", company.systems.clock.now)
    with agreement_scope(company.agreement.pk):
        Credentials.in_scope.create(agreement=company.agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
        rackbeat, economic = company.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(company.agreement, rackbeat, economic, company.systems.clock.now())
    return shop


@pytest.fixture
def visitor(shop: SplitShop, client: Client) -> Visitor:
    return Visitor(shop, client, sign_in(client, shop.company.agreement))


def figures(visitor: Visitor) -> list[list[str]]:
    return visitor.rows("records accounts")


def test_the_accounts_come_to_the_totals_and_each_has_its_voucher(visitor: Visitor, shop: SplitShop) -> None:
    shop.split(g2=PAIR, g3=PAIR_3)
    shop.night(MON)
    shop.book_all()
    visitor.at(TUE)
    shop.worth |= {BIKES: D("1000100.00"), PARTS: D("299950.00")}
    visitor.press("fetch")
    assert figures(visitor) == [
        ["5820 Varelager", "1.000.100,00", "1.000.000,00", "0,00", "100,00"],
        ["5830 Forudbetalte varer", "299.950,00", "300.000,00", "0,00", "−50,00"],
        ["5850 Kasse", "108.304,74", "108.304,74", "0,00", "0,00"],
        ["I alt", "1.408.354,74", "1.408.304,74", "0,00", "50,00"],
    ]
    assert visitor.rows("posting") == [
        ["5820 Varelager", "100,00", ""],
        ["1350 Vareforbrug, lagerregulering", "", "100,00"],
        ["1360 Svind og kassation", "50,00", ""],
        ["5830 Forudbetalte varer", "", "50,00"],
    ]
    text = visitor.read()
    assert "2 bilag på i alt 50,00 bliver overført som kladder 24.11.2026 23:59" in text
    assert "De 2 bilag, som de bliver lavet i kassekladde 2" in text
    assert text.count("Uforklaret") == 3
    assert "Forskel på alle lagerkonti 50,00" in text
    shop.night(TUE)
    assert sorted(row["amount"] for row in shop.drafts()) == [D(-50), D(100)]


def test_what_is_left_and_what_has_moved_is_told(visitor: Visitor, shop: SplitShop) -> None:
    shop.split(g2=PAIR)
    shop.night(MON)
    shop.book_all()
    shop.split(StockSplit.NONE)
    visitor.at(TUE)
    visitor.press("fetch")
    text = visitor.read()
    assert "Intet af lageret hører til kontoen mere; næste kørsel tømmer den." in text
    assert "Flyttet mellem lagerkontiene: opdelingen er ændret siden 23.11.2026 −300.000,00" in text
    shop.night(TUE)
    shop.book_all()
    shop.night(WED)
    visitor.press("fetch")
    assert "lagerkontiene" not in visitor.read()


def test_the_first_differences_are_asked_about_together(visitor: Visitor, shop: SplitShop) -> None:
    shop.night(MON)
    shop.company.decide(stock_post_opening=False)
    shop.split(g2=PAIR, g3=PAIR_3)
    visitor.at(TUE)
    visitor.press("fetch")
    text = visitor.read()
    assert "Den første forskel på 408.304,74 venter på dit svar." in text
    assert "konto 5830, 5850" in text
    shop.night(TUE)
    visitor.press("opening")
    shop.company.drain()
    shop.ties({5820: "1000000.00", 5830: "300000.00", 5850: "108304.74"})


def test_the_chart_is_of_all_accounts_or_of_one(visitor: Visitor, shop: SplitShop) -> None:
    shop.night(MON)
    shop.split(g2=PAIR)
    shop.night(TUE)
    visitor.at(WED)
    visitor.press("fetch")
    page = visitor.page()
    assert f'href="{visitor.base}stock-value/?account={SECOND}#days"' in page
    rows = days(visitor, "")
    assert [row[1] for row in rows[:3]] == ["1.408.304,74"] * 3  # today, Tuesday split, Monday in one
    assert rows[1][4] == "1.408.304,74"
    rows = days(visitor, f"?account={SECOND}")
    assert [row[1] for row in rows[:3]] == ["300.000,00", "300.000,00", "–"]
    assert rows[1][4] == "300.000,00"
    assert days(visitor, "?account=4711") == days(visitor, "")


def days(visitor: Visitor, query: str) -> list[list[str]]:
    page = visitor.client.get(f"{visitor.base}stock-value/{query}").content.decode()
    return visitor.rows_in(page.replace('class="compact" id="chart-figures"', 'class="figures"'), "figures")


def test_earlier_days_are_read_of_every_account_and_only_where_nothing_is_known(
    visitor: Visitor, shop: SplitShop
) -> None:
    shop.night(MON)
    shop.split(g2=PAIR)
    visitor.at(TUE)
    visitor.press("fetch")
    visitor.press("earlier")
    rows = {row[0]: row[1] for row in days(visitor, f"?account={SECOND}")}
    assert (rows["23.11.2026"], rows["22.11.2026"]) == ("–", "300.000,00")
    assert {row[1] for row in days(visitor, "")[:17]} == {"1.408.304,74"}


def test_a_split_that_is_too_wide_is_said_on_the_page(visitor: Visitor, shop: SplitShop) -> None:
    shop.worth |= {number: D(1) for number in range(100, 170)}
    shop.inside = dict.fromkeys(range(100, 170), PARTS)
    shop.split(StockSplit.LOCATION, g2=PAIR)
    answer = visitor.press("fetch")
    assert "71 lokationer har egne lagerkonti" in visitor.words(answer.content.decode())


def test_nine_accounts_are_within_the_pages_budget(visitor: Visitor, shop: SplitShop) -> None:
    accounts = [5830, 5850, 5855, 5860, 5210, 5230, 5690, 6880]
    for number, account in enumerate(accounts, start=10):
        shop.worth[number] = D(1000 + number)
        shop.split(**{f"g{number}": (account, None)})  # type: ignore[arg-type]
    shop.night(MON)
    visitor.at(TUE)
    visitor.press("fetch")
    visitor.client.get(f"{visitor.base}stock-value/")
    answer = visitor.client.get(f"{visitor.base}stock-value/")
    assert len(answer.content) <= BYTES_MAX
