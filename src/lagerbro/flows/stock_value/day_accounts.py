"""Which stock accounts a run of a day brings to which values: those that hold a part of the stock value, and those that
held one until the settings were changed, whose stock leaves them (decision 0033). Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from lagerbro.agreements.choices import choices_at
from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices, StockSplit
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.stock_value.accounts import StockAccounts, stock_accounts
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value_days.days import UNFINISHED, SeenByRun, has_agreed, latest_day, runs_between, runs_on


@dataclass(frozen=True, slots=True)
class LeftAccount:
    """A stock account that holds no part any more; `version` are the settings by which it held one."""

    accounts: StockAccounts
    version: int | None


@dataclass(frozen=True, slots=True)
class DayAccounts:
    """`choices` split the day's value onto `pairs`; `left` are brought to nothing and then let go of."""

    choices: Choices
    pairs: tuple[StockAccounts, ...]
    left: tuple[LeftAccount, ...]
    versions: Mapping[int, int | None]
    """By which settings the day has been run before, by stock account."""


def day_accounts(agreement: Agreement, choices: Choices, day: date, *, is_past: bool) -> DayAccounts:
    """Of a run of that day by these settings. A day that has been run to its end, and that later ones build on or whose
    period is past, keeps its accounts, whatever has been chosen since. Raises `PlanRefusal`."""
    latest = latest_day(agreement)
    seen = runs_on(agreement, day)
    versions = {account: run.choices_version for account, run in seen.items()}
    pairs = stock_accounts(choices)
    is_built_on = is_past or (latest is not None and day < latest)
    if seen and is_built_on and UNFINISHED not in versions.values():
        choices = _as_it_was(choices, seen.values())
        pairs = _with_contras_of(pairs, stock_accounts(choices))
    elif not seen:
        before = latest_day(agreement, until=day)
        seen = runs_on(agreement, before) if before is not None else {}
    return DayAccounts(choices, pairs, _left(choices, pairs, seen), versions)


def left_between(agreement: Agreement, choices: Choices, first: date, last: date) -> tuple[LeftAccount, ...]:
    """The accounts that held a part in those days, or when they began, and hold none by these settings."""
    before = latest_day(agreement, until=first)
    seen = {} if before is None else runs_on(agreement, before)
    seen |= runs_between(agreement, first, last)
    return _left(choices, stock_accounts(choices), seen)


def split_then(choices: Choices, run: SeenByRun) -> Choices | None:
    """The settings by which a run split the stock value; None where they split it as these do."""
    if run.choices_version == UNFINISHED:
        return None
    then = _as_it_was(choices, [run])
    names = ("stock_split", "stock_split_accounts", "stock_account")
    return then if any(getattr(then, name) != getattr(choices, name) for name in names) else None


def is_accepted(agreement: Agreement, account: int, booked: Iterable[AccountEntry]) -> bool:
    """Whether an account that was chosen once has ever been the stock account in the books: an entry of ours is booked
    on it, or a run found it agreeing. Else it was a slip, and what stands on it is none of ours."""
    return any(adjusted_day(entry.text) for entry in booked) or has_agreed(agreement, account)


def _left(choices: Choices, pairs: Iterable[StockAccounts], seen: Mapping[int, SeenByRun]) -> tuple[LeftAccount, ...]:
    held = {pair.account for pair in pairs}
    gone = ((number, run) for number, run in seen.items() if number not in held and not _is_empty(run))
    return tuple(
        LeftAccount(StockAccounts(number, _contra(choices, number, run)), run.choices_version) for number, run in gone
    )


def _is_empty(run: SeenByRun) -> bool:
    return not (run.value or run.booked or run.standing)


def _as_it_was(choices: Choices, seen: Iterable[SeenByRun]) -> Choices:
    """The choices with the accounts that the day was split onto. A release before the split knew one account only."""
    versions = [run.choices_version for run in seen if run.choices_version is not None]
    if not versions:
        return msgspec.structs.replace(choices, stock_split=StockSplit.NONE)
    then = choices_at(max(versions)) if max(versions) != choices.version else choices
    return msgspec.structs.replace(
        choices,
        version=then.version,
        stock_split=then.stock_split,
        stock_split_accounts=then.stock_split_accounts,
        stock_account=then.stock_account,
        stock_contra_account=then.stock_contra_account,
    )


def _with_contras_of(now: Iterable[StockAccounts], then: Iterable[StockAccounts]) -> tuple[StockAccounts, ...]:
    """The accounts of then, each against the contra account that it has now, where it still has one."""
    by_account = {pair.account: pair for pair in now}
    return tuple(by_account.get(pair.account, pair) for pair in then)


def _contra(choices: Choices, account: int, run: SeenByRun) -> int:
    """The one that the account's changes were posted against when it held a part."""
    then = choices_at(run.choices_version) if run.choices_version else choices
    try:
        pairs = stock_accounts(then)
    except PlanRefusal:
        pairs = ()
    main = choices.stock_contra_account
    assert main is not None
    return next((pair.contra for pair in pairs if pair.account == account), main)
