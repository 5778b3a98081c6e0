"""What a look asks both systems, side by side and none of it in the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro.books.choices import Choices
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.valuing.valuation import StockValuation
from lagerbro.flows.stock_value_days.days import SeenByRun
from lagerbro.flows.stock_value_report.report import Received
from lagerbro.money import ZERO
from lagerbro.sync.runtime import Clients, RunAll
from lagerbro.wire.errors import RemoteError

ORDERS_MAX: Final = 8
"""Purchase orders of which it is read what has come without an invoice; each costs a call."""


@dataclass(frozen=True, slots=True)
class AskedAccount:
    """`then` is what the latest run saw of it; `choices_then` the settings by which that run split the stock, None
    where they split it as now. `is_left`: the account holds no part any more."""

    accounts: StockAccounts
    then: SeenByRun | None
    choices_then: Choices | None = None
    is_left: bool = False


@dataclass
class Answers:
    """What the two systems said. `values`: by day, as today's settings split them; `values_at_run`: as they were split
    by the run of the day, where that was otherwise."""

    values: dict[date, dict[int, Decimal]] = field(default_factory=dict)
    values_at_run: dict[date, dict[int, Decimal]] = field(default_factory=dict)
    entries: dict[int, list[AccountEntry]] = field(default_factory=dict)
    rows: list[DraftEntryRow] = field(default_factory=list)
    received: Received | None = None
    currency: str | None = None
    """Rackbeat's, where it was asked for."""

    def value(self, account: int, day: date) -> Decimal:
        """By today's settings; an account that holds no part is worth nothing."""
        return self.values[day].get(account, ZERO)

    def value_at_run(self, account: int, day: date) -> Decimal:
        """As the run of the day would value it now."""
        return self.values_at_run.get(day, self.values[day]).get(account, ZERO)


@dataclass(frozen=True, slots=True)
class Question:
    """`is_first`: nothing of ours has been posted on an account, and the run will look at the currency, too (F15)."""

    clients: Clients
    choices: Choices
    accounts: Sequence[AskedAccount]
    today: date
    until: date
    is_first: bool

    def read(self, run_all: RunAll) -> Answers:
        """Raises `RemoteError` and `PlanRefusal`."""
        answers = Answers()
        jobs: list[Callable[[], None]] = [lambda: self._values(answers)]
        jobs += [self._entries_job(answers, asked.accounts.account) for asked in self.accounts]
        jobs += [lambda: self._drafts(answers), lambda: self._received(answers)]
        run_all(jobs)
        return answers

    def _values(self, answers: Answers) -> None:
        rackbeat = self.clients.rackbeat
        valuation = StockValuation(rackbeat, self.choices)
        runs = [(asked.then.day, asked.choices_then) for asked in self.accounts if asked.then is not None]
        for day in sorted({self.today, *(day for day, _ in runs)}, reverse=True):
            answers.values[day] = dict(valuation.at(day))
        for day, choices in runs:
            if choices is not None and day not in answers.values_at_run:
                answers.values_at_run[day] = dict(StockValuation(rackbeat, choices).at(day))
        if self.is_first:
            answers.currency = rackbeat.base_currency()

    def _entries_job(self, answers: Answers, account: int) -> Callable[[], None]:
        def read() -> None:
            answers.entries[account] = list(self.clients.economic.booked_entries.of_account(account, self.until))

        return read

    def _drafts(self, answers: Answers) -> None:
        answers.rows = list(self.clients.economic.finance_entries.all())

    def _received(self, answers: Answers) -> None:
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
