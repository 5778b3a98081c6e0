"""The stock value by stock account, as it is split by product group or by location. Pure.

Whatever is split, the parts come to Rackbeat's total to the øre: what has no row of its own, and what rounding leaves,
is the main account's (decision 0033).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from lagerbro.money import ZERO, rounded
from lagerbro.rackbeat.stock_types import Location, StockRow

DEPTH_MAX = 10
"""Locations nest three deep at most (rackbeat-api 3.12); more than this is a circle."""


def parts_of(total: Decimal, by_account: Mapping[int, Decimal], accounts: Sequence[int]) -> dict[int, Decimal]:
    """The value of each stock account, rounded; the first is the main one and gets what the others leave."""
    main, *others = accounts
    parts = {account: rounded(by_account.get(account, ZERO)) for account in others}
    return {main: rounded(total) - sum(parts.values(), start=ZERO), **parts}


def by_group(
    rows: Iterable[StockRow], groups: Mapping[str, int | None], account_of_group: Mapping[int, int]
) -> dict[int, Decimal]:
    """The sum of the items of each account's product groups. An item that is in no group is in no sum."""
    sums: dict[int, Decimal] = {}
    for row in rows:
        account = account_of_group.get(groups.get(row.number) or 0)
        if account is not None:
            sums[account] = sums.get(account, ZERO) + row.value
    return sums


def account_by_location(locations: Iterable[Location], account_of_location: Mapping[int, int]) -> dict[int, int]:
    """The account of each location that has one: its own, else that of the nearest location that it lies within."""
    inside = {one.number: one.parent_id for one in locations}
    found = {}
    for number in inside:
        place: int | None = number
        for _ in range(DEPTH_MAX):
            if place is None or place in account_of_location:
                break
            place = inside.get(place)
        if place is not None and place in account_of_location:
            found[number] = account_of_location[place]
    return found


def counted(rows: Iterable[StockRow], below_zero: frozenset[str]) -> list[StockRow]:
    """Those that count: an item that is worth less than nothing in all counts nowhere, by choice (domain-rules C9h)."""
    return [row for row in rows if row.number not in below_zero]


def below_zero(rows: Iterable[StockRow]) -> frozenset[str]:
    """The items whose value in all is negative."""
    return frozenset(row.number for row in rows if row.value < ZERO)
