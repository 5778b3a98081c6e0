"""What is wrong with the accounts of the stock value's split beside each other (docs/decisions 0033). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from lagerbro.agreements.fitness import Misfit
from lagerbro.books.choices import Choices, StockSplit
from lagerbro.books.stock_split import conflicts

_MAP: Final = "stock_split_accounts"
_FIELDS: Final = ("stock_account", "stock_contra_account", "stock_split")


def split_misfits(values: Mapping[str, Any], base: Choices) -> Iterator[tuple[str, Misfit]]:
    """A complaint about each row that cannot work beside the others, at the cell that is wrong. `values` are the
    changed answers; where none of the accounts has changed, nothing is said."""
    changed = {name: values[name] for name in _FIELDS if name in values}
    cells = {key.partition(":")[2]: account for key, account in values.items() if key.startswith(f"{_MAP}:")}
    if not (changed or cells):
        return
    merged = {cell: account for cell, account in {**base.stock_split_accounts, **cells}.items() if account is not None}
    split = StockSplit(changed.pop("stock_split", base.stock_split))
    then = msgspec.structs.replace(base, **changed, stock_split=split, stock_split_accounts=merged)
    for found in conflicts(then):
        details = {"number": str(found.account), "contra": str(found.other)}
        yield f"{_MAP}:{found.cell}", Misfit(f"split_{found.kind}", details=details)
