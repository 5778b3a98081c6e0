"""One look at both systems, and what it comes to. Nothing is written in either; inside the agreement's scope.

Calls: Rackbeat's value of today and, once more, of the day of the latest run; the account's entries; the finance
drafts; the purchase orders with goods that have come, and each of the first few; then the value of each earlier
period's day that will be looked at again. Side by side, and none of them in the
database. Raises a `RemoteError` when a system does not answer; what was kept stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.stock_value.accounts import StockAccounts, stock_accounts
from lagerbro.flows.stock_value.balance import day_booked
from lagerbro.flows.stock_value.drafts import Memory, effect_on, marked_rows, own_drafts
from lagerbro.flows.stock_value.earlier_periods import changed_days, days_of_ours, ends_before, without_stopped
from lagerbro.flows.stock_value.known import AdjustmentsKnown
from lagerbro.flows.stock_value.periods_known import periods_known
from lagerbro.flows.stock_value.plan import OwnDraft
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.flows.stock_value.valuation import stock_values
from lagerbro.flows.stock_value_days.days import SeenByRun, latest_run
from lagerbro.flows.stock_value_days.models import StockValueReading
from lagerbro.flows.stock_value_report.balances import balances, latest_days
from lagerbro.flows.stock_value_report.expected import StockAccountState, corrections_of, next_voucher, own_draft
from lagerbro.flows.stock_value_report.explanation import PresentState, explain
from lagerbro.flows.stock_value_report.report import Correction, Draft, Received, StockReport
from lagerbro.money import ZERO
from lagerbro.sync.runtime import Clients, RunAll, run_sequentially
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.wire.errors import RemoteError
from lagerbro.wire.shapes import ready

ORDERS_MAX: Final = 8
"""Purchase orders of which it is read what has come without an invoice; each costs a call."""


@dataclass
class _Answers:
    """What the two systems said."""

    value: Decimal = ZERO
    value_then: Decimal = ZERO
    entries: list[AccountEntry] = field(default_factory=list)
    rows: list[DraftEntryRow] = field(default_factory=list)
    received: Received | None = None
    currency: str | None = None
    """Rackbeat's, where it was asked for."""


@dataclass(frozen=True, slots=True)
class _Question:
    clients: Clients
    choices: Choices
    accounts: StockAccounts
    today: date
    until: date
    then: SeenByRun | None
    is_first: bool
    """Nothing of ours has been posted: the run will look at the currency, too (domain-rules F15)."""

    def read(self, run_all: RunAll) -> _Answers:
        answers = _Answers()
        jobs: list[Callable[[], None]] = [
            lambda: self._values(answers),
            lambda: self._entries(answers),
            lambda: self._drafts(answers),
            lambda: self._received(answers),
        ]
        run_all(jobs)
        return answers

    def _values(self, answers: _Answers) -> None:
        rackbeat = self.clients.rackbeat
        answers.value = answers.value_then = stock_values(rackbeat, self.choices, self.today)[self.accounts.account]
        if self.then is not None and self.then.day != self.today:
            answers.value_then = stock_values(rackbeat, self.choices, self.then.day)[self.accounts.account]
        if self.is_first:
            answers.currency = rackbeat.base_currency()

    def _entries(self, answers: _Answers) -> None:
        answers.entries = list(self.clients.economic.booked_entries.of_account(self.accounts.account, self.until))

    def _drafts(self, answers: _Answers) -> None:
        answers.rows = list(self.clients.economic.finance_entries.all())

    def _received(self, answers: _Answers) -> None:
        """It stands beside the difference, so a Rackbeat that does not tell it takes nothing else away."""
        try:
            orders, is_whole = self.clients.rackbeat.purchase_orders.uninvoiced()
            looked_at = orders[:ORDERS_MAX]
            worth = {o.number: self.clients.rackbeat.purchase_orders.worth_uninvoiced(o) for o in looked_at}
        except RemoteError:
            return
        named = [number for number, amount in worth.items() if amount]
        is_whole = is_whole and len(orders) <= ORDERS_MAX
        answers.received = Received(amount=sum(worth.values(), start=ZERO), orders=named, is_whole=is_whole)


def accounts_of(choices: Choices) -> StockAccounts | None:
    """What the stock value is posted by; None while something of it has not been chosen."""
    try:
        return stock_accounts(choices)[0]
    except PlanRefusal:
        return None


def look(
    agreement: Agreement,
    choices: Choices,
    accounts: StockAccounts,
    clients: Clients,
    now: datetime,
    run_all: RunAll = run_sequentially,
) -> StockReport:
    """Look, work it out and keep it."""
    today = now.astimezone(COPENHAGEN).date()
    runs_at = next_stock_run(choices.stock_frequency, now) if choices.stock_frequency else None
    next_day = runs_at.astimezone(COPENHAGEN).date() if runs_at else None
    then = latest_run(agreement, accounts.account, today)
    known = AdjustmentsKnown.of(agreement, now)
    memory = known.of_account(accounts.account)
    question = _Question(clients, choices, accounts, today, max(today, next_day or today), then, memory.is_empty)
    answers = question.read(run_all)
    drafts, unclear = _drafts(answers.rows, memory, accounts.account, agreement.base_currency)
    periods = periods_known(agreement)
    currencies = _currencies_that_differ(agreement.base_currency, answers.currency)
    state = StockAccountState(
        answers.value,
        answers.entries,
        drafts,
        sorted(memory.nightly),
        not memory.is_empty,
        periods,
        unclear,
        currencies,
    )
    corrections = _corrections(agreement, accounts, question, state, known.open_days) if next_day else None
    corrected, own = corrections or ([], None)
    until_today = [entry for entry in answers.entries if day_booked(entry) <= today]
    explanation = explain(PresentState(today, answers.value, answers.value_then, until_today, drafts), then)
    report = StockReport(
        epoch=agreement.ledger_epoch,
        choices_version=choices.version,
        day=today,
        journal=choices.stock_journal or 0,
        account=accounts.account,
        contra=accounts.contra,
        value=answers.value,
        booked=answers.value - explanation.difference,
        drafts=drafts,
        explanation=explanation,
        next=next_voucher(state, next_day, choices, own) if next_day else None,
        balances=balances(until_today, drafts, latest_days(today)),
        received=answers.received,
        corrections=corrected,
    )
    content = msgspec.json.encode(report)
    StockValueReading.in_scope.update_or_create(agreement=agreement, defaults={"content": content, "read_at": now})
    return report


def _currencies_that_differ(base_currency: str, valued_in: str | None) -> Mapping[str, str] | None:
    return {"ours": base_currency, "theirs": valued_in} if valued_in not in (None, base_currency) else None


def _corrections(
    agreement: Agreement, accounts: StockAccounts, question: _Question, state: StockAccountState, open_days: Set[date]
) -> tuple[list[Correction], list[OwnDraft]] | None:
    """What the days of earlier periods that the next run looks at again will post, and our drafts as they stand then;
    None where the run will refuse a draft. A call for each such day, and seldom any."""
    if state.unclear is not None:
        return None
    own = [own_draft(draft) for draft in state.drafts]
    ends = ends_before(question.until, days_of_ours(open_days, own, state.entries), state.periods)
    days = changed_days(agreement, accounts.account, ends, state.periods, state.entries, own)
    rackbeat, choices = question.clients.rackbeat, question.choices
    values = {day: stock_values(rackbeat, choices, day)[accounts.account] for day in without_stopped(days)}
    return corrections_of(state, values, choices.stock_minimum)


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
