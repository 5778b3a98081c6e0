"""What one look at both systems comes to. Kept as JSON between looks, so a field that is added has a default.

All amounts are in the agreement's base currency; what raises the stock account is positive.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

import msgspec

from lagerbro.money import ZERO

DAYS: Final = 90
"""How many days the chart shows, today's among them."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An adjustment of ours that stands unbooked in a journal. `of` is the day whose adjustment it is."""

    entry: int
    voucher: int
    journal: int
    day: date
    of: date
    effect: Decimal
    is_touched: bool
    """Somebody has changed it: it counts as it stands and is left alone."""
    is_backfill: bool = False
    """A back-fill has made it: it counts and no run replaces it."""


class PartKind(StrEnum):
    """Where a part of the difference comes from. The order is that of the page."""

    DRAFT = "draft"
    OTHERS = "others"
    CHANGED = "changed"
    MADE = "made"
    DATED_BACK = "dated_back"
    REGROUPED = "regrouped"
    MOVED = "moved"
    LEFT = "left"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the difference between stock value and booked balance; all of them with the remainder make it.

    DRAFT: a draft of ours. OTHERS: an entry of somebody else's that the latest run had not seen, so its amount with the
    other sign; `count` of them where they are too many to name. CHANGED: what has become of our adjustment of `day`
    since: booked or standing with another amount, or gone. MADE: one of a day that the run left none of, made since,
    with the other sign. DATED_BACK: how much higher Rackbeat values the run's own day now than then. REGROUPED: what
    has come to the account from others, or gone to them, since the settings were changed. MOVED: what has been moved
    since that day. LEFT: what that run did not post.
    """

    kind: PartKind
    amount: Decimal
    day: date | None = None
    voucher: int = 0
    journal: int = 0
    text: str = ""
    count: int = 1
    is_touched: bool = False


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Of a difference. `since` is the day of the run that it is told from; None where none has been."""

    difference: Decimal
    since: date | None
    parts: list[Part]

    @property
    def remainder(self) -> Decimal:
        """What no part accounts for."""
        return self.difference - sum((part.amount for part in self.parts), start=ZERO)


class Voucher(msgspec.Struct, frozen=True, kw_only=True):
    """What the next run will do if nothing changes until then. `amount` is what its voucher says; 0.00: there is none.

    `code` is why none will be posted although there is a difference, a reason of `flows.stock_value`.
    """

    day: date
    amount: Decimal
    difference: Decimal
    standing: Decimal
    """What our drafts of earlier periods, and those that somebody has touched, already say."""
    replaces: Draft | None = None
    withdraws: list[Draft] = []
    code: str = ""
    details: dict[str, str] = {}


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What the next run will also post for a day of an earlier period, whose draft somebody has changed since."""

    day: date
    amount: Decimal


class BalanceDay(msgspec.Struct, frozen=True, array_like=True):
    """What is booked at the end of a day, and what our drafts until then would add."""

    day: date
    booked: Decimal
    drafts: Decimal


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Goods that are in the stock value, and whose supplier invoice is not booked in Rackbeat yet (C10)."""

    amount: Decimal
    orders: list[int]
    is_whole: bool
    """False where there are more orders than are looked at."""


class AccountFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What a stock account holds, what it should hold, and what the next run does about it."""

    account: int
    contra: int
    value: Decimal
    booked: Decimal
    drafts: list[Draft]
    explanation: Explanation
    next: Voucher | None
    balances: list[BalanceDay]
    corrections: list[Correction] = []
    """In the order of their days; `next` counts them as made."""


class AccountReport(AccountFigures, frozen=True, kw_only=True):
    """One of several stock accounts."""

    is_left: bool = False
    """It holds no part of the stock value any more, and the next run empties it."""

    @property
    def difference(self) -> Decimal:
        return self.explanation.difference

    def drafts_until(self, day: date) -> Decimal:
        """What our drafts come to that are dated until then."""
        return sum((draft.effect for draft in self.drafts if draft.day <= day), start=ZERO)


class StockReport(AccountFigures, frozen=True, kw_only=True):
    """One look, on `day`, at the ledger of the `epoch`. `choices_version` is of the settings that it was made by."""

    epoch: int
    choices_version: int
    day: date
    journal: int
    received: Received | None = None
    accounts: list[AccountReport] = []
    """Each of several stock accounts, the main one first; empty where there is one. All the rest is of all of them."""

    @property
    def vouchers(self) -> int:
        """How many the next run makes."""
        if not self.accounts:
            return int(self.next is not None and bool(self.next.amount))
        return sum(1 for one in self.accounts if one.next is not None and one.next.amount)

    @property
    def difference(self) -> Decimal:
        return self.explanation.difference

    @property
    def drafts_until_now(self) -> Decimal:
        """What our drafts come to that are dated today or before."""
        return sum((draft.effect for draft in self.drafts if draft.day <= self.day), start=ZERO)
