"""Bringing one stock account to its value by one entry: made, replaced, withdrawn, booked; and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.finance_entries import FINANCE_VOUCHER, EntryNumber, NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.known import AdjustmentsKnown
from lagerbro.flows.stock_value.mark import day_of, text_of
from lagerbro.flows.stock_value.plan import Adjustment
from lagerbro.flows.stock_value.refusals import refusal_of
from lagerbro.flows.stock_value.steps import Steps, booking, withdrawal
from lagerbro.flows.stock_value.unanswered import recognised
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.storage.enqueueing import RankedRecord, enqueue
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError

NAMES_APART: Final = ", "
"""Between the pairs of accounts that a link names."""
VALUE_MAX: Final = Decimal(10) ** 12
"""From here on it is a slip of the pen: e-conomic keeps thirteen digits before the point."""


@dataclass(frozen=True, slots=True)
class AdjustmentEntry:
    """An entry that says what is right now. `booking_refusal`: what e-conomic said when it would not book it, empty
    where it did not refuse; `voucher`: its number where it is known."""

    accounts: StockAccounts
    amount: Decimal
    is_draft: bool
    voucher: int = 0
    booking_refusal: str = ""


def check_size(amount: Decimal) -> None:
    """Raises `Refusal` for a difference that no stock has."""
    if abs(amount) >= VALUE_MAX:
        raise Refusal("stock_value_too_large", FailureKind.CONFIG, amount=str(amount))


def check_currency(rackbeat: Rackbeat, base_currency: str) -> None:
    """Raises `Refusal` where Rackbeat values the stock in another currency than the books are kept in (F15)."""
    valued_in = rackbeat.base_currency()
    if valued_in is not None and valued_in != base_currency:
        raise Refusal("stock_currency_differs", FailureKind.CONFIG, ours=base_currency, theirs=valued_in)


def write_adjustment(
    work: Work,
    known: AdjustmentsKnown,
    accounts: StockAccounts,
    day: date,
    plan: Adjustment,
    rows: Mapping[int, DraftEntryRow],
) -> AdjustmentEntry | None:
    """Do what the plan says; None where no entry was needed."""
    # before the new entry: stopped in between, the account lacks a difference and never has it twice
    for draft in plan.withdraw:
        _withdraw(work, draft.entry, day)
    if not plan.amount:
        return None
    writing = _Writing(work, known, accounts, day, plan.amount)
    number = writing.post() if plan.replace is None else writing.replace(rows[plan.replace.entry])
    return writing.read_back(number)


def adopt_unanswered(
    work: Work, known: AdjustmentsKnown, accounts: StockAccounts, rows: Iterable[DraftEntryRow]
) -> None:
    """What nights' tries without an answer made and somebody has given another text: known by its number from now on,
    whatever else is changed."""
    found = recognised(rows, known.unanswered, known.entries)
    for number, sent in found.items():
        if sent.accountNumber == accounts.account and day_of(sent.text) is not None:
            step = Steps(work.clients.economic, sent, known.entries, _part(work, accounts)).post()
            work.adopt(step, f"adopted {number}", EntryNumber(number))


def _part(work: Work, accounts: StockAccounts) -> str:
    """What tells the writes of one pair of accounts from those of another."""
    # the stock account of the settings has none, as its writes had before there was a split
    return "" if accounts.account == work.choices.stock_account else f".{accounts.account}"


def _withdraw(work: Work, entry: int, day: date) -> None:
    work.write(withdrawal(work.clients.economic, entry), str(day))


class _Writing:
    """One entry on its way into the journal."""

    def __init__(
        self, work: Work, known: AdjustmentsKnown, accounts: StockAccounts, day: date, amount: Decimal
    ) -> None:
        self.work = work
        self.known = known
        self.accounts = accounts
        self.day = day
        self.amount = amount
        self.part = _part(work, accounts)
        self.version = f"{day} {amount} {accounts.named}"
        journal = work.choices.stock_journal
        assert journal is not None
        self.entry = NewFinanceEntry(
            entryTypeNumber=FINANCE_VOUCHER,
            journalNumber=journal,
            date=str(day),
            amount=amount,
            currency=work.agreement.base_currency,
            accountNumber=accounts.account,
            contraAccountNumber=accounts.contra,
            text=text_of(day),
        )

    def post(self) -> int:
        try:
            return self.work.write(self._steps(self.entry).post(), self.version).entryNumber
        except InvalidError as error:
            raise refusal_of(error, self.entry) from error

    def replace(self, row: DraftEntryRow) -> int:
        """Let our draft say it from now on. It stays in its journal (economic-api 8.4)."""
        if self._is_up_to_date(row):
            if row.entryNumber not in self.known.entries:
                # its answer was lost: from now on it is known by its number, whatever somebody writes in its text
                self.work.adopt(self._steps(self.entry).post(), self.version, EntryNumber(row.entryNumber))
            return row.entryNumber
        entry = msgspec.structs.replace(
            self.entry,
            journalNumber=row.journalNumber,
            entryNumber=row.entryNumber,
            voucherNumber=row.voucherNumber,
            objectVersion=row.objectVersion,
        )
        try:
            self.work.write(self._steps(entry).replace(), f"{self.version} {row.entryNumber}"[:64])
        except InvalidError as error:
            raise refusal_of(error, entry) from error
        return row.entryNumber

    def read_back(self, number: int) -> AdjustmentEntry:
        """What became of it, read back: an entry that got a VAT code after all is taken back (domain-rules H27)."""
        row = self.work.clients.economic.finance_entries.one(number)
        if row is None:  # booked or deleted by somebody since it was made, or not to be seen yet
            return self._run_day_again()
        if row.vatCode or row.contraVatCode:
            _withdraw(self.work, row.entryNumber, self.day)
            account = self.accounts.account if row.vatCode else self.accounts.contra
            raise Refusal("stock_account_has_vat", FailureKind.CONFIG, account=str(account))
        return self._book(row) if self.work.choices.stock_book else self._as_draft(row)

    def _run_day_again(self) -> AdjustmentEntry:
        """Nothing but the ledger tells what has become of it: the day is run once more, as after any night."""
        transfer = self.work.transfer
        record = RankedRecord(transfer.kind, transfer.key, transfer.rank)
        enqueue(self.work.agreement.pk, [record], self.work.runtime.clock.now())
        return AdjustmentEntry(self.accounts, self.amount, is_draft=True)

    def _book(self, row: DraftEntryRow) -> AdjustmentEntry:
        step = booking(self.work.clients.economic, row.journalNumber, [row.entryNumber], self.part)
        try:
            self.work.write(step, f"{row.entryNumber} {self.amount}")
        except InvalidError as error:
            return self._as_draft(row, booking_refusal=error.said)
        return AdjustmentEntry(self.accounts, self.amount, is_draft=False)

    def _as_draft(self, row: DraftEntryRow, booking_refusal: str = "") -> AdjustmentEntry:
        return AdjustmentEntry(
            self.accounts, self.amount, is_draft=True, voucher=row.voucherNumber, booking_refusal=booking_refusal
        )

    def _is_up_to_date(self, row: DraftEntryRow) -> bool:
        wanted = self.entry
        return (
            row.amount == wanted.amount
            and row.date[:10] == wanted.date
            and row.text == wanted.text
            and row.contraAccountNumber == wanted.contraAccountNumber
        )

    def _steps(self, entry: NewFinanceEntry) -> Steps:
        return Steps(self.work.clients.economic, entry, self.known.entries, self.part)
