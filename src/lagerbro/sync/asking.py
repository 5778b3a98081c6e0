"""Saying that a record may have changed. Doors, polls, people and other transfers all ask here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from lagerbro.sync.models import Transfer, TransferState

PRIORITY_DOCUMENT = 0
PRIORITY_BULK = 1


def ask(
    agreement_id: int, records: Iterable[tuple[str, str, int]], now: datetime, *, priority: int = PRIORITY_DOCUMENT
) -> None:
    """Make the (kind, key, rank) records due. Inside the caller's transaction; idempotent but for the counter."""
    for kind, key, rank in records:
        fields = {"asked": F("asked") + 1, "due_at": now, "changed_at": now}
        known = Transfer.objects.filter(agreement_id=agreement_id, kind=kind, key=key)
        if known.exclude(state=TransferState.PAUSED).update(**fields) or known.exists():
            continue
        _, made = Transfer.objects.get_or_create(
            agreement_id=agreement_id,
            kind=kind,
            key=key,
            defaults={
                "rank": rank,
                "priority": priority,
                "asked": 1,
                "due_at": now,
                "created_at": now,
                "changed_at": now,
            },
        )
        if not made:  # another door was faster
            known.update(**fields)
