"""What a back-fill reads before it plans. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.stock_value.accounts import StockAccounts, stock_accounts
from lagerbro.flows.stock_value.day_accounts import is_accepted, left_between
from lagerbro.flows.stock_value.drafts import own_drafts
from lagerbro.flows.stock_value.known import AdjustmentsKnown
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value.valuing.valuation import values_by_day
from lagerbro.flows.stock_value.writing import check_currency
from lagerbro.flows.stock_value_backfill.position import Position
from lagerbro.flows.stock_value_days.days import latest_run
from lagerbro.money import ZERO
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.runtime import Clients, RunAll
from lagerbro.sync.schedules.timing import COPENHAGEN

Values = Mapping[date, Mapping[int, Decimal]]
"""By day and stock account."""


@dataclass(frozen=True, slots=True)
class Books:
    """What stands in e-conomic now: each stock account, and every draft of a finance voucher."""

    positions: Sequence[Position]
    rows: Sequence[DraftEntryRow]


def read_books(
    agreement: Agreement,
    choices: Choices,
    clients: Clients,
    known: AdjustmentsKnown,
    now: datetime,
    days: tuple[date, date],
) -> Books:
    """A call for our drafts and one for each stock account, those among them that have held stock in the days and hold
    none by today's settings. Raises `PlanRefusal`."""
    rows = list(clients.economic.finance_entries.all())
    known.wait_for_fresh(rows, now)
    until = now.astimezone(COPENHAGEN).date() + timedelta(days=1)
    positions = []
    for accounts in stock_accounts(choices):
        memory = known.of_account(accounts.account)
        entries = list(clients.economic.booked_entries.of_account(accounts.account, until))
        if memory.is_empty:
            check_currency(clients.rackbeat, agreement.base_currency)
        drafts = own_drafts(rows, memory, accounts.account, agreement.base_currency)
        positions.append(Position(accounts, entries, drafts))
    for left in left_between(agreement, choices, *days):
        account = left.accounts.account
        entries = list(clients.economic.booked_entries.of_account(account, until))
        if is_accepted(agreement, account, entries):
            drafts = own_drafts(rows, known.of_account(account), account, agreement.base_currency)
            positions.append(Position(left.accounts, entries, drafts))
    others = {one.accounts.account for one in positions}
    for accounts in _filled_before(agreement, known, days[-1]):
        if accounts.account not in others:
            entries = list(clients.economic.booked_entries.of_account(accounts.account, until))
            ours = [entry for entry in entries if adjusted_day(entry.text) is not None]
            drafts = own_drafts(rows, known.of_account(accounts.account), accounts.account, agreement.base_currency)
            positions.append(Position(accounts, ours, drafts))
    return Books(positions, rows)


def _filled_before(agreement: Agreement, known: AdjustmentsKnown, last: date) -> list[StockAccounts]:
    """The accounts that a back-fill has brought to a part by other rows, of days before any night was run on them: what
    it made is taken away, and what stood there besides is let alone."""
    pairs = [StockAccounts(account, contra) for account, contra in sorted(known.backfilled_pairs.items())]
    return [pair for pair in pairs if latest_run(agreement, pair.account, last) is None]


def read_values(rackbeat: Rackbeat, choices: Choices, days: Sequence[date], run_all: RunAll) -> Values:
    """Rackbeat's valuation of each day; a call for each. Raises the first `RemoteError`."""
    values, fault = values_by_day(rackbeat, choices, days, run_all)
    if fault is not None:
        raise fault
    return values


def of_account(values: Values, account: int) -> dict[date, Decimal]:
    """One account's values by day; one that holds no part is worth nothing."""
    return {day: by_account.get(account, ZERO) for day, by_account in values.items()}
