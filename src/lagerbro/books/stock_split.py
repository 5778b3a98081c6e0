"""The stock value's split onto several pairs of accounts: its rows, and which of them cannot stand beside each other.

What stands booked is read by stock account. So a stock account has one contra account, or nobody could tell which part
of its balance came against which, and a contra account holds no stock (docs/decisions 0033). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro.books.choices import Choices, SplitSide, StockSplit, split_cell, split_place

CONTRA_IS_STOCK: Final = "contra_is_stock"
CONTRA_DIFFERS: Final = "contra_differs"
CONTRA_ALONE: Final = "contra_alone"


@dataclass(frozen=True, slots=True)
class SplitRow:
    """The accounts of a product group or a location; `contra` is None where it has the main one."""

    account: int
    contra: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is wrong with a row beside the others. `cell` is its wrong account; `other` the contra account that the
    stock account `account` has elsewhere."""

    kind: str
    cell: str
    account: int
    other: int = 0


def split_rows(choices: Choices) -> Mapping[int, SplitRow]:
    """The rows of the split that is chosen which have a stock account of their own, by group's or location's number."""
    return {
        number: SplitRow(sides[SplitSide.STOCK], sides.get(SplitSide.CONTRA))
        for number, sides in _cells(choices).items()
        if SplitSide.STOCK in sides
    }


def conflicts(choices: Choices) -> Iterator[Conflict]:
    """Of the rows in their order; none while nothing is split."""
    split, main_contra = choices.stock_split, choices.stock_contra_account
    rows = split_rows(choices)
    for number in _cells(choices).keys() - rows.keys():
        contra = _cells(choices)[number][SplitSide.CONTRA]
        yield Conflict(CONTRA_ALONE, split_cell(split, number, SplitSide.STOCK), contra)
    contras = {choices.stock_account: main_contra}
    stocks = {choices.stock_account, *(row.account for row in rows.values())}
    for number, row in rows.items():
        used = main_contra if row.contra is None else row.contra
        if row.account == main_contra:
            yield Conflict(CONTRA_IS_STOCK, split_cell(split, number, SplitSide.STOCK), row.account)
        elif row.contra is not None and row.contra in stocks:
            yield Conflict(CONTRA_IS_STOCK, split_cell(split, number, SplitSide.CONTRA), row.contra)
        elif contras.setdefault(row.account, used) != used:
            other = contras[row.account] or 0
            yield Conflict(CONTRA_DIFFERS, split_cell(split, number, SplitSide.CONTRA), row.account, other)


def _cells(choices: Choices) -> dict[int, dict[SplitSide, int]]:
    """By row, in their order."""
    if choices.stock_split is StockSplit.NONE:
        return {}
    cells: dict[int, dict[SplitSide, int]] = {}
    for cell, account in choices.stock_split_accounts.items():
        split, number, side = split_place(cell)
        if split is choices.stock_split:
            cells.setdefault(number, {})[side] = account
    return dict(sorted(cells.items()))
