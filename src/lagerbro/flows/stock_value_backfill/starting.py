"""Asking for a back-fill, and how far it has come. Inside the agreement's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement
from lagerbro.flows.stock_value.known import BACKFILL
from lagerbro.flows.stock_value_backfill.flow import BackfillFlow
from lagerbro.flows.stock_value_backfill.request import BackfillRequest
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.sync.storage.enqueueing import PRIORITY_PERSON, RankedRecord, enqueue
from lagerbro.sync.waking import wake_on_commit

EVENT: Final = "stock_backfill_started"
_DONE: Final = (TransferState.TRANSFERRED, TransferState.DRAFTED)


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `count` parts; `stopped_by` is the one that cannot go on, with its reason."""

    done: int
    count: int
    stopped_by: Transfer | None = None

    @property
    def is_finished(self) -> bool:
        return self.done == self.count


def start(agreement: Agreement, request: BackfillRequest, *, by: str, now: datetime) -> None:
    """Ask for its first part; each asks for the one after it. Raises `PlanRefusal`."""
    request.check(now.astimezone(COPENHAGEN).date())
    first = request.parts()[0]
    with transaction.atomic():
        enqueue(agreement.pk, [RankedRecord(BACKFILL, first.key, BackfillFlow.rank)], now, priority=PRIORITY_PERSON)
        record_event(agreement, EVENT, by=by, at=now, first=str(request.first), last=str(request.last))
        wake_on_commit(agreement.pk)


def progress(request: BackfillRequest) -> Progress | None:
    """Of the latest time that it was asked for; None where it never was."""
    parts = request.parts()
    rows = {row.key: row for row in Transfer.in_scope.filter(kind=BACKFILL, key__startswith=request.prefix)}
    if parts[0].key not in rows:
        return None
    done, since = 0, rows[parts[0].key].created_at
    for part in parts:
        row = rows.get(part.key)
        if row is None or row.changed_at < since or row.done < row.asked or row.due_at is not None:
            break
        if row.state not in _DONE:
            return Progress(done, len(parts), row)
        done, since = done + 1, row.changed_at
    return Progress(done, len(parts))
