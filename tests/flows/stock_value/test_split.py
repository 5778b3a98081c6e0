"""The stock value split by product group or location onto several account pairs (decision 0033), with e-conomic's
ledger as the oracle: every account and our drafts on it come to its part, and the parts to Rackbeat's total."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from random import Random
from typing import Any

import pytest

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import StockSplit
from lagerbro.sync.models import TransferState
from tests.flows.stock_value.shop import CONTRA, OPENING, STOCK
from tests.flows.stock_value.split_shop import (
    BIKES,
    CLOTHES,
    OTHER_CONTRA,
    PARTS,
    SECOND,
    THIRD,
    ZERO,
    SplitShop,
    open_split_shop,
)
from tests.flows.stock_value_backfill.asking import backfilled, request
from tests.world import Company

pytestmark = pytest.mark.django_db
MON, TUE, WED, THU = (date(2026, 11, day) for day in (23, 24, 25, 26))
PAIR, PAIR_3 = (SECOND, OTHER_CONTRA), (THIRD, None)


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> SplitShop:
    shop = open_split_shop(company, monkeypatch)
    shop.worth = {BIKES: D("1000000.00"), PARTS: D("300000.00"), CLOTHES: D("108304.74")}
    assert shop.everything == OPENING
    return shop


def test_without_a_split_nothing_is_asked_and_nothing_changes(shop: SplitShop) -> None:
    transfer = shop.night(MON, g2="300100.00")
    assert shop.amounts() == [D("100.00")]
    asked = [call for call in shop.company.calls(transfer) if "/api/" in call]
    assert asked == ["GET /api/revenue-orders"]  # the currency, once; the shop answers for the report itself
    shop.ties({STOCK: shop.everything})


def test_each_group_with_a_row_has_its_accounts_and_the_rest_is_the_main_pair(shop: SplitShop) -> None:
    shop.night(MON)
    shop.split(g2=PAIR, g3=PAIR_3)
    transfer = shop.night(TUE, g1="1000000.01")
    shop.ties({STOCK: "1000000.01", SECOND: "300000.00", THIRD: "108304.74"})
    pairs = {(row["account"], row["contraAccount"]): row["amount"] for row in shop.drafts()}
    assert pairs == {
        (STOCK, CONTRA): D("-408304.73"),
        (SECOND, OTHER_CONTRA): D("300000.00"),
        (THIRD, CONTRA): D("108304.74"),
    }
    assert len({row["voucher"] for row in shop.drafts()}) == 3  # a voucher for each pair
    assert (transfer.state, transfer.details["amount"]) == (TransferState.DRAFTED, "0.01")


def test_two_rows_with_the_same_accounts_are_one_sum(shop: SplitShop) -> None:
    shop.split(g2=PAIR, g3=PAIR)
    shop.night(MON)
    shop.ties({STOCK: "1000000.00", SECOND: "408304.74"})
    assert len(shop.drafts()) == 2
    shop.night(TUE, g3="8304.74")
    shop.ties({STOCK: "1000000.00", SECOND: "308304.74"})


def test_a_row_on_the_main_account_belongs_to_the_rest(shop: SplitShop) -> None:
    shop.split(g2=(STOCK, None), g3=PAIR_3)
    shop.night(MON)
    shop.ties({STOCK: "1300000.00", THIRD: "108304.74"})


def test_a_new_group_and_an_item_without_a_group_are_the_rest(shop: SplitShop) -> None:
    shop.split(g2=PAIR)
    shop.night(MON)
    shop.night(TUE, g9="17.25")
    shop.ties({STOCK: OPENING - 300_000 + D("17.25"), SECOND: "300000.00"})


@pytest.mark.parametrize("book", [False, True])
def test_a_group_that_moves_leaves_nothing_on_its_old_account(shop: SplitShop, *, book: bool) -> None:
    shop.split(g2=PAIR, g3=PAIR_3)
    shop.night(MON)
    if book:
        shop.book_all()
    shop.split(g2=PAIR_3)
    shop.night(TUE)
    shop.ties({STOCK: "1000000.00", SECOND: 0, THIRD: "408304.74"})
    shop.book_all()
    shop.night(WED)
    shop.ties({STOCK: "1000000.00", SECOND: 0, THIRD: "408304.74"})
    assert shop.drafts() == []


def test_an_account_that_was_left_is_let_alone_once_it_is_empty(shop: SplitShop) -> None:
    shop.split(g2=PAIR)
    shop.night(MON)
    shop.book_all()
    shop.split(g2=None)
    shop.night(TUE)
    shop.book_all()
    shop.night(WED)
    shop.post(WED, "500.00", account=SECOND, contra=6110)
    shop.night(THU)
    assert (shop.drafts(), shop.total(account=SECOND)) == ([], D("500.00"))


def test_an_account_that_was_chosen_by_mistake_keeps_what_others_have_on_it(shop: SplitShop) -> None:
    """The drafts of a night go; what stood there before is nobody's stock."""
    shop.post(MON, "5000.00", account=SECOND, contra=6110)
    shop.split(g2=PAIR)
    shop.night(MON)
    assert shop.total(account=SECOND) == D("300000.00")
    shop.split(g2=PAIR_3)
    shop.night(TUE)
    assert shop.total(account=SECOND) == D("5000.00")
    assert shop.total(account=THIRD) == D("300000.00")
    shop.night(WED)
    assert shop.total(account=SECOND) == D("5000.00")


