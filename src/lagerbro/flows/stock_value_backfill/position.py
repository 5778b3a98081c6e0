"""One stock account as it stands: what is booked on it, and our drafts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.balance import balance_at, day_booked
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value_backfill.plan import PastDay, PlannedVoucher, plan_days
from lagerbro.money import ZERO


@dataclass(frozen=True, slots=True)
class Position:
    """`entries` are all that are booked on the account until now."""

    accounts: StockAccounts
    entries: Sequence[AccountEntry]
    drafts: Sequence[OwnDraft]

    def planned(self, values: Mapping[date, Decimal], minimum: Decimal) -> list[PlannedVoucher]:
        """What brings the account to these values of the days."""
        days = [self._at(day, value) for day, value in values.items()]
        return plan_days(self.accounts, days, self._next_adjusted(max(values)), minimum)

    def with_vouchers(self, vouchers: Iterable[PlannedVoucher]) -> Position:
        """As it will be when they have been made."""
        made = [OwnDraft(0, one.day, one.amount, is_unchanged=False, is_backfill=True) for one in vouchers]
        return replace(self, drafts=[*self.drafts, *made])

    def _at(self, day: date, value: Decimal) -> PastDay:
        standing = sum((draft.effect for draft in self.drafts if draft.day <= day), start=ZERO)
        return PastDay(day, value, balance_at(self.entries, day), standing)

    def _next_adjusted(self, after: date) -> date | None:
        booked = (day_booked(entry) for entry in self.entries if adjusted_day(entry.text) is not None)
        drafted = (draft.day for draft in self.drafts if draft.effect)
        return min((day for day in (*booked, *drafted) if day > after), default=None)
