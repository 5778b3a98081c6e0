"""Which agreements have something to do. The sweep asks this every few seconds; a wake is only a hint."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import Schedule, Transfer, TransferState

LEFT_AFTER: timedelta = timedelta(seconds=10)
"""A transfer that has been in somebody's hands for so long may have been left by a dead worker. Looking is harmless:
whoever drains an agreement is alone with it."""


def agreements_with_due_work(now: datetime, one: int | None = None, limit: int = 1000) -> list[int]:
    """Active agreements with a transfer or a routine that is due, the one that has waited longest first.

    `one`: ask for that one only. What is in hand does not count until it has been there for a while, else every
    sweep would wake whoever is at work.
    """
    with every_agreement("the sweep looks for due work in all of them"):
        rows = [*_of_transfers(now, one, limit * 10), *_of_schedules(now, one, limit)]
    return list(dict.fromkeys(agreement_id for _, agreement_id in sorted(rows)))[:limit]


def _of_transfers(now: datetime, one: int | None, limit: int) -> list[tuple[datetime, int]]:
    due = Transfer.objects.filter(due_at__lte=now, agreement__state=AgreementState.ACTIVE)
    due = due.filter(Q(claim="") | Q(due_at__lte=now - LEFT_AFTER)).exclude(state=TransferState.PAUSED)
    if one is not None:
        due = due.filter(agreement_id=one)
    rows = due.order_by("due_at").values_list("due_at", "agreement_id")[:limit]
    return [(due_at, agreement_id) for due_at, agreement_id in rows if due_at is not None]


def _of_schedules(now: datetime, one: int | None, limit: int) -> list[tuple[datetime, int]]:
    due = Schedule.objects.filter(due_at__lte=now, agreement__state=AgreementState.ACTIVE)
    if one is not None:
        due = due.filter(agreement_id=one)
    return list(due.order_by("due_at").values_list("due_at", "agreement_id")[:limit])
