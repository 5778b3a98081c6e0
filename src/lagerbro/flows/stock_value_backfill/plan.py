"""What has to be posted so that past days come to their values: a chain, each day built on the one before. Pure.

A later day of ours was measured without it, so what is added is taken back on the next day that has an adjustment of
ours: from there on everything is as it was (domain-rules H26).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.money import ZERO


@dataclass(frozen=True, slots=True)
class PastDay:
    """What Rackbeat says of the end of a day, what is booked until then, and what our drafts until then say."""

    day: date
    value: Decimal
    booked: Decimal
    drafts: Decimal


@dataclass(frozen=True, slots=True)
class PlannedVoucher:
    """`past_day` is what its amount was worked out from. Without it the voucher is of none of the days that were asked
    for: it takes back, on the next day of ours after them, what was added."""

    accounts: StockAccounts
    day: date
    amount: Decimal
    past_day: PastDay | None = None

    @property
    def takes_back(self) -> bool:
        return self.past_day is None


def plan_days(
    accounts: StockAccounts, days: Sequence[PastDay], next_adjusted: date | None, minimum: Decimal = ZERO
) -> list[PlannedVoucher]:
    """The vouchers that bring each of the days to its value, by day; days that are right have none. `next_adjusted` is
    the next day after them that has an adjustment of ours, booked or not."""
    made: list[PlannedVoucher] = []
    added = ZERO
    for past in sorted(days, key=lambda one: one.day):
        amount = past.value - past.booked - past.drafts - added
        if amount and abs(amount) >= minimum:
            made.append(PlannedVoucher(accounts, past.day, amount, past))
            added += amount
    if added and next_adjusted is not None:
        made.append(PlannedVoucher(accounts, next_adjusted, -added))
    return made
