"""What Rackbeat says that the stock is worth at the end of a day, to the øre, by the account that holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro.books.choices import Choices, StockSplit
from lagerbro.books.stock_split import split_rows
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.flows.stock_value.accounts import stock_accounts
from lagerbro.flows.stock_value.valuing.split import account_by_location, below_zero, by_group, counted, parts_of
from lagerbro.money import ZERO
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.stock_types import StockRow
from lagerbro.sync.runtime import RunAll
from lagerbro.wire.errors import RemoteError

LOCATIONS_MAX: Final = 60
"""Locations that are valued one by one, a call for each; Rackbeat takes seven a second."""


class StockValuation:
    """The values by stock account. Which group an item is in, and where locations lie, is read once for all days.

    Calls: one for a day that is not split; by product group two, and one for every 1000 items; by location one and one
    for each location of an account of its own, and one for the list of locations. Raises `PlanRefusal`.
    """

    def __init__(self, rackbeat: Rackbeat, choices: Choices) -> None:
        self._rackbeat = rackbeat
        self._skips_negative = choices.stock_skip_negative
        self._accounts = [pair.account for pair in stock_accounts(choices)]
        main, *others = self._accounts
        self._own = {number: row.account for number, row in split_rows(choices).items()}
        self._split = choices.stock_split if others else StockSplit.NONE
        self._groups: Mapping[str, int | None] = {}
        self._account_by_location: Mapping[int, int] = {}
        if self._split is StockSplit.GROUP:
            self._groups = {item.number: item.in_group for item in rackbeat.item_groups()}
        elif self._split is StockSplit.LOCATION:
            self._account_by_location = self._locations(main)

    def at(self, day: date) -> Mapping[int, Decimal]:
        """At the end of the day."""
        rows = self._rackbeat.stock_rows(day) if self._needs_rows else []
        without = below_zero(rows) if self._skips_negative else frozenset()
        total = _above_zero(rows) if self._skips_negative else self._rackbeat.stock_value(day)
        if self._split is StockSplit.GROUP:
            return parts_of(total, by_group(counted(rows, without), self._groups, self._own), self._accounts)
        sums: dict[int, Decimal] = {}
        for location, account in self._account_by_location.items():
            there = counted(self._rackbeat.stock_rows(day, location), without)
            sums[account] = sums.get(account, ZERO) + _sum(there)
        return parts_of(total, sums, self._accounts)

    @property
    def calls_a_day(self) -> int:
        """How many calls a day's values take."""
        return 1 + (self._split is StockSplit.GROUP) + len(self._account_by_location)

    @property
    def _needs_rows(self) -> bool:
        return self._skips_negative or self._split is StockSplit.GROUP

    def _locations(self, main: int) -> dict[int, int]:
        """Those that must be valued; what lies on the main account's is what the others leave."""
        found = account_by_location(self._rackbeat.locations(), self._own)
        valued = {number: account for number, account in found.items() if account != main}
        if len(valued) > LOCATIONS_MAX:
            raise PlanRefusal("stock_split_too_wide", CONFIG, count=str(len(valued)), most=str(LOCATIONS_MAX))
        return valued


def stock_values(rackbeat: Rackbeat, choices: Choices, day: date) -> Mapping[int, Decimal]:
    """The value by stock account."""
    return StockValuation(rackbeat, choices).at(day)


def values_by_day(
    rackbeat: Rackbeat, choices: Choices, days: Sequence[date], run_all: RunAll, calls_max: int | None = None
) -> tuple[dict[date, Mapping[int, Decimal]], RemoteError | None]:
    """The values of those days that came, and the first fault; after one no more are asked for. With `calls_max` only
    the first days are read, as many as so many calls tell of, and one at least."""
    values: dict[date, Mapping[int, Decimal]] = {}
    faults: list[RemoteError] = []
    if not days:
        return values, None
    valuation = StockValuation(rackbeat, choices)

    def reading(day: date) -> Callable[[], None]:
        def read() -> None:
            if faults:
                return
            try:
                values[day] = valuation.at(day)
            except RemoteError as fault:
                faults.append(fault)

        return read

    count = len(days) if calls_max is None else max(1, calls_max // valuation.calls_a_day)
    run_all([reading(day) for day in days[:count]])
    return values, next(iter(faults), None)


def _above_zero(rows: Sequence[StockRow]) -> Decimal:
    """Items of a negative value count as nothing by choice (domain-rules C9h)."""
    return sum((max(row.value, ZERO) for row in rows), start=ZERO)


def _sum(rows: Sequence[StockRow]) -> Decimal:
    return sum((row.value for row in rows), start=ZERO)
