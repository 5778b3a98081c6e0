"""Which agreements have something to do. The sweep asks this every few seconds; a wake is only a hint."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import Transfer, TransferState

LEFT_AFTER: timedelta = timedelta(seconds=10)
"""A transfer that has been in somebody's hands for so long may have been left by a dead worker. Looking is harmless:
whoever drains an agreement is alone with it."""


def agreements_with_due_work(now: datetime, one: int | None = None, limit: int = 1000) -> list[int]:
    """Active agreements with a transfer that is due, the one that has waited longest first; or only `one` of them.

    What is in hand does not count until it has been there for a while, else every sweep would wake whoever is at work.
    """
    with every_agreement("the sweep looks for due work in all of them"):
        due = Transfer.objects.filter(due_at__lte=now, agreement__state=AgreementState.ACTIVE)
        due = due.filter(Q(claim="") | Q(due_at__lte=now - LEFT_AFTER)).exclude(state=TransferState.PAUSED)
        if one is not None:
            due = due.filter(agreement_id=one)
        rows = due.order_by("due_at").values_list("agreement_id", flat=True)[: limit * 10]
        return list(dict.fromkeys(rows))[:limit]