@pytest.mark.parametrize("book", [False, True])
def test_switched_on_and_off_and_on_again(shop: SplitShop, *, book: bool) -> None:
    day = MON
    for by in (StockSplit.GROUP, StockSplit.NONE, StockSplit.GROUP, StockSplit.NONE):
        shop.split(by) if by is StockSplit.NONE else shop.split(by, g2=PAIR, g3=PAIR_3)
        shop.night(day)
        if by is StockSplit.NONE:
            shop.ties({STOCK: shop.everything, SECOND: 0, THIRD: 0})
        else:
            shop.ties({STOCK: "1000000.00", SECOND: "300000.00", THIRD: "108304.74"})
        if book:
            shop.book_all()
        day += timedelta(days=1)


def test_the_first_difference_of_each_pair_is_asked_about(shop: SplitShop) -> None:
    shop.night(MON)
    shop.company.decide(stock_post_opening=False)
    shop.split(g2=PAIR, g3=PAIR_3)
    transfer = shop.night(TUE)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "stock_opening_difference")
    assert transfer.details["account"] == f"{SECOND}, {THIRD}"
    assert transfer.details["difference"] == "408304.74"
    assert shop.drafts() == []  # not half of it either
    shop.post(TUE, "300000.00", account=SECOND, contra=STOCK)
    shop.post(TUE, "108304.74", account=THIRD, contra=STOCK)
    assert shop.night(TUE).code == "stock_unchanged"
    shop.ties({STOCK: "1000000.00", SECOND: "300000.00", THIRD: "108304.74"})


def test_the_answer_posts_them_all(shop: SplitShop) -> None:
    shop.company.decide(stock_post_opening=False)
    shop.split(g2=PAIR)
    assert shop.night(MON).code == "stock_opening_difference"
    shop.company.decide(stock_post_opening=True)
    assert shop.night(MON).state == TransferState.DRAFTED
    shop.ties({STOCK: OPENING - 300_000, SECOND: "300000.00"})


@pytest.mark.parametrize("skip", [False, True])
def test_negative_stock_counts_by_choice_on_the_account_that_has_it(shop: SplitShop, *, skip: bool) -> None:
    shop.company.decide(stock_skip_negative=skip)
    shop.split(g2=PAIR)
    shop.negative = {PARTS: D("-40.00"), CLOTHES: D("-2.50")}
    shop.night(MON)
    left = {PARTS: ZERO, CLOTHES: ZERO} if skip else shop.negative
    shop.negative = left
    shop.ties({STOCK: D("1108304.74") + left[CLOTHES], SECOND: D(300_000) + left[PARTS]})


