"""From the reports of the accounts to the one of all of them, which stands on the page first (decision 0033). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from lagerbro.flows.stock_value.sides import OPENING
from lagerbro.flows.stock_value_report.expected import CURRENCY_DIFFERS, TOO_LARGE, UNCLEAR
from lagerbro.flows.stock_value_report.report import (
    AccountReport,
    BalanceDay,
    Correction,
    Explanation,
    Voucher,
)
from lagerbro.money import ZERO

HOLDS_ALL: Final = (UNCLEAR, CURRENCY_DIFFERS, OPENING, TOO_LARGE)
"""What stands in the way of one account's voucher holds up the run, and so the others'."""
OTHER_WAITS: Final = "stock_other_account_waits"


def held_together(reports: Sequence[AccountReport]) -> list[AccountReport]:
    """The same; while one account waits for somebody, the others have no voucher either."""
    if not any(one.next is not None and one.next.code in HOLDS_ALL for one in reports):
        return list(reports)
    return [msgspec.structs.replace(one, next=_held_back(one.next)) for one in reports]


def next_of_all(reports: Sequence[AccountReport]) -> Voucher | None:
    """What the next run does in all: the sum of its vouchers, and the first reason that somebody has to see to."""
    vouchers = [one.next for one in reports if one.next is not None]
    if not vouchers:
        return None
    obstacle = next(
        (one for one in vouchers if one.code in HOLDS_ALL), next((one for one in vouchers if one.code), None)
    )
    details = dict(obstacle.details) if obstacle is not None else {}
    if obstacle is not None and obstacle.code == OPENING:
        details = _openings([one for one in vouchers if one.code == OPENING])
    is_posted = any(one.amount for one in vouchers)
    return Voucher(
        day=vouchers[0].day,
        amount=sum((one.amount for one in vouchers), start=ZERO),
        difference=sum((one.difference for one in vouchers), start=ZERO),
        standing=sum((one.standing for one in vouchers), start=ZERO),
        withdraws=[draft for one in vouchers for draft in one.withdraws],
        code=obstacle.code if obstacle is not None and not is_posted else "",
        details=details,
    )


def explanation_of_all(reports: Sequence[AccountReport]) -> Explanation:
    """The parts of all accounts together."""
    return Explanation(
        difference=sum((one.difference for one in reports), start=ZERO),
        since=min((one.explanation.since for one in reports if one.explanation.since), default=None),
        parts=[part for one in reports for part in one.explanation.parts],
    )


def balances_of_all(reports: Sequence[AccountReport]) -> list[BalanceDay]:
    """The days are the same of all."""
    days = zip(*(one.balances for one in reports), strict=True)
    return [
        BalanceDay(
            rows[0].day,
            sum((row.booked for row in rows), start=ZERO),
            sum((row.drafts for row in rows), start=ZERO),
        )
        for rows in days
    ]


def corrections_of_all(reports: Sequence[AccountReport]) -> list[Correction]:
    found = [correction for one in reports for correction in one.corrections]
    return sorted(found, key=lambda correction: correction.day)


def _held_back(voucher: Voucher | None) -> Voucher | None:
    if voucher is None or voucher.code or not (voucher.amount or voucher.withdraws):
        return voucher
    return msgspec.structs.replace(voucher, amount=ZERO, replaces=None, withdraws=[], code=OTHER_WAITS)


def _openings(asked: Sequence[Voucher]) -> dict[str, str]:
    """The question about the first differences, as the run asks it."""
    names = ("stock", "balance", "difference")
    amounts = {
        name: sum((msgspec.convert(one.details[name], type(ZERO)) for one in asked), start=ZERO) for name in names
    }
    accounts = ", ".join(one.details["account"] for one in asked)
    return {"account": accounts, **{name: str(amount) for name, amount in amounts.items()}}
