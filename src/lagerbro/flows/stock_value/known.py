"""What we remember of our own adjustments: what was written of each day, and what has become of it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from lagerbro.agreements.models import Agreement
from lagerbro.economic.finance_entries import EntryNumber, NewFinanceEntries, NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow, EntryNumbers
from lagerbro.flows.stock_value.accounts import accounts_named
from lagerbro.flows.stock_value.drafts import DayWrites, Memory
from lagerbro.flows.stock_value.mark import day_of
from lagerbro.flows.stock_value.schedule import DAYS_BACK_MAX
from lagerbro.flows.stock_value.steps import POST, REPLACE
from lagerbro.sync.models import Intent, IntentState, Link
from lagerbro.sync.outcome import OutcomePending
from lagerbro.wire.numbers import decode

if TYPE_CHECKING:
    from django.db.models import QuerySet

KIND: Final = "stock_value"
BACKFILL: Final = "stock_backfill"
DRAFT: Final = "voucher_draft"
BOOKED: Final = "voucher_booked"
REPLACED: Final = "voucher_replaced"
GONE: Final = "voucher_gone"
_APPEARS_WITHIN: Final = timedelta(seconds=10)
_LISTED_WITHIN: Final = timedelta(seconds=60)
"""After it was decided: the call's own deadline, and the time until a list shows what it made."""
_WRITES: Final = Q(step__in=(POST, REPLACE)) | Q(step__startswith=f"{POST}.") | Q(step__startswith=f"{REPLACE}.")
ByDay = Mapping[date, DayWrites]


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part of a back-fill whose drafts stood when we last looked, with their entries and days."""

    link: Link
    entries: Set[int]
    days: Set[date]


@dataclass
class AdjustmentsKnown:
    """`nightly` by stock account and day; `backfilled`: the entries of back-fills, by stock account, and
    `backfilled_pairs` the contra account of the latest of each. `open_links`: the
    days of which a draft stood when we last looked, `open_parts` the same of back-fills' parts. `unanswered`: what was
    sent and may stand there without our knowing its number.
    `fresh`: entries that were made so lately that a list may not show them yet, and until when (domain-rules H30)."""

    nightly: Mapping[int, ByDay]
    backfilled: Mapping[int, Set[int]]
    backfilled_pairs: Mapping[int, int]
    open_links: Mapping[date, Link]
    open_parts: Sequence[OpenPart]
    fresh: Mapping[int, datetime]
    unanswered: Sequence[NewFinanceEntry] = ()

    @classmethod
    def of(cls, agreement: Agreement, now: datetime) -> AdjustmentsKnown:
        """From every write that was decided in the present ledger, answered or not: each kept what it asked for and
        which entries it made (domain-rules H4)."""
        # no further back than a night can be made good, and nothing of a ledger that was moved away from
        since = max(now - timedelta(days=DAYS_BACK_MAX), agreement.ledger_since)
        rows = Intent.in_scope.filter(_WRITES, created_at__gte=since).exclude(request="")
        nightly: dict[int, dict[date, DayWrites]] = defaultdict(dict)
        for request, answer in rows.filter(transfer__kind=KIND).values_list("request", "answer"):
            _add(nightly, decode(request.encode(), NewFinanceEntry), answer)
        backfilled: dict[int, set[int]] = defaultdict(set)
        contras: dict[int, int] = {}
        parts: dict[str, tuple[set[int], set[date]]] = defaultdict(lambda: (set(), set()))
        fresh: dict[int, datetime] = {}
        backfill_rows = rows.filter(transfer__kind=BACKFILL).order_by("pk")
        for key, at, request, answer in backfill_rows.values_list("transfer__key", "created_at", "request", "answer"):
            sent = decode(request.encode(), NewFinanceEntries)
            made = _add_backfill(backfilled, sent, answer)
            contras |= {entry.accountNumber: entry.contraAccountNumber for entry in sent.entries}
            parts[key][0].update(made)
            parts[key][1].update(date.fromisoformat(entry.date) for entry in sent.entries)
            fresh |= dict.fromkeys(made, at + _LISTED_WITHIN) if now < at + _LISTED_WITHIN else {}
        links = Link.in_scope.filter(epoch=agreement.ledger_epoch, economic_kind=DRAFT)
        open_links = {date.fromisoformat(row.rackbeat_key): row for row in links.filter(kind=KIND)}
        open_parts = [OpenPart(row, *parts[row.rackbeat_key]) for row in links.filter(kind=BACKFILL)]
        return cls(nightly, backfilled, contras, open_links, open_parts, fresh, _unanswered(rows))

    def of_account(self, account: int) -> Memory:
        memory = Memory(self.nightly.get(account, {}), self.backfilled.get(account, set()))
        return replace(memory, others=self.entries - memory.entries, unanswered=tuple(self.unanswered))

    @property
    def days(self) -> Mapping[date, Set[int]]:
        """The entries of every nightly adjustment by its day, on whichever account."""
        entries_by_day: dict[date, set[int]] = defaultdict(set)
        for by_day in self.nightly.values():
            for day, written in by_day.items():
                entries_by_day[day] |= written.entries
        return entries_by_day

    @property
    def entries(self) -> Set[int]:
        """The entries that an answer has told us of."""
        return set().union(*self.days.values(), *self.backfilled.values())

    @property
    def open_days(self) -> Set[date]:
        """The days of the drafts that stood when we last looked."""
        return self.open_links.keys() | {day for part in self.open_parts for day in part.days}

    @property
    def had_drafts(self) -> bool:
        """Whether a draft stood when we last looked, or may have been made since."""
        return bool(self.open_links or self.open_parts or self.unanswered)

    def wait_for_fresh(self, rows: Iterable[DraftEntryRow], now: datetime) -> None:
        """Raises `OutcomePending` where an entry that was made a moment ago is not listed: it may have gone, or not
        have come yet, and what is planned would build on it."""
        listed = {row.entryNumber for row in rows}
        until = max((until for entry, until in self.fresh.items() if entry not in listed), default=now)
        if until > now:
            raise OutcomePending(until, "not_found_yet")

    def note_outcomes(
        self, today: date, rows: Mapping[int, DraftEntryRow], booked_days: Set[date], now: datetime
    ) -> None:
        """Store what has become of the drafts of other days. One made a moment ago may not be listed yet (H30)."""
        days = self.days
        for day, link in self.open_links.items():
            entries = days.get(day, set())
            standing = entries & rows.keys()
            if entries and not standing and now < link.changed_at + _APPEARS_WITHIN:
                raise OutcomePending(link.changed_at + _APPEARS_WITHIN, "not_found_yet")
            if not entries or (standing and (day == today or not _is_replaced_later(days, day, standing))):
                continue
            kind = REPLACED if standing else BOOKED if day in booked_days else GONE
            Link.in_scope.filter(pk=link.pk).update(economic_kind=kind, changed_at=now)
        self._note_booked_parts(rows, now)

    def note_taken_away(
        self, taken: Set[int], rows: Mapping[int, DraftEntryRow], *, is_replaced: bool, now: datetime
    ) -> None:
        """The same of days whose last drafts this run has taken away: `rows` are those that stood when it began."""
        days = self.days
        for day, link in self.open_links.items():
            standing = days.get(day, set()) & rows.keys()
            if standing and standing <= taken:
                kind = REPLACED if is_replaced else GONE
                Link.in_scope.filter(pk=link.pk, economic_kind=DRAFT).update(economic_kind=kind, changed_at=now)

    def _note_booked_parts(self, rows: Mapping[int, DraftEntryRow], now: datetime) -> None:
        gone = [part.link.pk for part in self.open_parts if part.entries and not part.entries & rows.keys()]
        if gone:
            Link.in_scope.filter(pk__in=gone).update(economic_kind=BOOKED, changed_at=now)


def _unanswered(rows: QuerySet[Intent]) -> list[NewFinanceEntry]:
    """What was sent to be made by runs that have not come to an end, and is not known by a number since."""
    made = rows.filter(step__startswith=POST).order_by("pk")
    first = made.filter(state=IntentState.OPEN).first()
    if first is None:
        return []
    tries: dict[tuple[int, str], NewFinanceEntry] = {}
    made = made.filter(pk__gte=first.pk).exclude(state=IntentState.REFUSED)
    for kind, state, request, answer in made.values_list("transfer__kind", "state", "request", "answer"):
        for sent in _entries_of(kind, request):
            if answer:
                tries.pop((sent.accountNumber, sent.text), None)
            elif state == IntentState.OPEN:
                tries[sent.accountNumber, sent.text] = sent
    return list(tries.values())


def _entries_of(kind: str, request: str) -> Sequence[NewFinanceEntry]:
    if kind == BACKFILL:
        return decode(request.encode(), NewFinanceEntries).entries
    return [decode(request.encode(), NewFinanceEntry)]


def _is_replaced_later(days: Mapping[date, Set[int]], day: date, entries: Set[int]) -> bool:
    return any(other > day and entries & known for other, known in days.items())


def _add(nightly: Mapping[int, dict[date, DayWrites]], sent: NewFinanceEntry, answer: str) -> None:
    day = day_of(sent.text)
    if day is None:
        return
    by_day = nightly[sent.accountNumber]
    before = by_day.get(day, DayWrites())
    made = {decode(answer.encode(), EntryNumber).entryNumber} if answer else set[int]()
    accounts = accounts_named(sent.accountNumber, sent.contraAccountNumber)
    by_day[day] = DayWrites(before.amounts | {sent.amount}, before.accounts | {accounts}, before.entries | made)


def _add_backfill(backfilled: Mapping[int, set[int]], sent: NewFinanceEntries, answer: str) -> set[int]:
    """The entries that were made. e-conomic answers the numbers in the order of what was sent."""
    made = decode(answer.encode(), EntryNumbers).entryNumbers if answer else []
    for entry, number in zip(sent.entries, made, strict=False):
        backfilled[entry.accountNumber].add(number)
    return set(made)
