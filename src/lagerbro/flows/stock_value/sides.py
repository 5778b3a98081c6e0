"""One stock account in a run of a day, and what is told of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.plan import Adjustment, OwnDraft
from lagerbro.flows.stock_value_days.days import UNFINISHED
from lagerbro.money import ZERO

OPENING: Final = "stock_opening_difference"
ACCOUNTS_NAMED_MAX: Final = 120
"""Letters of a detail in which accounts are named."""


@dataclass
class Side:
    """One stock account at the day: what it should come to, and what is booked on it."""

    accounts: StockAccounts
    value: Decimal
    booked: list[AccountEntry]
    balance: Decimal
    drafts: list[OwnDraft]
    version: int | None = None
    """The settings by which the account holds a part of the stock value, or held one."""
    earlier_version: int | None = UNFINISHED
    """The same as an earlier run of the day has noted it, until this one has written."""
    is_left: bool = False
    """It holds none any more: it is brought to nothing, or only our drafts on it are, where it was never accepted."""
    plan: Adjustment | None = None
    """None where a later day holds what this one would say."""

    @property
    def amount(self) -> Decimal:
        """What its voucher has to say; 0.00 where it needs none."""
        return ZERO if self.plan is None else self.plan.amount

    def written_after(self) -> int:
        """Its place among the writes: entries that are new, entries that are replaced, what is only taken away."""
        if not self.amount:
            return 2
        return 0 if self.plan is None or self.plan.replace is None else 1


def opening_details(sides: Iterable[Side]) -> dict[str, str]:
    """What is asked about the first difference: of all accounts that have one."""
    asked = list(sides)
    return {
        "account": ", ".join(str(side.accounts.account) for side in asked)[:ACCOUNTS_NAMED_MAX],
        "stock": str(sum((side.value for side in asked), start=ZERO)),
        "balance": str(sum((side.balance for side in asked), start=ZERO)),
        "difference": str(sum((side.amount for side in asked), start=ZERO)),
    }


def measures(sides: list[Side]) -> dict[str, str]:
    """What the day was measured by, over all accounts."""
    standing = sum((side.plan.standing for side in sides if side.plan is not None), start=ZERO)
    return {
        "stock": str(sum((side.value for side in sides), start=ZERO)),
        "balance": str(sum((side.balance for side in sides), start=ZERO)),
        "drafts": str(standing),
    }


def taken_away(sides: Sequence[Side], day: date) -> Set[int]:
    """Entries that say nothing of their own day any more: they were deleted, or say this one's from now on."""
    plans = [side.plan for side in sides if side.plan is not None]
    deleted = {draft.entry for plan in plans for draft in plan.withdraw}
    return deleted | {plan.replace.entry for plan in plans if plan.replace is not None and plan.replace.of != day}
