"""Which agreements have something to do. The sweep asks this every few seconds; a wake is only a hint."""

from __future__ import annotations

from datetime import datetime

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import Transfer, TransferState


def agreements_with_due_work(now: datetime, limit: int = 1000) -> list[int]:
    """Active agreements with a transfer that is due, the one that has waited longest first."""
    with every_agreement("the sweep looks for due work in all of them"):
        rows = (
            Transfer.objects.filter(due_at__lte=now, agreement__state=AgreementState.ACTIVE)
            .exclude(state=TransferState.PAUSED)
            .order_by("due_at")
            .values_list("agreement_id", flat=True)[: limit * 10]
        )
        return list(dict.fromkeys(rows))[:limit]
