"""One look at both systems, and what it comes to. Nothing is written in either; inside the agreement's scope.

Calls: Rackbeat's values of today and, once more, of the day of the latest run; each stock account's entries; the
finance drafts; the purchase orders with goods that have come, and each of the first few; then the values of each
earlier period's day that will be looked at again. Side by side, and none of them in the database. Raises a
`RemoteError` when a system does not answer; what was kept stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import msgspec

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.stock_value.accounts import StockAccounts, stock_accounts
from lagerbro.flows.stock_value.balance import balance_at, day_booked
from lagerbro.flows.stock_value.day_accounts import day_accounts, is_accepted, split_then
from lagerbro.flows.stock_value.drafts import Memory, effect_on, marked_rows, own_drafts
from lagerbro.flows.stock_value.earlier_periods import (
    changed_days,
    days_left,
    ends_before,
    own_days,
    without_stopped,
)
from lagerbro.flows.stock_value.known import AdjustmentsKnown
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.flows.stock_value.valuing.valuation import stock_values
from lagerbro.flows.stock_value_days.days import has_agreed, latest_run
from lagerbro.flows.stock_value_days.models import StockValueReading
from lagerbro.flows.stock_value_report.accounts import (
    balances_of_all,
    corrections_of_all,
    explanation_of_all,
    held_together,
    next_of_all,
)
from lagerbro.flows.stock_value_report.asking import Answers, AskedAccount, Question
from lagerbro.flows.stock_value_report.balances import balances, latest_days
from lagerbro.flows.stock_value_report.expected import StockAccountState, corrections_of, next_voucher, own_draft
from lagerbro.flows.stock_value_report.explanation import PresentState, explain
from lagerbro.flows.stock_value_report.report import AccountReport, Correction, Draft, StockReport
from lagerbro.money import ZERO
from lagerbro.sync.runtime import Clients, RunAll, run_sequentially
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.wire.shapes import ready


def accounts_of(choices: Choices) -> StockAccounts | None:
    """What the stock value is posted by, the main pair; None while something of it has not been chosen."""
    try:
        return stock_accounts(choices)[0]
    except PlanRefusal:
        return None


def look(
    agreement: Agreement,
    choices: Choices,
    clients: Clients,
    now: datetime,
    run_all: RunAll = run_sequentially,
) -> StockReport:
    """Look, work it out and keep it. Raises `PlanRefusal` while the accounts have not been chosen."""
    report = _Look(agreement, choices, clients, now).report(run_all)
    content = msgspec.json.encode(report)
    StockValueReading.in_scope.update_or_create(agreement=agreement, defaults={"content": content, "read_at": now})
    return report


@dataclass(frozen=True)
class _Look:
    agreement: Agreement
    choices: Choices
    clients: Clients
    now: datetime

    def report(self, run_all: RunAll) -> StockReport:
        today, next_day = self.today, self._next_day()
        known = AdjustmentsKnown.of(self.agreement, self.now)
        asked = list(self._accounts(next_day or today))
        is_first = any(known.of_account(one.accounts.account).is_empty for one in asked)
        until = max(today, next_day or today)
        question = Question(self.clients, self.choices, asked, today, until, is_first)
        answers = question.read(run_all)
        looks = [_AccountLook(self, one, answers, known, until, is_split=len(asked) > 1) for one in asked]
        reports = held_together([one for one in (look.report(next_day) for look in looks) if not _is_done_with(one)])
        main = reports[0]
        return StockReport(
            epoch=self.agreement.ledger_epoch,
            choices_version=self.choices.version,
            day=today,
            journal=self.choices.stock_journal or 0,
            account=main.account,
            contra=main.contra,
            value=sum((one.value for one in reports), start=ZERO),
            booked=sum((one.booked for one in reports), start=ZERO),
            drafts=[draft for one in reports for draft in one.drafts],
            explanation=main.explanation if len(reports) == 1 else explanation_of_all(reports),
            next=main.next if len(reports) == 1 else next_of_all(reports),
            balances=main.balances if len(reports) == 1 else balances_of_all(reports),
            received=answers.received,
            corrections=corrections_of_all(reports),
            accounts=reports if len(reports) > 1 else [],
        )

    @property
    def today(self) -> date:
        return self.now.astimezone(COPENHAGEN).date()

    def _next_day(self) -> date | None:
        frequency = self.choices.stock_frequency
        return next_stock_run(frequency, self.now).astimezone(COPENHAGEN).date() if frequency else None

    def _accounts(self, day: date) -> Iterator[AskedAccount]:
        found = day_accounts(self.agreement, self.choices, day, is_past=False)
        for pair in found.pairs:
            then = latest_run(self.agreement, pair.account, self.today)
            yield AskedAccount(pair, then, split_then(self.choices, then) if then is not None else None)
        for left in found.left:
            then = latest_run(self.agreement, left.accounts.account, self.today)
            yield AskedAccount(left.accounts, then, is_left=True)


@dataclass(frozen=True)
class _AccountLook:
    """One of the stock accounts."""

    look: _Look
    asked: AskedAccount
    answers: Answers
    known: AdjustmentsKnown
    until: date
    is_split: bool

    def report(self, next_day: date | None) -> AccountReport:
        look, account, today = self.look, self.asked.accounts.account, self.look.today
        base_currency, entries = look.agreement.base_currency, self.answers.entries[account]
        memory = self.known.of_account(account)
        drafts, unclear = _drafts(self.answers.rows, memory, account, base_currency)
        value = self._value()
        state = StockAccountState(
            value,
            entries,
            drafts,
            sorted(memory.nightly),
            not memory.is_empty or (self.is_split and has_agreed(look.agreement, account)),
            unclear,
            account,
            _currencies_that_differ(base_currency, self.answers.currency),
        )
        corrected, own = self._corrections(state) if next_day else ([], None)
        until_today = [entry for entry in entries if day_booked(entry) <= today]
        explanation = explain(self._present(value, until_today, drafts), self.asked.then)
        choices = msgspec.structs.replace(look.choices, stock_minimum=ZERO) if self.asked.is_left else look.choices
        return AccountReport(
            account=account,
            contra=self.asked.accounts.contra,
            value=value,
            booked=value - explanation.difference,
            drafts=drafts,
            explanation=explanation,
            next=next_voucher(state, next_day, choices, own) if next_day else None,
            balances=balances(until_today, drafts, latest_days(today)),
            corrections=corrected,
            is_left=self.asked.is_left,
        )

    def _value(self) -> Decimal:
        """Today's; an account that was chosen by mistake keeps what is booked on it."""
        account, today = self.asked.accounts.account, self.look.today
        entries = self.answers.entries[account]
        if self.asked.is_left and not is_accepted(self.look.agreement, account, entries):
            return balance_at(entries, today)
        return self.answers.value(account, today)

    def _present(self, value: Decimal, entries: Sequence[AccountEntry], drafts: Sequence[Draft]) -> PresentState:
        account, then = self.asked.accounts.account, self.asked.then
        if then is None:
            return PresentState(self.look.today, value, value, entries, drafts)
        if self.asked.is_left:
            return PresentState(self.look.today, value, then.value, entries, drafts, value - then.value)
        was = self.answers.value_at_run(account, then.day)
        return PresentState(self.look.today, value, was, entries, drafts, self.answers.value(account, then.day) - was)

    def _corrections(self, state: StockAccountState) -> tuple[list[Correction], list[OwnDraft] | None]:
        """What the days of earlier periods that the next run looks at again will post, and our drafts as they stand
        then; none where the run will refuse a draft. A call for each such day, and seldom any."""
        if state.unclear is not None:
            return [], None
        look, account = self.look, self.asked.accounts.account
        own = [own_draft(draft) for draft in state.drafts]
        left = days_left(look.agreement, account, self.until)
        ends = ends_before(self.until, own_days(self.known.open_days, own, state.entries) | left)
        days = changed_days(look.agreement, account, ends, state.entries, own)
        values = {day: self._value_of(day) for day in without_stopped(days)}
        return corrections_of(state, values, look.choices.stock_minimum)

    def _value_of(self, day: date) -> Decimal:
        """Of a day that is past, by the accounts that it was run with."""
        look = self.look
        choices = day_accounts(look.agreement, look.choices, day, is_past=True).choices
        return stock_values(look.clients.rackbeat, choices, day).get(self.asked.accounts.account, ZERO)


