"""What we remember of our own adjustments: what was written of each day, and what has become of it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.economic.finance_entries import EntryNumber, NewFinanceEntry
from lagerbro.flows.stock_value.drafts import Written, accounts_named
from lagerbro.flows.stock_value.mark import day_of
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value.schedule import DAYS_BACK_MAX
from lagerbro.flows.stock_value.steps import POST, REPLACE
from lagerbro.sync.models import Intent, Link
from lagerbro.sync.outcome import OutcomePending
from lagerbro.sync.work import Work
from lagerbro.wire.numbers import decode

KIND: Final = "stock_value"
DRAFT: Final = "voucher_draft"
BOOKED: Final = "voucher_booked"
REPLACED: Final = "voucher_replaced"
GONE: Final = "voucher_gone"
_APPEARS_WITHIN: Final = timedelta(seconds=10)


@dataclass
class AdjustmentsKnown:
    """`written` by day. `may_stand`: whether a draft of ours may stand in a journal, so that one has to look."""

    work: Work
    written: dict[date, Written]
    open_links: dict[date, Link]

    @classmethod
    def of(cls, work: Work) -> AdjustmentsKnown:
        """Inside the agreement's scope."""
        written = written_until(work.runtime.clock.now())
        links = Link.in_scope.filter(epoch=work.agreement.ledger_epoch, kind=KIND, economic_kind=DRAFT)
        return cls(work, written, {date.fromisoformat(row.rackbeat_key): row for row in links})

    @property
    def may_stand(self) -> bool:
        return bool(self.open_links) or self.work.must_look_first or self.work.intents.latest(POST) is not None

    def note(self, today: date, drafts: Sequence[OwnDraft], booked: Iterable[AccountEntry]) -> None:
        """Store what has become of the drafts of other days. One made a moment ago may not be listed yet (H30)."""
        standing = {draft.entry for draft in drafts}
        booked_days = {day_of(entry.text) for entry in booked}
        now = self.work.runtime.clock.now()
        for day, row in self.open_links.items():
            entries = self.written.get(day, Written()).entries
            stands = entries & standing
            if entries and not stands and now < row.changed_at + _APPEARS_WITHIN:
                raise OutcomePending(row.changed_at + _APPEARS_WITHIN, "not_found_yet")
            if not entries or (stands and (day == today or not self._is_said_later(day, stands))):
                continue
            kind = REPLACED if stands else BOOKED if day in booked_days else GONE
            Link.in_scope.filter(pk=row.pk).update(economic_kind=kind, changed_at=now)

    def _is_said_later(self, day: date, entries: frozenset[int]) -> bool:
        return any(other > day and entries & known.entries for other, known in self.written.items())


def written_until(now: datetime) -> dict[date, Written]:
    """From every write that was decided, answered or not: each kept what it asked for and which entry it made."""
    written: dict[date, Written] = {}
    since = now - timedelta(days=DAYS_BACK_MAX)
    rows = Intent.in_scope.filter(transfer__kind=KIND, step__in=(POST, REPLACE), created_at__gte=since)
    for request, answer in rows.exclude(request="").values_list("request", "answer"):
        _add(written, decode(request.encode(), NewFinanceEntry), answer)
    return written


def _add(written: dict[date, Written], sent: NewFinanceEntry, answer: str) -> None:
    day = day_of(sent.text)
    if day is None:
        return
    before = written.get(day, Written())
    made = {decode(answer.encode(), EntryNumber).entryNumber} if answer else set[int]()
    accounts = accounts_named(sent.accountNumber, sent.contraAccountNumber)
    written[day] = Written(before.amounts | {sent.amount}, before.accounts | {accounts}, before.entries | made)
