"""Whatever anybody books, edits or deletes of our drafts between any runs, booked balance and open drafts come to the
stock value after the next run (domain-rules H25)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lagerbro.flows.stock_value.plan import Adjustment, OwnDraft, adjust
from lagerbro.money import ZERO
from tests.flows.stock_value.shop import OPENING, Shop

FIRST = date(2026, 11, 20)
AMOUNTS = st.integers(-100_000, 100_000).map(lambda cents: Decimal(cents) / 100)


@dataclass(frozen=True)
class Night:
    """Days until the next run, the value then, and what a person does afterwards: the draft by its place, the deed."""

    days: int
    value: Decimal
    deeds: tuple[tuple[int, str, Decimal], ...]


NIGHTS = st.lists(
    st.builds(
        Night,
        st.integers(1, 12),
        AMOUNTS,
        st.lists(
            st.tuples(st.integers(0, 5), st.sampled_from(["book", "delete", "edit", "post", "nothing"]), AMOUNTS),
            max_size=3,
        ).map(tuple),
    ),
    min_size=1,
    max_size=12,
)


@dataclass
class Ledger:
    """The journal and the account as plain numbers: what `adjust` is applied to."""

    drafts: list[OwnDraft]
    booked: Decimal = ZERO
    next_entry: int = 1

    def apply(self, plan: Adjustment, day: date) -> None:
        for draft in plan.withdraw:
            self.drafts.remove(draft)
        if not plan.amount:
            return
        if plan.replace is not None:
            self.drafts.remove(plan.replace)
        self.drafts.append(OwnDraft(self.next_entry, day, plan.amount, is_unchanged=True))
        self.next_entry += 1

    def do(self, place: int, deed: str, amount: Decimal) -> None:
        if deed == "post":
            self.booked += amount
        elif self.drafts and deed != "nothing":
            draft = self.drafts.pop(place % len(self.drafts))
            if deed == "book":
                self.booked += draft.effect
            elif deed == "edit":
                self.drafts.append(replace(draft, effect=amount, is_unchanged=False))

    @property
    def total(self) -> Decimal:
        return self.booked + sum((draft.effect for draft in self.drafts), start=ZERO)


def live_through(nights: list[Night], rule: Callable[..., Adjustment]) -> None:
    """Let the nights pass by the rule and hold every one of them against what H25 says."""
    ledger, day = Ledger([]), FIRST
    for night in nights:
        day += timedelta(days=night.days)
        earlier = [draft for draft in ledger.drafts if (draft.day.year, draft.day.month) < (day.year, day.month)]
        touched = [draft for draft in ledger.drafts if not draft.is_unchanged]
        ledger.apply(rule(night.value, ledger.booked, ledger.drafts, day), day)
        assert ledger.total == night.value
        assert all(draft in ledger.drafts for draft in (*earlier, *touched))
        own = [
            one for one in ledger.drafts if one.is_unchanged and (one.day.year, one.day.month) == (day.year, day.month)
        ]
        assert len(own) <= 1
        for place, deed, amount in night.deeds:
            ledger.do(place, deed, amount)


@settings(max_examples=2000)
@given(NIGHTS)
def test_the_plan_comes_to_the_value_whatever_people_do(nights: list[Night]) -> None:
    live_through(nights, adjust)


def against_what_was_sent(value: Decimal, balance: Decimal, drafts: list[OwnDraft], day: date) -> Adjustment:
    """The difference to what all our vouchers say, booked or not, and a voucher more every night (C9b)."""
    sent = balance + sum((draft.effect for draft in drafts), start=ZERO)
    return Adjustment(value - sent, ZERO, None, (), ())


def across_a_period(value: Decimal, balance: Decimal, drafts: list[OwnDraft], day: date) -> Adjustment:
    """The draft of an earlier month is replaced too."""
    return adjust(value, balance, [replace(draft, day=day) for draft in drafts], day)


def over_an_edited_draft(value: Decimal, balance: Decimal, drafts: list[OwnDraft], day: date) -> Adjustment:
    """What somebody has changed is replaced."""
    return adjust(value, balance, [replace(draft, is_unchanged=True) for draft in drafts], day)


def without_the_earlier_ones(value: Decimal, balance: Decimal, drafts: list[OwnDraft], day: date) -> Adjustment:
    """Drafts of earlier periods are left and not counted."""
    return adjust(value, balance, [one for one in drafts if one.day.month == day.month], day)


@pytest.mark.parametrize(
    "defect", [against_what_was_sent, across_a_period, over_an_edited_draft, without_the_earlier_ones]
)
def test_each_planted_defect_is_caught(defect: Callable[..., Adjustment]) -> None:
    @settings(max_examples=2000, database=None, phases=[Phase.generate])
    @given(NIGHTS)
    def meets_it(nights: list[Night]) -> None:
        live_through(nights, defect)

    with pytest.raises((AssertionError, ValueError)):
        meets_it()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_the_flow_comes_to_the_value_whatever_people_do(shop: Shop, seed: int) -> None:
    random, day = Random(seed), date(2026, 11, 24)
    for _ in range(6):
        value = OPENING + Decimal(random.randrange(-50_000, 50_000)) / 100
        shop.run(day, value)
        shop.company.drain()  # a month's end that the routine asks for meanwhile comes first in the books
        assert (shop.total(), shop.total(day)) == (value, value), (seed, day)
        for _ in range(random.randrange(3)):
            meddle(shop, random, day)
        day += timedelta(days=random.randrange(1, 9))


def meddle(shop: Shop, random: Random, day: date) -> None:
    """What a bookkeeper may do with a draft of ours, or beside it."""
    drafts = shop.drafts()
    deed = random.choice(["book", "delete", "edit", "move", "turn", "retext", "post"])
    if deed == "post":
        shop.post(day, str(Decimal(random.randrange(-5000, 5000)) / 100))
        return
    if not drafts:
        return
    entry = random.choice(drafts)["entryNumber"]
    if deed == "book":
        shop.book(entry)
    elif deed == "delete":
        shop.delete(entry)
    elif deed == "edit":
        shop.edit(entry, amount=Decimal(random.randrange(-5000, 5000) or 1) / 100)
    elif deed == "move":
        shop.edit(entry, accountNumber=5830)
    elif deed == "turn":
        shop.edit(entry, accountNumber=1350, contraAccountNumber=5820)
    else:
        shop.edit(entry, text="Lagerregulering efter aftale")