def test_rounding_never_makes_the_parts_differ_from_the_total(shop: SplitShop) -> None:
    shop.worth = {BIKES: D("10.005"), PARTS: D("10.005"), CLOTHES: D("10.00499999")}
    shop.split(g2=PAIR, g3=PAIR_3)
    shop.night(MON)
    parts = [shop.total(account=account) for account in (STOCK, SECOND, THIRD)]
    assert sum(parts) == D("30.01")
    assert parts[1:] == [D("10.01"), D("10.00")]


def test_by_location_what_lies_within_one_goes_with_it(shop: SplitShop) -> None:
    shop.inside = {CLOTHES: PARTS}
    shop.split(StockSplit.LOCATION, g2=PAIR)
    shop.night(MON)
    shop.ties({STOCK: "1000000.00", SECOND: "408304.74"})
    shop.split(StockSplit.LOCATION, g3=PAIR_3)
    shop.night(TUE)
    shop.ties({STOCK: "1000000.00", SECOND: "300000.00", THIRD: "108304.74"})


def test_from_groups_to_locations_and_back(shop: SplitShop) -> None:
    shop.split(g2=PAIR)
    shop.night(MON)
    shop.split(StockSplit.LOCATION, g3=PAIR_3)
    shop.night(TUE)
    shop.ties({STOCK: "1300000.00", SECOND: 0, THIRD: "108304.74"})
    shop.split(StockSplit.GROUP)
    shop.night(WED)
    shop.ties({STOCK: OPENING - 300_000, SECOND: "300000.00", THIRD: 0})


def test_too_many_locations_are_refused(shop: SplitShop) -> None:
    shop.worth |= {number: D(1) for number in range(100, 170)}
    shop.inside = dict.fromkeys(range(100, 170), PARTS)
    shop.split(StockSplit.LOCATION, g2=PAIR)
    transfer = shop.night(MON)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "stock_split_too_wide")
    assert shop.drafts() == []
    shop.inside = {}
    assert shop.night(MON).state == TransferState.DRAFTED


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"g2": (SECOND, CONTRA), "g3": (SECOND, OTHER_CONTRA)}, "stock_contra_differs"),
        ({"g2": (STOCK, OTHER_CONTRA)}, "stock_contra_differs"),
        ({"g2": (SECOND, STOCK)}, "stock_contra_is_stock"),
        ({"g2": (SECOND, THIRD), "g3": PAIR_3}, "stock_contra_is_stock"),
        ({"g2": (CONTRA, OTHER_CONTRA)}, "stock_contra_is_stock"),
    ],
)
def test_accounts_that_could_not_tie_are_refused(shop: SplitShop, rows: Any, code: str) -> None:
    shop.split(**rows)
    transfer = shop.night(MON)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, code)
    assert shop.drafts() == []
    answers: dict[str, Any] = {**dict.fromkeys(rows), "g2": PAIR}
    shop.split(**answers)
    assert shop.night(MON).state == TransferState.DRAFTED


def test_a_month_that_has_ended_keeps_the_accounts_that_it_was_run_with(shop: SplitShop) -> None:
    """A draft of November is deleted in December, after the split: November is mended on its own account."""
    shop.night(date(2026, 11, 30), g1="1000500.00")
    (draft,) = shop.drafts()
    shop.split(g2=PAIR)
    shop.delete(draft["entryNumber"])
    shop.night(date(2026, 12, 1))
    shop.ties({STOCK: D("1108804.74"), SECOND: "300000.00"})
    assert shop.total(date(2026, 11, 30)) == shop.everything
    assert shop.total(date(2026, 11, 30), SECOND) == ZERO


