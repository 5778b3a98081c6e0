"""The stock value of one scheduled day: the stock account is brought to it by one voucher (A26-A31, C9, H24-H27).

read the value → read what is booked → read our drafts → plan → make, replace or withdraw one entry → read it back.
What is right already costs two reads. Run again at any moment, it looks at what is and does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.books.totals import Amounts
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.economic.finance_entries import FINANCE_VOUCHER, EntryNumber, FinanceEntryRow, NewFinanceEntry
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.stock_value.balance import balance_at
from lagerbro.flows.stock_value.drafts import accounts_named, own_drafts
from lagerbro.flows.stock_value.known import BOOKED, DRAFT, KIND, AdjustmentsKnown
from lagerbro.flows.stock_value.mark import day_of, text_of
from lagerbro.flows.stock_value.plan import Adjustment, OwnDraft, adjust, is_overtaken, left_by
from lagerbro.flows.stock_value.refusals import refusal_of
from lagerbro.flows.stock_value.steps import Steps, booking, withdrawal
from lagerbro.flows.stock_value.valuation import value_at
from lagerbro.flows.stock_value_days.days import SeenByRun, note_run
from lagerbro.money import ZERO
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, OutcomePending, Refusal, Skipped, Transferred
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError

OPENING: Final = "stock_opening_difference"
UNCHANGED: Final = "stock_unchanged"
VALUE_MAX: Final = Decimal(10) ** 12
"""From here on it is a slip of the pen: e-conomic keeps thirteen digits before the point."""


@dataclass(frozen=True, slots=True)
class StockAccounts:
    journal: int
    account: int
    contra: int

    @property
    def named(self) -> str:
        return accounts_named(self.account, self.contra)


class StockValueFlow:
    """One scheduled day, by its date."""

    kind = KIND
    rank = 80

    def run(self, work: Work) -> Outcome:
        if not work.choices.stock_value_enabled:
            return Skipped("stock_value_off")
        day = _day(work.transfer.key)
        if day > work.runtime.clock.now().date() + timedelta(days=1):
            raise Refusal("stock_day_unusable", FailureKind.REFUSED)
        _let_rest(work)
        with as_refusal():
            return _Run(work, day, _accounts(work)).outcome()


class _Run:
    """One look at one day, and what follows from it."""

    def __init__(self, work: Work, day: date, accounts: StockAccounts) -> None:
        self.work = work
        self.day = day
        self.accounts = accounts
        self.currency = work.agreement.base_currency
        self.known = AdjustmentsKnown.of(work)

    def outcome(self) -> Outcome:
        value = value_at(self.work.clients.rackbeat, self.day, skip_negative=self.work.choices.stock_skip_negative)
        booked = list(self.work.clients.economic.booked_entries.of_account(self.accounts.account, self.day))
        balance = balance_at(booked, self.day)
        if value == balance and not self.known.may_stand:
            self._note(value, balance, booked, [])
            return self._unchanged(value, balance, ZERO)
        rows = {row.entryNumber: row for row in self.work.clients.economic.finance_entries.all()}
        drafts = own_drafts(rows.values(), self.known.written, self.accounts.account, self.currency)
        self.known.note(self.day, drafts, booked)
        if is_overtaken([*self.known.written, *(draft.day for draft in drafts)], self.day):
            return Skipped("stock_day_overtaken")
        plan = adjust(value, balance, drafts, self.day, self.work.choices.stock_minimum)
        self._note(value, balance, booked, drafts)
        self._ask_about_opening(value, balance, plan, booked, drafts)
        if abs(plan.amount) >= VALUE_MAX:
            raise Refusal("stock_value_too_large", FailureKind.CONFIG, amount=str(plan.amount))
        for draft in plan.withdraw:
            self._withdraw(draft.entry)
        if plan.amount or plan.withdraw:
            self._ask_for_what_builds_on_it()
        number = self._written(plan, rows) if plan.amount else None
        self._note(value, balance, booked, left_by(plan, drafts, self.day))
        if number is None:
            return self._unchanged(value, balance, plan.standing)
        return self._ending(value, balance, plan, self._read_back(number))

    def _note(self, value: Decimal, balance: Decimal, booked: list[AccountEntry], drafts: Sequence[OwnDraft]) -> None:
        """Keep what was seen, and which drafts of ours are left, for the page *Lagerværdi*."""
        standing: dict[date, Decimal] = {}
        for draft in drafts:
            if draft.day <= self.day:
                standing[draft.of] = standing.get(draft.of, ZERO) + draft.effect
        newest = max((entry.entryNumber for entry in booked), default=0)
        seen = SeenByRun(self.day, value, balance, newest, standing)
        note_run(self.work.agreement, self.accounts.account, seen, self.work.runtime.clock.now())

    def _ask_about_opening(
        self, value: Decimal, balance: Decimal, plan: Adjustment, booked: list[AccountEntry], drafts: list[OwnDraft]
    ) -> None:
        """The first difference is the whole opening stock, or an error: it is shown and never posted by itself (C9c).
        The accounts' currency is looked at then, too (domain-rules F15)."""
        is_first = not (self.known.written or drafts or any(day_of(entry.text) for entry in booked))
        if not is_first:
            return
        theirs = self.work.clients.rackbeat.base_currency()
        if theirs is not None and theirs != self.currency:
            raise Refusal("stock_currency_differs", FailureKind.CONFIG, ours=self.currency, theirs=theirs)
        if plan.amount and not self.work.choices.stock_post_opening:
            told = {"stock": str(value), "balance": str(balance), "difference": str(plan.amount)}
            raise Refusal(OPENING, FailureKind.CONFIG, account=str(self.accounts.account), **told)

    def _ask_for_what_builds_on_it(self) -> None:
        """A later day that has been adjusted counted without this one: it is looked at again."""
        later = max((day for day in self.known.written if day > self.day), default=None)
        if later is not None:
            enqueue(self.work.agreement.pk, [(KIND, str(later), StockValueFlow.rank)], self.work.runtime.clock.now())

    def _entry(self, plan: Adjustment) -> NewFinanceEntry:
        return NewFinanceEntry(
            entryTypeNumber=FINANCE_VOUCHER,
            journalNumber=self.accounts.journal,
            date=str(self.day),
            amount=plan.amount,
            currency=self.currency,
            accountNumber=self.accounts.account,
            contraAccountNumber=self.accounts.contra,
            text=text_of(self.day),
        )

    def _written(self, plan: Adjustment, rows: dict[int, FinanceEntryRow]) -> EntryNumber:
        entry, version = self._entry(plan), f"{self.day} {plan.amount} {self.accounts.named}"
        economic = self.work.clients.economic
        try:
            if plan.replace is None:
                return self.work.write(Steps(economic, entry).post(), version)
            row = rows[plan.replace.entry]
            if row.amount == entry.amount and row.date[:10] == entry.date and row.text == entry.text:
                return EntryNumber(row.entryNumber)
            entry = msgspec.structs.replace(
                entry,
                journalNumber=row.journalNumber,
                entryNumber=row.entryNumber,
                voucherNumber=row.voucherNumber,
                objectVersion=row.objectVersion,
            )
            return self.work.write(Steps(economic, entry).replace(), f"{version} {row.entryNumber}"[:64])
        except InvalidError as error:
            raise refusal_of(error, entry) from error

    def _read_back(self, number: EntryNumber) -> FinanceEntryRow | None:
        """What became of it: an entry that got a VAT code after all is taken back (domain-rules H27)."""
        row = self.work.clients.economic.finance_entries.one(number.entryNumber)
        if row is not None and (row.vatCode or row.contraVatCode):
            self._withdraw(row.entryNumber)
            account = self.accounts.account if row.vatCode else self.accounts.contra
            raise Refusal("stock_account_has_vat", FailureKind.CONFIG, account=str(account))
        return row

    def _withdraw(self, entry: int) -> None:
        self.work.write(withdrawal(self.work.clients.economic, entry), str(self.day))

    def _unchanged(self, value: Decimal, balance: Decimal, standing: Decimal) -> Outcome:
        return Transferred(None, UNCHANGED, {"stock": str(value), "balance": str(balance), "drafts": str(standing)})

    def _ending(self, value: Decimal, balance: Decimal, plan: Adjustment, row: FinanceEntryRow | None) -> Outcome:
        code = "stock_drafts_touched" if plan.touched else "stock_adjusted"
        stock, booked, drafts, amount = map(str, (value, balance, plan.standing, plan.amount))
        outcome = Transferred(
            self._facts(BOOKED, "", plan.amount),
            code,
            {"stock": stock, "balance": booked, "drafts": drafts, "amount": amount},
        )
        if row is None:  # booked by somebody in this very moment
            return outcome
        facts = self._facts(DRAFT, f"{self.day.year}-{row.voucherNumber}", plan.amount)
        if not self.work.choices.stock_book:
            return Drafted(facts, code, outcome.details, needs_person=False)
        try:
            self.work.write(booking(self.work.clients.economic, row), f"{row.entryNumber} {plan.amount}")
        except InvalidError as error:
            return Drafted(facts, "stock_not_booked", {"amount": amount, "said": error.said})
        return replace(outcome, link=replace(facts, economic_kind=BOOKED))

    def _facts(self, economic_kind: str, key: str, amount: Decimal) -> LinkFacts:
        amounts = Amounts(amount, ZERO, amount)
        return LinkFacts(
            economic_kind=economic_kind,
            economic_key=key,
            version=f"{amount}",
            name=self.accounts.named,
            currency=self.currency,
            rackbeat=amounts,
            economic=amounts,
        )


def _day(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError as error:
        raise Refusal("stock_day_unusable", FailureKind.REFUSED) from error


def _let_rest(work: Work) -> None:
    """What is on its way is not planned around: it may land after our look (domain-rules H30)."""
    now = work.runtime.clock.now()
    for intent in work.intents.unfinished():
        if intent.state == IntentState.OPEN and now < intent.rests_until:
            raise OutcomePending(intent.rests_until)


def _accounts(work: Work) -> StockAccounts:
    choices = work.choices
    journal, account, contra = choices.stock_journal, choices.stock_account, choices.stock_contra_account
    if journal is None or account is None or contra is None:
        raise Refusal("stock_settings_missing", FailureKind.CONFIG)
    return StockAccounts(journal, account, contra)
