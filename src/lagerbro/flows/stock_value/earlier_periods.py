"""Days of earlier periods whose drafts somebody has changed, moved or deleted since they were looked at.

Each is looked at again, so that its period ends with its own value (domain-rules H25). Inside the agreement's scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import date
from decimal import Decimal

from lagerbro.agreements.models import Agreement
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import day_booked
from lagerbro.flows.stock_value.known import KIND
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value.periods import are_same_period, month_of
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value_days.days import SeenByRun, latest_run
from lagerbro.money import ZERO
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer


def own_days(open_days: Set[date], drafts: Iterable[OwnDraft], booked: Iterable[AccountEntry]) -> set[date]:
    """The days on which something of ours stands, stood when we last looked, or is booked."""
    booked_days = {day_booked(entry) for entry in booked if adjusted_day(entry.text) is not None}
    return {*open_days, *(draft.day for draft in drafts), *booked_days}


def days_left(agreement: Agreement, account: int, until: date) -> Set[date]:
    """The days of the drafts that the latest run left."""
    seen = latest_run(agreement, account, until)
    return set(seen.standing) if seen is not None else set()


def changed_days(
    agreement: Agreement,
    account: int,
    ends: Iterable[date],
    booked: Sequence[AccountEntry],
    drafts: Sequence[OwnDraft],
) -> set[date]:
    """The latest day that was looked at of each period with such an end, where that has changed since."""
    changed = set()
    for end in ends:
        seen = latest_run(agreement, account, end)
        if seen is not None and are_same_period(seen.day, end) and has_changed(seen, booked, drafts):
            changed.add(seen.day)
    return changed


def ends_before(day: date, days: Iterable[date]) -> set[date]:
    """The last days of the periods before the day's own that these days are of."""
    return {month_of(one)[1] for one in days if one < day} - {month_of(day)[1]}


def without_stopped(days: Set[date]) -> list[date]:
    """Those that a run may look at again, in order: one that waits for a person is left to them."""
    stopped = Transfer.in_scope.filter(kind=KIND, key__in=map(str, days), state__in=STOPPED)
    return sorted(days - {date.fromisoformat(key) for key in stopped.values_list("key", flat=True)})


def has_changed(seen: SeenByRun, booked: Iterable[AccountEntry], drafts: Iterable[OwnDraft]) -> bool:
    """Whether something of ours that a run left standing neither stands nor is booked as it was.

    Each by the day that it is of, for two changes may make up for one another in their sum and not in the ledger: one
    draft went to another period, and the other, reworded, was booked as if it were somebody's own.
    """
    found: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for draft in drafts:
        if draft.day <= seen.day:
            found[draft.of] += draft.effect
    for entry in booked:
        of = adjusted_day(entry.text)
        if of is not None and entry.entryNumber > seen.newest_entry and day_booked(entry) <= seen.day:
            found[of] += entry.amountInBaseCurrency
    return {of: effect for of, effect in found.items() if effect} != {
        of: effect for of, effect in seen.standing.items() if effect
    }
