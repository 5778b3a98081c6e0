"""What the tables of back-fills need: which account is debited, which is credited, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from lagerbro.flows.stock_value_backfill.plan import PlannedVoucher
from lagerbro.wire.texts import isolated

register = template.Library()


@register.filter
def debited(voucher: PlannedVoucher, names: Mapping[int, str]) -> str:
    accounts = voucher.accounts
    return _named(accounts.account if voucher.amount > 0 else accounts.contra, names)


@register.filter
def credited(voucher: PlannedVoucher, names: Mapping[int, str]) -> str:
    accounts = voucher.accounts
    return _named(accounts.contra if voucher.amount > 0 else accounts.account, names)


@register.filter
def size(voucher: PlannedVoucher) -> Decimal:
    """The amount without its sign: the accounts say the direction."""
    return abs(voucher.amount)


@register.filter
def before(voucher: PlannedVoucher) -> Decimal:
    """What our drafts until the day and the vouchers above come to: the row's figures add up."""
    assert voucher.past_day is not None
    return voucher.past_day.value - voucher.past_day.booked - voucher.amount


def _named(number: int, names: Mapping[int, str]) -> str:
    return f"{number} {isolated(names.get(number, ''))}".strip()
