"""Each night's run on one line: what it saw, and the voucher or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.core.paginator import Page, Paginator

from lagerbro.agreements.models import Agreement
from lagerbro.flows.stock_value.known import BOOKED, DRAFT, GONE, KIND, REPLACED
from lagerbro.flows.stock_value_days.days import runs_of
from lagerbro.flows.stock_value_days.models import StockValueDay
from lagerbro.money import ZERO
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro.web.sentences.records import shown_key
from lagerbro.web.sentences.words import Message
from lagerbro.web.status.messages import message_for
from lagerbro.web.status.overdue import is_overdue

RUNS: Final = 14
"""On one page of the history."""


@dataclass(frozen=True, slots=True)
class Run:
    """`value`, `booked` and `drafts` are what the run saw and left; None where it never came so far. `voucher` is the
    number in e-conomic, `fate` the kind of its link, and `amount` what it said."""

    transfer: Transfer
    day: str
    state: str
    value: Decimal | None
    booked: Decimal | None
    amount: Decimal | None
    voucher: str
    fate: str
    message: Message | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.value is None or self.booked is None else self.value - self.booked

    @property
    def is_draft(self) -> bool:
        return self.fate == DRAFT

    @property
    def is_booked(self) -> bool:
        return self.fate == BOOKED

    @property
    def is_replaced(self) -> bool:
        return self.fate == REPLACED

    @property
    def is_gone(self) -> bool:
        return self.fate == GONE

    @property
    def is_calm(self) -> bool:
        """Nothing of it needs anybody: its reason is told in a few words."""
        return self.state in (TransferState.TRANSFERRED, TransferState.DRAFTED, TransferState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Journal:
    """Which vouchers of ours stood in the journals when somebody last looked."""

    vouchers: frozenset[int]
    read_at: datetime

    def holds(self, link: Link) -> bool:
        """Whether the link's draft stands there, as far as is known: what was made since has not been looked for."""
        numbers = {int(one.rpartition("-")[2] or 0) for one in link.economic_key.split(", ")}
        return link.changed_at > self.read_at or bool(numbers & self.vouchers)


def runs(agreement: Agreement, page: str, now: datetime, journal: Journal | None) -> tuple[list[Run], Page[Transfer]]:
    """The latest day first."""
    shown_page = Paginator(Transfer.in_scope.filter(kind=KIND).order_by("-key"), RUNS).get_page(page)
    transfers = list(shown_page.object_list)
    links = {
        link.rackbeat_key: link
        for link in Link.in_scope.filter(
            epoch=agreement.ledger_epoch, kind=KIND, rackbeat_key__in=[transfer.key for transfer in transfers]
        )
    }
    seen = runs_of(agreement, [day for day in map(_day, transfers) if day is not None])
    found_runs = [_run(agreement, one, links.get(one.key), _seen(seen, one), now) for one in transfers]
    return [_as_in(journal, run, links.get(run.transfer.key)) for run in found_runs], shown_page


def _as_in(journal: Journal | None, run: Run, link: Link | None) -> Run:
    """A draft that was booked or deleted since the run stands no longer, though the next run only will note it."""
    is_standing = link is None or journal is None or run.fate != DRAFT or journal.holds(link)
    return run if is_standing else replace(run, fate=GONE)


def _day(transfer: Transfer) -> date | None:
    """Somebody may have asked for a day that is none."""
    try:
        return date.fromisoformat(transfer.key)
    except ValueError:
        return None


def _seen(seen: Mapping[date, list[StockValueDay]], transfer: Transfer) -> list[StockValueDay]:
    day = _day(transfer)
    return seen.get(day, []) if day is not None else []


def _run(
    agreement: Agreement, transfer: Transfer, link: Link | None, seen: Sequence[StockValueDay], now: datetime
) -> Run:
    late = is_overdue(transfer, agreement, now)
    return Run(
        transfer=transfer,
        day=shown_key(transfer.kind, transfer.key),
        state=TransferState.NEEDS_YOU if late else transfer.state,
        value=sum((row.value for row in seen), start=ZERO) if seen else None,
        booked=sum((row.booked or ZERO for row in seen), start=ZERO) if seen else None,
        amount=link.gross if link else None,
        voucher=link.economic_key if link else "",
        fate=link.economic_kind if link else "",
        message=message_for(transfer, is_overdue=late),
    )
