"""What a person does to a split's drafts at an awkward moment, with e-conomic's ledger as the oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import msgspec
import pytest

from lagerbro.flows.stock_value.unanswered import recognised
from tests.flows.stock_value.shop import OPENING, STOCK
from tests.flows.stock_value.split_shop import BIKES, OTHER_CONTRA, PARTS, SECOND, THIRD, SplitShop, open_split_shop
from tests.flows.stock_value.test_lost_answers import LOST, SENT, THEIRS, row, wait
from tests.flows.stock_value_backfill.asking import backfilled, request
from tests.world import Company

pytestmark = pytest.mark.django_db
MON, TUE, WED = (date(2026, 11, day) for day in (23, 24, 25))


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> SplitShop:
    shop = open_split_shop(company, monkeypatch)
    shop.worth = {BIKES: OPENING - 300_000, PARTS: D(300_000)}
    shop.split(g2=(SECOND, OTHER_CONTRA))
    shop.night(MON)
    shop.book_all()
    return shop


def expected(shop: SplitShop) -> dict[int, D | int | str]:
    return {STOCK: shop.worth[BIKES], SECOND: shop.worth[PARTS]}


@pytest.mark.parametrize("nth", [0, 1], ids=["the first pair's", "the second pair's"])
@pytest.mark.parametrize("away_s", [120, 7200], ids=["at once", "after e-conomic has forgotten the key"])
def test_another_text_while_an_answer_is_missing_is_seen_beside_the_other_pairs_mark(
    shop: SplitShop, nth: int, away_s: int
) -> None:
    """Both vouchers bear the same text: the one that stands says nothing of the other."""
    shop.company.systems.economic.faults.set(replace(LOST, skip=nth))
    shop.worth = {BIKES: shop.worth[BIKES] + 10, PARTS: D(300_020)}
    shop.run(TUE)
    entry = shop.drafts()[-1]["entryNumber"]
    shop.edit(entry, text=THEIRS)
    shop.company.systems.clock.sleep_s(away_s)
    wait(shop)
    assert [(one["account"], one["amount"]) for one in shop.drafts()] == [(STOCK, 10), (SECOND, 20)]
    shop.ties(expected(shop))
    shop.edit(entry, amount=D(4), date="2026-11-20T00:00:00")  # it is known by its number from now on
    shop.night(WED)
    shop.ties(expected(shop))


@pytest.mark.parametrize("text", [None, THEIRS], ids=["its mark stands", "its text is another"])
@pytest.mark.parametrize("side", ["accountNumber", "contraAccountNumber"])
def test_a_draft_that_is_moved_to_another_stock_account_counts_there(
    shop: SplitShop, side: str, text: str | None
) -> None:
    """As long as it is a draft, and when it is booked."""
    shop.worth[BIKES] += 10
    shop.run(TUE)
    (draft,) = shop.drafts()
    contra = {"accountNumber": 1310} if side == "contraAccountNumber" else {}
    shop.edit(draft["entryNumber"], **{**contra, side: SECOND}, **({"text": text} if text else {}))
    shop.night(WED)
    shop.ties(expected(shop))
    shop.book_all()
    shop.night(date(2026, 11, 26))
    shop.ties(expected(shop))
    assert shop.drafts() == []


@pytest.mark.parametrize(
    ("mark_on", "is_found"),
    [(STOCK, False), (SECOND, True), (THIRD, False)],
    ids=["its own account", "the other try's", "one that a person has moved it to"],
)
def test_a_mark_speaks_for_the_try_of_its_account(mark_on: int, *, is_found: bool) -> None:
    other = msgspec.structs.replace(SENT, accountNumber=SECOND, amount=D(20))
    marked = msgspec.structs.replace(row(2, text=SENT.text), accountNumber=mark_on)
    assert list(recognised([row(1), marked], [SENT, other], set())) == ([1] if is_found else [])


OCTOBER = date(2026, 10, 31)


@pytest.mark.parametrize("book", [False, True])
@pytest.mark.parametrize("others", ["0.00", "500.00"])
def test_a_second_back_fill_by_other_rows_takes_away_what_the_first_made(
    shop: SplitShop, others: str, *, book: bool
) -> None:
    """Of days that no night has been run on; what others had on the account stays."""
    if D(others):
        shop.post(OCTOBER, others, account=THIRD, contra=6110)
    shop.split(g2=(THIRD, None))
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    shop.ties({STOCK: shop.worth[BIKES], THIRD: shop.worth[PARTS]}, until=OCTOBER)
    if book:
        shop.book_all()
    shop.split(g2=(SECOND, OTHER_CONTRA))
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    assert [shop.total(OCTOBER, account) for account in (STOCK, SECOND, THIRD)] == [
        shop.worth[BIKES],
        shop.worth[PARTS],
        D(others),
    ]
    before = shop.drafts()
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    assert shop.drafts() == before
    shop.night(TUE)
    assert [shop.total(TUE, account) for account in (STOCK, SECOND, THIRD)] == [
        shop.worth[BIKES],
        shop.worth[PARTS],
        D(others),
    ]


@pytest.mark.parametrize("book", [False, True])
def test_what_a_back_fill_takes_away_is_given_back_on_the_next_day_that_was_measured_with_it(
    shop: SplitShop, *, book: bool
) -> None:
    shop.split(g2=(THIRD, None))
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    for day, pair in ((TUE, (THIRD, None)), (WED, (SECOND, OTHER_CONTRA))):
        shop.split(g2=pair)
        shop.night(day)
        if book:
            shop.book_all()
    assert backfilled(shop, request(OCTOBER, OCTOBER)).is_finished
    for until in (OCTOBER, WED, None):
        shop.ties({**expected(shop), THIRD: 0}, until=until)
    shop.night(date(2026, 11, 26))
    shop.ties({**expected(shop), THIRD: 0})


@pytest.mark.parametrize("book", [False, True])
def test_a_month_that_was_filled_by_other_rows_stays_so(shop: SplitShop, *, book: bool) -> None:
    """The nights after it looked at what had been run before, and put that back."""
    end = date(2026, 11, 30)
    shop.night(end)
    shop.split(g2=(THIRD, None))
    shop.night(date(2026, 12, 1))
    if book:
        shop.book_all()
    assert backfilled(shop, request(end, end)).is_finished
    for day in (2, 3):
        shop.night(date(2026, 12, day))
        for until in (end, None):
            shop.ties({STOCK: shop.worth[BIKES], SECOND: 0, THIRD: shop.worth[PARTS]}, until=until)
        if book and shop.drafts():
            shop.book_all()
