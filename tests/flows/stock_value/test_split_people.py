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
