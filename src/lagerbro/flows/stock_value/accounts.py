"""Which accounts hold the stock: one pair, or one for each part of it that has accounts of its own. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.books.choices import Choices
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
    """The pairs, the one that takes the remainder first; raises `PlanRefusal`."""
    account, contra = choices.stock_account, choices.stock_contra_account
    if account is None or contra is None or choices.stock_journal is None:
        raise PlanRefusal("stock_settings_missing", CONFIG)
    return (StockAccounts(account, contra),)
