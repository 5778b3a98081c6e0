"""The look at a split stock value: each account's voucher is what the run makes, its parts come to its difference with
nothing left over, and the accounts to the totals (decision 0033)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from random import Random

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import StockSplit
from lagerbro.flows.stock_value.sides import OPENING as FIRST_DIFFERENCE
from lagerbro.flows.stock_value_report.accounts import OTHER_WAITS
from lagerbro.flows.stock_value_report.report import PartKind
from lagerbro.sync.models import Schedule
from tests.flows.stock_value.shop import STOCK
from tests.flows.stock_value.split_shop import BIKES, CLOTHES, PARTS, SECOND, THIRD, SplitShop, effect_on
from tests.flows.stock_value.test_split import PAIR, PAIR_3, choose, meddle, shop
from tests.flows.stock_value_report.test_looking import looked

__all__ = ["shop"]
pytestmark = pytest.mark.django_db
MON, TUE, WED = (date(2026, 11, day) for day in (23, 24, 25))


@pytest.mark.parametrize("seed", range(6))
def test_every_voucher_is_what_the_run_makes_and_every_difference_is_explained(shop: SplitShop, seed: int) -> None:
    random = Random(seed)
    with agreement_scope(shop.company.agreement.pk):  # a night is asked for once, and here by hand
        Schedule.in_scope.filter(routine="stock_value").update(due_at=datetime(2027, 6, 1, tzinfo=UTC))
    for number in range(6):
        day = MON + timedelta(days=number)
        choose(shop, random)
        for group in (BIKES, PARTS, CLOTHES):
            shop.worth[group] += D(random.randrange(-50_000, 50_000)) / 100
        report = looked(shop, day)
        assert (report.value, report.difference) == (shop.everything, report.value - report.booked)
        for one in report.accounts:
            assert one.explanation.remainder == 0, (seed, day, one.account)
            assert one.booked == shop.booked(day, one.account)
            assert one.booked + one.drafts_until(day) == shop.total(day, one.account)
        if report.accounts:
            totals = [(row.booked, row.drafts) for row in report.balances]
            summed = zip(*([(row.booked, row.drafts) for row in one.balances] for one in report.accounts), strict=True)
            assert totals == [(sum(row[0] for row in rows), sum(row[1] for row in rows)) for rows in summed]
        shop.night(day)
        for one in report.accounts:
            assert one.next is not None
            made = [effect_on(row, one.account) for row in shop.drafts() if row["date"] == str(day)]
            assert shop.total(day, one.account) == (0 if one.is_left else one.value), (seed, day, one.account)
            assert one.next.amount in (*made, 0), (seed, day, one.account)
        meddle(shop, random)


def test_what_the_settings_moved_is_told_as_that(shop: SplitShop) -> None:
    shop.split(g2=PAIR, g3=PAIR_3)
    shop.night(MON)
    shop.split(g2=PAIR_3)
    main, third, left = looked(shop, TUE).accounts
    assert [main.account, third.account, left.account] == [STOCK, THIRD, SECOND]
    assert (main.is_left, third.is_left, left.is_left) == (False, False, True)
    moved = {
        one.account: [part.amount for part in one.explanation.parts if part.kind is PartKind.REGROUPED]
        for one in (main, third, left)
    }
    assert moved == {STOCK: [], THIRD: [D("300000.00")], SECOND: [D("-300000.00")]}
    assert left.next is not None
    assert [draft.effect for draft in left.next.withdraws] == [D("300000.00")]


def test_while_one_account_is_asked_about_no_other_has_a_voucher(shop: SplitShop) -> None:
    shop.night(MON)
    shop.company.decide(stock_post_opening=False)
    shop.split(g2=PAIR, g3=PAIR_3)
    report = looked(shop, TUE)
    assert [one.next.code if one.next else None for one in report.accounts] == [
        OTHER_WAITS,
        FIRST_DIFFERENCE,
        FIRST_DIFFERENCE,
    ]
    assert report.next is not None
    assert (report.vouchers, report.next.code) == (0, FIRST_DIFFERENCE)
    assert report.next.details["account"] == f"{SECOND}, {THIRD}"
    assert report.next.details["difference"] == "408304.74"
    transfer = shop.night(TUE)
    assert {**transfer.details} == {**report.next.details}
    shop.split(StockSplit.NONE)
    assert looked(shop, WED).accounts == []
