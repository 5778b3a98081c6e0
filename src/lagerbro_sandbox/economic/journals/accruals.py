"""Accruals at booking (economic-api 8.4): the amount without VAT leaves its account for the accrual account, and comes
back in equal parts, one for each month of the accrual, dated on the month's last day; the last one takes the rest.

How e-conomic dates and divides the parts is not published.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.journals.draft_entries import year_of
from lagerbro_sandbox.economic.journals.draft_rules import date_complaints
from lagerbro_sandbox.economic.ledger.system_entries import KIND
from lagerbro_sandbox.economic.money import cents
from lagerbro_sandbox.economic.platform.modules import ACCRUALS_IN_CLOSED_PERIODS, has_module
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.records import Record

FIELD: Final = "accrual"


def complaints(session: Session, row: Record) -> Iterator[Complaint]:
    """Every part needs an accounting year, and an open period unless the agreement has the module for closed ones."""
    for day in days(row):
        if year_of(session, day) is None or not has_module(session, ACCRUALS_IN_CLOSED_PERIODS):
            yield from date_complaints(session, day)


def days(row: Record) -> list[str]:
    """When the parts come back; none for an entry without an accrual."""
    accrual = row.get(FIELD)
    if accrual is None:
        return []
    first, end = date.fromisoformat(accrual["startDate"]), date.fromisoformat(accrual["endDate"])
    part_days: list[str] = []
    while first <= end:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        part_days.append(str(min(last, end)))
        first = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return part_days


def entries(session: Session, row: Record, booked: list[Entry]) -> list[Entry]:
    """What the accrual of the row adds to its booked entries; the numbers are still to be given."""
    if FIELD not in row:
        return []
    cost = _accrued(session, booked)
    account = int(row[FIELD]["accountNumber"])
    accrual_entries = _move(cost, account, cost.date, cost.amount, cost.base_amount)
    dates = days(row)
    parts = zip(dates, _parts(cost.amount, len(dates)), _parts(cost.base_amount, len(dates)), strict=True)
    for day, amount, base in parts:
        accrual_entries += _move(cost, account, day, -amount, -base)
    return accrual_entries


def _accrued(session: Session, booked: list[Entry]) -> Entry:
    """The entry on a profit and loss account; the first that is not the party's where there is none."""
    others = [entry for entry in booked if entry.remainder is None] or booked
    return next((entry for entry in others if _is_profit_and_loss(session, entry.account)), others[0])


def _is_profit_and_loss(session: Session, number: int) -> bool:
    return (session.get("accounts", number) or {}).get("accountType") == "profitAndLoss"


def _parts(amount: Decimal, count: int) -> list[Decimal]:
    part = cents(amount / Decimal(count))
    return [part] * (count - 1) + [amount - part * (count - 1)]


def _move(cost: Entry, account: int, day: str, amount: Decimal, base: Decimal) -> list[Entry]:
    blank = replace(cost, number=0, date=day, kind=KIND, vat_code=None)
    off = replace(blank, amount=-amount, base_amount=-base)
    return [off, replace(blank, account=account, amount=amount, base_amount=base)]