def test_own_entries_are_booked_by_their_numbers_on_every_account(shop: SplitShop) -> None:
    shop.company.decide(stock_book=True)
    shop.split(g2=PAIR, g3=PAIR_3)
    shop.night(MON)
    assert shop.drafts() == []
    assert [shop.booked(account=one) for one in (STOCK, SECOND, THIRD)] == [1_000_000, 300_000, D("108304.74")]


@pytest.mark.parametrize("seed", range(10))
def test_every_account_ties_whatever_is_chosen_and_whatever_people_do(shop: SplitShop, seed: int) -> None:
    random, day, used = Random(seed), MON, set[int]()
    for _ in range(7):
        choose(shop, random)
        for group in (BIKES, PARTS, CLOTHES):
            shop.worth[group] += D(random.randrange(-500_000, 500_000)) / 100
        shop.night(day)
        expected = parts(shop)
        used |= set(expected)
        shop.ties({account: expected.get(account, ZERO) for account in used})
        meddle(shop, random)
        day += timedelta(days=random.randrange(1, 9))


def choose(shop: SplitShop, random: Random) -> None:
    deed = random.choice(["same", "rows", "rows", "by", "off"])
    if deed == "off":
        shop.split(StockSplit.NONE)
    elif deed != "same":
        by = random.choice([StockSplit.GROUP, StockSplit.LOCATION]) if deed == "by" else StockSplit.GROUP
        options = [None, PAIR, PAIR_3, (STOCK, None)]
        shop.split(by, **{f"g{number}": random.choice(options) for number in (BIKES, PARTS, CLOTHES)})


def parts(shop: SplitShop) -> dict[int, D]:
    """What each account should come to, worked out from the settings alone."""
    with agreement_scope(shop.company.agreement.pk):
        choices = choices_of(shop.company.agreement)
    found = {STOCK: ZERO}
    for number, amount in shop.worth.items():
        account = choices.stock_split_accounts.get(f"{choices.stock_split.value}.{number}.stock", STOCK)
        found[account] = found.get(account, ZERO) + amount
    return found


def meddle(shop: SplitShop, random: Random) -> None:
    """What a bookkeeper may do with a draft of ours, or beside it, on an account that holds stock."""
    drafts = shop.drafts()
    deed = random.choice(["book", "book_all", "delete", "edit", "post", "nothing"])
    if deed == "post":
        shop.post(MON, str(D(random.randrange(-5000, 5000)) / 100), account=STOCK)
    elif deed == "book_all" and drafts:
        shop.book_all()
    elif drafts and deed != "nothing":
        entry = random.choice(drafts)["entryNumber"]
        if deed == "book":
            shop.book(entry)
        elif deed == "delete":
            shop.delete(entry)
        elif deed == "edit":
            shop.edit(entry, amount=D(random.randrange(1, 5000)) / 100)


OCTOBER = date(2026, 10, 31)


def test_a_backfill_splits_past_days_by_todays_rows(shop: SplitShop) -> None:
    shop.night(MON)
    shop.split(g2=PAIR)
    shop.night(TUE)
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    shop.ties({STOCK: OPENING - 300_000, SECOND: "300000.00"}, until=OCTOBER)
    shop.ties({STOCK: OPENING - 300_000, SECOND: "300000.00"})
    before = shop.drafts()
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    assert shop.drafts() == before  # a second one writes nothing


@pytest.mark.parametrize("book", [False, True])
def test_a_backfill_takes_away_what_an_account_held_that_is_not_split_onto_any_more(
    shop: SplitShop, *, book: bool
) -> None:
    """What was posted on Monday on an account of its own is moved to the main one for that day, too."""
    shop.split(g2=PAIR)
    shop.night(MON)
    if book:
        shop.book_all()
    shop.split(StockSplit.NONE)
    shop.night(WED)
    assert backfilled(shop, request(MON, TUE)).is_finished
    for until in (MON, TUE, None):
        shop.ties({STOCK: OPENING, SECOND: 0}, until=until)
