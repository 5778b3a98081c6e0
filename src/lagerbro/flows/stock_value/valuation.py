"""What Rackbeat says that the stock is worth at the end of a day, to the øre, by the account that holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from lagerbro.books.choices import Choices
from lagerbro.flows.stock_value.accounts import stock_accounts
from lagerbro.money import ZERO, rounded
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.runtime import RunAll
from lagerbro.wire.errors import RemoteError


def stock_values(rackbeat: Rackbeat, choices: Choices, day: date) -> Mapping[int, Decimal]:
    """The value by stock account. One call."""
    (accounts,) = stock_accounts(choices)
    return {accounts.account: rounded(_total(rackbeat, choices, day))}


def value_at(rackbeat: Rackbeat, choices: Choices, day: date) -> Decimal:
    """What the main stock account should come to."""
    main = stock_accounts(choices)[0]
    return stock_values(rackbeat, choices, day)[main.account]


def values_by_day(
    rackbeat: Rackbeat, choices: Choices, days: Sequence[date], run_all: RunAll
) -> tuple[dict[date, Mapping[int, Decimal]], RemoteError | None]:
    """The values of those days that came, and the first fault; after one no more are asked for. A call for each."""
    values: dict[date, Mapping[int, Decimal]] = {}
    faults: list[RemoteError] = []

    def reading(day: date) -> Callable[[], None]:
        def read() -> None:
            if faults:
                return
            try:
                values[day] = stock_values(rackbeat, choices, day)
            except RemoteError as fault:
                faults.append(fault)

        return read

    run_all([reading(day) for day in days])
    return values, next(iter(faults), None)


def _total(rackbeat: Rackbeat, choices: Choices, day: date) -> Decimal:
    """Items of a negative value count as nothing by choice (domain-rules C9h)."""
    if not choices.stock_skip_negative:
        return rackbeat.stock_value(day)
    return sum((max(one, ZERO) for one in rackbeat.stock_values(day)), start=ZERO)
