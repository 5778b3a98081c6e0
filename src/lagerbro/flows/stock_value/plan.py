"""What is to be done with the journal so that booked balance and our drafts come to the stock value. Pure.

Our drafts of earlier accounting periods stay and count; of the day's own period one is left, replaced by what is right
now; what a person has touched, and what a back-fill has made, is left alone and counts as it stands (domain-rules H25,
H26, C9b).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.flows.stock_value.periods import are_same_period
from lagerbro.money import ZERO


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """An adjustment of ours that is not booked. `effect` is what it does to the stock account when it is;
    `is_unchanged`: it still says what we wrote of a night, and nobody else has touched it; `marked_day` is the day
    that its text names, where a person has given it another date."""

    entry: int
    day: date
    effect: Decimal
    is_unchanged: bool
    marked_day: date | None = None
    is_backfill: bool = False

    @property
    def of(self) -> date:
        """The day whose adjustment it is."""
        return self.marked_day or self.day

    @property
    def is_touched(self) -> bool:
        """Whether somebody has changed it, or nobody can tell that it is as we made it."""
        return not (self.is_unchanged or self.is_backfill)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`amount` is what the day's voucher has to say (0.00: none is needed), `standing` what our other drafts say.
    `replace` is the draft that says it from now on, None where one is to be made; `withdraw` are to be deleted;
    `touched` are those that somebody has changed."""

    amount: Decimal
    standing: Decimal
    replace: OwnDraft | None
    withdraw: tuple[OwnDraft, ...]
    touched: tuple[OwnDraft, ...]


def adjust(
    value: Decimal,
    balance: Decimal,
    drafts: Sequence[OwnDraft],
    day: date,
    minimum: Decimal = ZERO,
) -> Adjustment:
    """The adjustment of the day. `balance` is what is booked at that day; drafts that are dated later do not count."""
    until = [draft for draft in drafts if draft.day <= day]
    own_period = [draft for draft in until if draft.is_unchanged and are_same_period(draft.day, day)]
    counted = [draft for draft in until if draft not in own_period]
    standing = sum((draft.effect for draft in counted), start=ZERO)
    amount = value - balance - standing
    if abs(amount) < minimum:
        amount = ZERO
    newest = sorted(own_period, key=lambda draft: (draft.day, draft.entry))
    replaced = newest.pop() if amount and newest else None
    touched = tuple(draft for draft in counted if draft.is_touched)
    return Adjustment(amount, standing, replaced, tuple(newest), touched)


def left_by(plan: Adjustment, drafts: Sequence[OwnDraft], day: date) -> list[OwnDraft]:
    """The drafts of ours that stand when the plan has been carried out."""
    gone = {draft.entry for draft in (*plan.withdraw, plan.replace) if draft is not None}
    made = [OwnDraft(0, day, plan.amount, is_unchanged=True)] if plan.amount else []
    return [draft for draft in drafts if draft.entry not in gone] + made


def is_overtaken(adjusted: Iterable[date], day: date) -> bool:
    """Whether a later day of the same period has been adjusted since: what this one would say is said there."""
    return any(later > day and are_same_period(later, day) for later in adjusted)
