"""What a back-fill would post, worked out by the same rules as it is then done, without writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.flows.stock_value.known import AdjustmentsKnown
from lagerbro.flows.stock_value.valuing.valuation import values_by_day
from lagerbro.flows.stock_value.writing import check_size
from lagerbro.flows.stock_value_backfill.open_days import check_open
from lagerbro.flows.stock_value_backfill.plan import PlannedVoucher
from lagerbro.flows.stock_value_backfill.reading import Values, of_account, read_books
from lagerbro.flows.stock_value_backfill.request import BackfillRequest
from lagerbro.money import ZERO
from lagerbro.sync.runtime import Clients, RunAll, run_sequentially
from lagerbro.sync.schedules.timing import COPENHAGEN

CALLS_AT_ONCE: Final = 45
"""While somebody waits; Rackbeat takes seven a second."""


@dataclass(frozen=True, slots=True)
class BackfillPreview:
    """`vouchers` in the order in which they will be made; none: everything is right already."""

    request: BackfillRequest
    vouchers: Sequence[PlannedVoucher]

    @property
    def total(self) -> Decimal:
        """What the days that were asked for are moved by in all."""
        return sum((one.amount for one in self.vouchers if not one.takes_back), start=ZERO)


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """So many days that their values are not read at one time: `values` are those that have been read until now."""

    request: BackfillRequest
    values: Values
    days: int


def preview(
    agreement: Agreement,
    choices: Choices,
    clients: Clients,
    request: BackfillRequest,
    now: datetime,
    run_all: RunAll = run_sequentially,
    known: Values | None = None,
) -> BackfillPreview | PartlyRead:
    """Inside the agreement's scope. `known`: values that were read for an earlier `PartlyRead`. Raises `PlanRefusal` or
    `Refusal` with the reason for which it cannot be done (closed periods by name), and `RemoteError`.

    Calls: Rackbeat's value of each day; our drafts, each stock account's entries, and the periods where something has
    to be posted.
    """
    request.check(now.astimezone(COPENHAGEN).date())
    days = [day for part in request.parts() for day in part.days]
    missing = [day for day in days if day not in (known or {})]
    read, fault = values_by_day(clients.rackbeat, choices, missing, run_all, CALLS_AT_ONCE)
    if fault is not None:
        raise fault
    values = {**(known or {}), **read}
    if not values.keys() >= set(days):
        return PartlyRead(request, values, len(days))
    return BackfillPreview(request, _vouchers(agreement, choices, clients, request, now, values))


def _vouchers(
    agreement: Agreement,
    choices: Choices,
    clients: Clients,
    request: BackfillRequest,
    now: datetime,
    values: Values,
) -> list[PlannedVoucher]:
    known = AdjustmentsKnown.of(agreement, now)
    books = read_books(agreement, choices, clients, known, now, (request.first, request.last))
    positions, vouchers = list(books.positions), list[PlannedVoucher]()
    for part in request.parts():
        of_part = {day: values[day] for day in part.days}
        for at, position in enumerate(positions):
            planned = position.planned(of_account(of_part, position.accounts.account), choices.stock_minimum)
            positions[at] = position.with_vouchers(planned)
            vouchers += planned
    for voucher in vouchers:
        check_size(voucher.amount)
    if vouchers:
        check_open({voucher.day for voucher in vouchers}, list(clients.economic.services.periods()))
    return vouchers
