"""Whether every account of a split takes its voucher, looked at before the first one is written.

A stock that has left one account and not come to the other stands in the balance twice, or not at all, until somebody
has mended the account: either all of a night's vouchers are made, or none (decision 0033). Journal and date are the
same for all of them, and the first write tells of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lagerbro.agreements.directory import PROFIT_AND_LOSS, STATUS
from lagerbro.economic.registers import Registers
from lagerbro.economic.types import Account
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind

_POSTED_TO: Final = (PROFIT_AND_LOSS, STATUS)


def check_accounts(registers: Registers, pairs: Sequence[StockAccounts]) -> None:
    """Raises `Refusal` for the first account that would stop a voucher. One call for every 1000 accounts, and none
    where there is one voucher only: e-conomic tells of that by refusing it."""
    if len(pairs) < 2:
        return
    wanted = [number for pair in pairs for number in (pair.account, pair.contra)]
    refusal = first_refusal(wanted, {one.accountNumber: one for one in registers.accounts()})
    if refusal is not None:
        raise refusal


def first_refusal(numbers: Iterable[int], chart: Mapping[int, Account]) -> Refusal | None:
    codes = ((number, _code_of(chart.get(number))) for number in numbers)
    found = ((number, code) for number, code in codes if code)
    return next((Refusal(code, FailureKind.CONFIG, account=str(number)) for number, code in found), None)


def _code_of(account: Account | None) -> str:
    """The same names as where e-conomic refuses the entry itself (`refusals`)."""
    if account is None:
        return "stock_account_missing"
    if account.accountType not in _POSTED_TO:
        return "stock_account_unusable"
    if account.barred:
        return "stock_account_barred"
    if account.blockDirectEntries:
        return "stock_account_blocked"
    return "stock_account_has_vat" if account.vatAccount is not None else ""