def _is_done_with(report: AccountReport) -> bool:
    """An account that was left, and has nothing to be taken away any more."""
    return report.is_left and not (report.difference or report.drafts)


def _currencies_that_differ(base_currency: str, valued_in: str | None) -> Mapping[str, str] | None:
    return {"ours": base_currency, "theirs": valued_in} if valued_in not in (None, base_currency) else None


def latest_look(agreement: Agreement) -> tuple[StockReport, datetime] | None:
    """What the latest look at the present ledger came to, and when it was; None before the first, and where what is
    kept was written by another release in another form."""
    row = StockValueReading.in_scope.filter(agreement=agreement).first()
    if row is None:
        return None
    try:
        report = msgspec.json.decode(bytes(row.content), type=ready(StockReport))
    except msgspec.ValidationError:
        return None
    return (report, row.read_at) if report.epoch == agreement.ledger_epoch else None


def _drafts(
    rows: list[DraftEntryRow], memory: Memory, account: int, base_currency: str
) -> tuple[list[Draft], Mapping[str, str] | None]:
    """Our drafts as they stand, and the first whose effect cannot be told, as the run would name it."""
    unclear: Mapping[str, str] | None = None
    drafts = []
    for row, of in marked_rows(rows, memory, account):
        is_touched, is_backfill = True, False
        try:
            (own,) = own_drafts([row], memory, account, base_currency)
            is_touched, is_backfill = own.is_touched, own.is_backfill
        except PlanRefusal as refusal:
            unclear = unclear or refusal.details
        drafts.append(
            Draft(
                entry=row.entryNumber,
                voucher=row.voucherNumber,
                journal=row.journalNumber,
                day=date.fromisoformat(row.date[:10]),
                of=of,
                effect=effect_on(row, account),
                is_touched=is_touched,
                is_backfill=is_backfill,
            )
        )
    return sorted(drafts, key=lambda draft: (draft.day, draft.entry)), unclear
