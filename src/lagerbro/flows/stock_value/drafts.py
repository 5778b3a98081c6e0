"""Which draft entries in the journals are adjustments of ours, and which of them still say what we wrote. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.economic.finance_entries import NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.flows.stock_value.accounts import accounts_named
from lagerbro.flows.stock_value.mark import adjusted_day, backfill_day_of, text_of
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value.unanswered import recognised
from lagerbro.money import ZERO


@dataclass(frozen=True, slots=True)
class DayWrites:
    """What we wrote of a day: the amounts and pairs of accounts that may stand there, and the entries we know of."""

    amounts: frozenset[Decimal] = frozenset()
    accounts: frozenset[str] = frozenset()
    entries: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Memory:
    """What we remember of one stock account: its nightly adjustments by day, and the entries of back-fills. And of all
    of them, for a person may move a draft from one to another: the entries that were made for `others`, and what was
    sent without an answer."""

    nightly: Mapping[date, DayWrites]
    backfilled: Set[int] = frozenset()
    others: Set[int] = frozenset()
    unanswered: tuple[NewFinanceEntry, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.nightly or self.backfilled)

    @property
    def days(self) -> Mapping[int, date]:
        """The day of each nightly entry that an answer has told us of."""
        return {entry: day for day, writes in sorted(self.nightly.items()) for entry in writes.entries}

    @property
    def entries(self) -> Set[int]:
        """Those that answers have told us of, on whichever account."""
        return self.days.keys() | self.backfilled | self.others


def own_drafts(rows: Iterable[DraftEntryRow], memory: Memory, account: int, base_currency: str) -> list[OwnDraft]:
    """Those of the account that bear our mark, or the number of an entry that we made, or are what a try without an
    answer made. Raises `PlanRefusal` for one whose effect cannot be told: a person has given it a VAT code or another
    currency."""
    return [_own_draft(row, day, memory, account, base_currency) for row, day in marked_rows(rows, memory, account)]


def marked_rows(rows: Iterable[DraftEntryRow], memory: Memory, account: int) -> Iterator[tuple[DraftEntryRow, date]]:
    """Those that are ours, whatever a person has done to them, each with the day whose adjustment it is."""
    listed, days = list(rows), memory.days
    found, entries = recognised(listed, memory.unanswered, memory.entries), memory.entries
    for row in listed:
        is_known = row.entryNumber in days or row.entryNumber in memory.backfilled
        sent = found.get(row.entryNumber)
        text = row.text if sent is None else sent.text
        day = adjusted_day(text) or days.get(row.entryNumber) or (_dated(row) if row.entryNumber in entries else None)
        if day is not None and (is_known or effect_on(row, account)):
            yield row, day


def effect_on(row: DraftEntryRow, account: int) -> Decimal:
    """What the entry does to the account when it is booked: debit positive."""
    on = row.amount if row.accountNumber == account else ZERO
    against = row.amount if row.contraAccountNumber == account else ZERO
    return on - against


def _own_draft(row: DraftEntryRow, marked: date, memory: Memory, account: int, base_currency: str) -> OwnDraft:
    effect, day = effect_on(row, account), _dated(row)
    if effect and (row.vatCode or row.contraVatCode or row.currency != base_currency):
        raise PlanRefusal("stock_draft_unclear", CONFIG, voucher=str(row.voucherNumber), journal=str(row.journalNumber))
    is_backfill = row.entryNumber in memory.backfilled or backfill_day_of(row.text) is not None
    writes = None if is_backfill else memory.nightly.get(marked)
    is_unchanged = (
        writes is not None
        and row.amount in writes.amounts
        and row.text == text_of(day)
        and accounts_named(row.accountNumber or 0, row.contraAccountNumber or 0) in writes.accounts
        and row.accountNumber == account
    )
    return OwnDraft(row.entryNumber, day, effect, is_unchanged, None if marked == day else marked, is_backfill)


def _dated(row: DraftEntryRow) -> date:
    return date.fromisoformat(row.date[:10])
