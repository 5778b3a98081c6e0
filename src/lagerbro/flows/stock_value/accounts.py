"""Which accounts hold the stock: one pair, or one for each part of it that has accounts of its own. Pure.

Rows with the same stock account are one pair, and its value is their sum (decision 0033).
"""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.books.choices import Choices
from lagerbro.books.stock_split import CONTRA_DIFFERS, CONTRA_IS_STOCK, conflicts, split_rows
from lagerbro.flows.refusals import CONFIG, PlanRefusal


@dataclass(frozen=True, slots=True)
class StockAccounts:
    """A stock account and the account against which its changes are posted (domain-rules A29, A30)."""

    account: int
    contra: int

    @property
    def named(self) -> str:
        return accounts_named(self.account, self.contra)


def accounts_named(account: int, contra: int) -> str:
    """`5820 / 1350`."""
    return f"{account} / {contra}"


def stock_accounts(choices: Choices) -> tuple[StockAccounts, ...]:
    """The pairs, each stock account once, the one that takes the remainder first; raises `PlanRefusal`."""
    account, contra = choices.stock_account, choices.stock_contra_account
    if account is None or contra is None or choices.stock_journal is None:
        raise PlanRefusal("stock_settings_missing", CONFIG)
    for conflict in conflicts(choices):
        if conflict.kind == CONTRA_IS_STOCK:
            raise PlanRefusal("stock_contra_is_stock", CONFIG, account=str(conflict.account))
        if conflict.kind == CONTRA_DIFFERS:
            raise PlanRefusal("stock_contra_differs", CONFIG, account=str(conflict.account))
    found = {account: StockAccounts(account, contra)}
    for row in split_rows(choices).values():
        found.setdefault(row.account, StockAccounts(row.account, contra if row.contra is None else row.contra))
    return (found[account], *(found[number] for number in sorted(found.keys() - {account})))
