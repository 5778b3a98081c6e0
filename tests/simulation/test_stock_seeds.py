"""Some histories of the stock value in every test run; `make simulate SIZE=stock SEEDS=0-9999` lives through more.

And the oracle, proved: each defect, planted on purpose, is caught within some dozens of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lagerbro.books.choices import StockSplit
from lagerbro.flows.stock_value import day_accounts, flow
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.drafts import own_drafts
from lagerbro.flows.stock_value.plan import Adjustment
from lagerbro.flows.stock_value.valuing import valuation
from lagerbro.flows.stock_value.writing import write_adjustment
from lagerbro.flows.stock_value_backfill import position
from lagerbro.flows.stock_value_backfill.position import Position
from lagerbro.money import ZERO, rounded
from tests.flows.stock_value.shop import STOCK
from tests.flows.stock_value.split_shop import SECOND, THIRD
from tests.simulation.split_stock import lived_split
from tests.simulation.stock import lived_stock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
SEEDS = 60
Plant = Callable[[pytest.MonkeyPatch], None]


def test_short_histories() -> None:
    lived = [lived_stock(seed) for seed in range(25)]
    assert sum(one.crashes for one in lived) > 0
    assert sum(one.backfills for one in lived) > 0


def against_what_was_sent(patch: pytest.MonkeyPatch) -> None:
    """Each night's difference is to the value that was sent the night before, whatever has become of that (C9b)."""
    sent: list[Decimal] = []

    def adjust(value: Decimal, balance: Decimal, *_more: Any) -> Adjustment:
        amount = value - (sent[-1] if sent else balance)
        sent.append(value)
        return Adjustment(amount, ZERO, None, (), ())

    patch.setattr(flow, "adjust", adjust)


def replaced_across_a_period(patch: pytest.MonkeyPatch) -> None:
    for place in ("flow", "plan", "earlier_periods"):
        patch.setattr(f"lagerbro.flows.stock_value.{place}.are_same_period", lambda _one, _other: True)


def an_edited_draft_is_overwritten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        flow, "own_drafts", lambda *given: [replace(draft, is_unchanged=True) for draft in own_drafts(*given)]
    )


def an_opening_entry_is_counted_twice(patch: pytest.MonkeyPatch) -> None:
    def balance_at(entries: Sequence[Any], day: date) -> Decimal:
        return sum((one.amountInBaseCurrency for one in entries if one.date[:10] <= str(day)), start=ZERO)

    patch.setattr(flow, "balance_at", balance_at)
    patch.setattr(position, "balance_at", balance_at)


def a_back_fill_is_made_twice(patch: pytest.MonkeyPatch) -> None:
    """What stands of the first one in the journal is not looked at."""
    at: Any = Position._at
    patch.setattr(Position, "_at", lambda self, day, value: replace(at(self, day, value), drafts=ZERO))


def a_lost_entry_is_not_remembered(patch: pytest.MonkeyPatch) -> None:
    """One whose answer was lost is known by its text only."""
    patch.setattr("lagerbro.sync.work.Work.adopt", lambda _self, _step, _version, existing: existing)


def a_lost_entry_with_another_text_is_not_recognised(patch: pytest.MonkeyPatch) -> None:
    for place in ("stock_value.drafts", "stock_value.writing", "stock_value_backfill.flow"):
        patch.setattr(f"lagerbro.flows.{place}.recognised", lambda *_given: {})


PLANTS = (
    against_what_was_sent,
    replaced_across_a_period,
    an_edited_draft_is_overwritten,
    an_opening_entry_is_counted_twice,
    a_back_fill_is_made_twice,
    a_lost_entry_is_not_remembered,
    a_lost_entry_with_another_text_is_not_recognised,
)


SEEDS_OF: dict[Plant, tuple[int, int]] = {a_lost_entry_is_not_remembered: (45, 60)}
"""A rare one is looked for near where it is."""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_defect_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(*SEEDS_OF.get(plant, (0, SEEDS))):
        with monkeypatch.context() as patch:
            plant(patch)
            try:
                lived_stock(seed)
            except AssertionError:
                print(f"{plant.__name__} caught at seed {seed}")
                return
    pytest.fail(f"{plant.__name__} was not caught within {SEEDS} histories")


def test_short_split_histories() -> None:
    lived = [lived_split(seed) for seed in range(6)]
    assert {one.by for one in lived} == {StockSplit.GROUP, StockSplit.LOCATION}
    assert {one.is_steady for one in lived} == {True, False}


def a_pairs_voucher_is_posted_on_anothers_account(patch: pytest.MonkeyPatch) -> None:
    def write(work: Any, known: Any, accounts: StockAccounts, *more: Any) -> Any:
        is_second = accounts.account == SECOND
        return write_adjustment(work, known, replace(accounts, account=THIRD) if is_second else accounts, *more)

    patch.setattr(flow, "write_adjustment", write)


def the_main_account_gets_its_own_items_rounded(patch: pytest.MonkeyPatch) -> None:
    """And not what the other accounts leave of the total: an øre too much or too little now and then."""

    def parts(total: Decimal, by_account: Mapping[int, Decimal], accounts: Sequence[int]) -> dict[int, Decimal]:
        main, *others = accounts
        held = {account: by_account.get(account, ZERO) for account in others}
        rest = total - sum(held.values(), start=ZERO)
        return {account: rounded(amount) for account, amount in {main: rest, **held}.items()}

    patch.setattr(valuation, "parts_of", parts)


def an_account_that_is_left_keeps_its_stock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(day_accounts, "_left", lambda *_given: ())


def only_the_main_accounts_drafts_are_counted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(flow, "own_drafts", lambda *given: own_drafts(*given) if given[2] == STOCK else [])


@pytest.mark.parametrize(
    "plant",
    [
        a_pairs_voucher_is_posted_on_anothers_account,
        the_main_account_gets_its_own_items_rounded,
        an_account_that_is_left_keeps_its_stock,
        only_the_main_accounts_drafts_are_counted,
    ],
    ids=lambda plant: plant.__name__,
)
def test_a_defect_planted_in_the_split_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(SEEDS):
        with monkeypatch.context() as patch:
            plant(patch)
            try:
                lived_split(seed)
            except AssertionError:
                print(f"{plant.__name__} caught at seed {seed}")
                return
    pytest.fail(f"{plant.__name__} was not caught within {SEEDS} histories")
