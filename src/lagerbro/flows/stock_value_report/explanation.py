"""Why stock value and booked balance differ: parts that add up to the difference, to the øre. Pure.

The latest run left a state whose parts are known: value = booked + our drafts + what it left on purpose. Since then
entries have been booked, drafts have changed and goods have moved, and each of these is a part (docs/decisions 0029).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import counting, day_booked
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value_days.days import SeenByRun
from lagerbro.flows.stock_value_report.report import Draft, Explanation, Part, PartKind
from lagerbro.money import ZERO

NAMED_MAX: Final = 50
"""Entries of others that are named one by one; the earlier ones are told as one sum."""


@dataclass(frozen=True, slots=True)
class PresentState:
    """What a look found. `entries` are those on the account until `day`; `value_at_run` is what Rackbeat says today of
    the day of the latest run, split as that run split it, and counts only where there was one; `regrouped` is how much
    more of it the account has as it is split now."""

    day: date
    value: Decimal
    value_at_run: Decimal
    entries: Sequence[AccountEntry]
    drafts: Sequence[Draft]
    regrouped: Decimal = ZERO


def explain(now: PresentState, then: SeenByRun | None) -> Explanation:
    """The parts in the order of the page. Those of 0.00 are left out."""
    counted = counting(now.entries)
    booked = _sum(entry.amountInBaseCurrency for entry in counted)
    drafts = [draft for draft in now.drafts if draft.day <= now.day]
    fresh, gone = _booked_since(now.entries, counted, then)
    parts = [
        *(_of_draft(draft) for draft in drafts),
        *_of_others(fresh, gone),
        *_of_ours(drafts, fresh, then),
        *_of_rackbeat(now, then),
    ]
    return Explanation(
        difference=now.value - booked,
        since=then.day if then else None,
        parts=[part for part in parts if part.amount],
    )


def _booked_since(
    entries: Sequence[AccountEntry], counted: Sequence[AccountEntry], then: SeenByRun | None
) -> tuple[list[AccountEntry], list[AccountEntry]]:
    """Which entries count now that the run did not count, and which counted then and do not any more: an opening entry
    counts only while nothing is dated before it."""
    before = counting(entry for entry in entries if then is not None and _was_seen(entry, then))
    known, counts = {entry.entryNumber for entry in before}, {entry.entryNumber for entry in counted}
    fresh = [entry for entry in counted if entry.entryNumber not in known]
    return fresh, [entry for entry in before if entry.entryNumber not in counts]


def _was_seen(entry: AccountEntry, then: SeenByRun) -> bool:
    return entry.entryNumber <= then.newest_entry and day_booked(entry) <= then.day


def _of_draft(draft: Draft) -> Part:
    return Part(
        kind=PartKind.DRAFT,
        amount=draft.effect,
        day=draft.day,
        voucher=draft.voucher,
        journal=draft.journal,
        is_touched=draft.is_touched,
    )


def _of_others(fresh: Iterable[AccountEntry], gone: Iterable[AccountEntry]) -> Iterator[Part]:
    """What others have booked lowers the difference by as much as it raises the balance. The latest first."""
    parts = [_of_entry(entry, -1) for entry in fresh if adjusted_day(entry.text) is None]
    parts += [_of_entry(entry, 1) for entry in gone]
    parts.sort(key=lambda part: (part.day or date.min, part.voucher), reverse=True)
    yield from parts[:NAMED_MAX]
    rest = parts[NAMED_MAX:]
    if rest:
        yield Part(kind=PartKind.OTHERS, amount=_sum(part.amount for part in rest), count=len(rest))


def _of_entry(entry: AccountEntry, sign: int) -> Part:
    return Part(
        kind=PartKind.OTHERS,
        amount=sign * entry.amountInBaseCurrency,
        day=day_booked(entry),
        voucher=entry.voucherNumber,
        text=entry.text or "",
    )


def _of_ours(drafts: Iterable[Draft], fresh: Iterable[AccountEntry], then: SeenByRun | None) -> Iterator[Part]:
    """What the run left standing should stand there still, or be booked as it stood."""
    left: Mapping[date, Decimal] = then.standing if then else {}
    effects: dict[date, Decimal] = {}
    for draft in drafts:
        effects[draft.of] = effects.get(draft.of, ZERO) + draft.effect
    for entry in fresh:
        day = adjusted_day(entry.text)
        if day is not None:
            effects[day] = effects.get(day, ZERO) + entry.amountInBaseCurrency
    for day in sorted({*left, *effects}):
        kind = PartKind.CHANGED if day in left else PartKind.MADE
        yield Part(kind=kind, amount=left.get(day, ZERO) - effects.get(day, ZERO), day=day)


def _of_rackbeat(now: PresentState, then: SeenByRun | None) -> Iterator[Part]:
    if then is None:
        yield Part(kind=PartKind.MOVED, amount=now.value)
        return
    yield Part(kind=PartKind.DATED_BACK, amount=now.value_at_run - then.value, day=then.day)
    yield Part(kind=PartKind.REGROUPED, amount=now.regrouped, day=then.day)
    yield Part(kind=PartKind.MOVED, amount=now.value - now.value_at_run - now.regrouped, day=then.day)
    left = then.value - then.booked - _sum(then.standing.values())
    yield Part(kind=PartKind.LEFT, amount=left, day=then.day)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, start=ZERO)
