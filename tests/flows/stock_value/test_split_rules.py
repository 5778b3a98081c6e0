"""The rules of the split by themselves, and Rackbeat's own reports split: the parts come to the total in any case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.choices import StockSplit
from lagerbro.flows.stock_value.valuing.split import account_by_location, by_group, parts_of
from lagerbro.money import rounded
from lagerbro.rackbeat.stock_types import Location, StockRow
from tests.flows.stock_value.shop import OPENING, STOCK
from tests.flows.stock_value.split_shop import SECOND, THIRD, SplitShop
from tests.world import Company

TUE = date(2026, 11, 24)
ACCOUNTS = st.sampled_from([STOCK, SECOND, THIRD])
NUMBERS = st.integers(1, 8)
AMOUNTS = st.decimals(-(10**9), 10**9, places=8)


@given(st.lists(st.tuples(AMOUNTS, NUMBERS), max_size=12), st.dictionaries(NUMBERS, ACCOUNTS))
def test_the_parts_come_to_the_total_to_the_oere(items: list[tuple[D, int]], own: dict[int, int]) -> None:
    rows = [StockRow(amount, f"I{at}") for at, (amount, _) in enumerate(items)]
    groups: dict[str, int | None] = {f"I{at}": group for at, (_, group) in enumerate(items)}
    total = sum((amount for amount, _ in items), start=D(0))
    parts = parts_of(total, by_group(rows, groups, own), [STOCK, SECOND, THIRD])
    assert sum(parts.values()) == rounded(total)
    assert all(amount == rounded(amount) for amount in parts.values())
    for account in (SECOND, THIRD):
        held = sum((amount for amount, group in items if own.get(group) == account), start=D(0))
        assert parts[account] == rounded(held)


@given(st.dictionaries(NUMBERS, st.none() | NUMBERS), st.dictionaries(NUMBERS, ACCOUNTS))
def test_a_location_goes_with_the_nearest_that_has_accounts_and_a_circle_ends(
    inside: dict[int, int | None], own: dict[int, int]
) -> None:
    found = account_by_location([Location(number, "", place) for number, place in inside.items()], own)
    for number, place in inside.items():
        if number in own:
            assert found[number] == own[number]
        elif place in own:
            assert found[number] == own[place]
        elif place is None:
            assert number not in found
    assert found.keys() <= inside.keys()


def of_the_sandbox(company: Company) -> SplitShop:
    """Rackbeat's report is its own."""
    company.decide(
        stock_value_enabled=True,
        stock_frequency="daily",
        stock_journal=2,
        stock_account=STOCK,
        stock_contra_account=1350,
        stock_post_opening=True,
    )
    return SplitShop(company)


def worth(shop: SplitShop, query: str = "") -> D:
    rows = shop.company.systems.in_rackbeat("GET", f"reports/valuation?date_to={TUE}{query}")
    lines = rows["lineables"] if isinstance(rows, dict) else rows
    return rounded(sum((D(str(row["value"])) for row in lines), start=D(0)))


@pytest.mark.django_db
def test_rackbeats_report_is_split_by_the_groups_of_its_items(company: Company) -> None:
    shop = of_the_sandbox(company)
    shop.split(g1=(SECOND, None), g3=(THIRD, None))
    transfer = shop.run(TUE)
    parts = {SECOND: worth(shop, "&item_group_from=1&item_group_to=1")}
    parts[THIRD] = worth(shop, "&item_group_from=3&item_group_to=3")
    assert all(parts.values())
    assert {account: shop.total(account=account) for account in parts} == parts
    assert shop.total(account=STOCK) == OPENING - sum(parts.values())
    reads = [call for call in company.calls(transfer) if call.startswith("GET /api/")]
    assert reads == [
        "GET /api/items",
        "GET /api/reports/valuation",
        "GET /api/reports/valuation/total",
        "GET /api/revenue-orders",
    ]


@pytest.mark.django_db
def test_rackbeats_report_is_split_by_its_locations(company: Company) -> None:
    shop = of_the_sandbox(company)
    made = company.systems.in_rackbeat("POST", "locations", {"name": "Butik", "parent_id": 1})
    shop.split(StockSplit.LOCATION, g1=(SECOND, None), **{f"g{made['number']}": (THIRD, None)})
    transfer = shop.run(TUE)
    assert shop.total(account=SECOND) == worth(shop, "&location=1") == OPENING
    assert [shop.total(account=STOCK), shop.total(account=THIRD)] == [D(0), D(0)]
    reads = [call for call in company.calls(transfer) if call.startswith("GET /api/")]
    assert reads.count("GET /api/reports/valuation") == 2
    assert reads[0] == "GET /api/locations/flat"
