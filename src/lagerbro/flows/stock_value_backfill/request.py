"""Which days are asked for, one voucher for each or one for all, and in which parts that is done. Pure.

A part is a calendar month, or what is asked for of it: its vouchers are made together or not at all, and then the next
part follows. So a back-fill of any length goes on where it was whenever it is interrupted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from lagerbro.flows.refusals import REFUSED, PlanRefusal
from lagerbro.flows.stock_value.periods import month_of

DAYS_MAX: Final = 92
"""Of vouchers day by day; each day's value is a call to Rackbeat, which takes seven a second."""
RANGE_MAX: Final = 3660
"""Days of a range with one voucher: ten years."""
_KEY: Final = re.compile(r"(\d{8})-(\d{8})-(daily|single)/(\d{8})")


class Vouchers(StrEnum):
    """One voucher for each day whose value differs, or one for the whole range, dated its last day."""

    DAILY = "daily"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class BackfillRequest:
    first: date
    last: date
    vouchers: Vouchers

    def check(self, today: date) -> None:
        """Raises `PlanRefusal` for days that are no past days in order, or too many."""
        longest = DAYS_MAX if self.vouchers is Vouchers.DAILY else RANGE_MAX
        if not self.first <= self.last < today:
            raise PlanRefusal("stock_backfill_not_past", REFUSED, first=str(self.first), last=str(self.last))
        if (self.last - self.first).days >= longest:
            raise PlanRefusal("stock_backfill_too_long", REFUSED, count=str(longest))

    def parts(self) -> list[Part]:
        """In order."""
        if self.vouchers is Vouchers.SINGLE:
            return [Part(self, (self.last,))]
        parts, first = [], self.first
        while first <= self.last:
            last = min(month_of(first)[1], self.last)
            parts.append(Part(self, tuple(first + timedelta(days=n) for n in range((last - first).days + 1))))
            first = last + timedelta(days=1)
        return parts

    @property
    def prefix(self) -> str:
        """What the keys of its parts begin with."""
        return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}-{self.vouchers.value}/"


@dataclass(frozen=True, slots=True)
class Part:
    """Some days of a request, in order."""

    request: BackfillRequest
    days: tuple[date, ...]

    @property
    def key(self) -> str:
        """`20260115-20260320-daily/20260201`: the request and the part's first day."""
        return f"{self.request.prefix}{self.days[0]:%Y%m%d}"

    def following(self) -> Part | None:
        return next((part for part in self.request.parts() if part.days[0] > self.days[-1]), None)


def part_of(key: str) -> Part:
    """The part that the key names; raises `PlanRefusal`."""
    match = _KEY.fullmatch(key)
    try:
        if match is not None:
            first, last, day = (date.fromisoformat(match[group]) for group in (1, 2, 4))
            parts = BackfillRequest(first, last, Vouchers(match[3])).parts()
            return next(part for part in parts if part.days[0] == day)
    except (ValueError, StopIteration):
        pass
    raise PlanRefusal("stock_day_unusable", REFUSED)
