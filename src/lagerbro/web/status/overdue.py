"""What waits too long needs somebody, whatever its kind (domain-rules H40). One rule, for a row and for the database.

Since when a transfer has waited is not stored; it is derived so that it never says too much. A row that has only ever
failed waits since it was made; every other since something last happened to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.sync.models import Transfer, TransferState

WAITS_MAX: Final = timedelta(hours=2)
FAILURES_MAX: Final = 5
MOVING: Final = (TransferState.WAITING, TransferState.RUNNING)
"""What goes on by itself, as long as it does not take too long."""
NOBODY: Final = Q(pk__in=())


def is_overdue(transfer: Transfer, agreement: Agreement, now: datetime) -> bool:
    """Whether a transfer of the agreement has waited two hours, or failed five times, and goes on waiting."""
    if agreement.state != AgreementState.ACTIVE or transfer.state not in MOVING:
        return False
    limit = now - WAITS_MAX
    has_only_failed = 0 < transfer.runs <= transfer.failures
    has_waited = transfer.changed_at <= limit or (has_only_failed and transfer.created_at <= limit)
    return has_waited or transfer.failures >= FAILURES_MAX


def overdue(agreement: Agreement, now: datetime) -> Q:
    """The same as a filter. The queue of an agreement that is not active waits for that, and not too long."""
    if agreement.state != AgreementState.ACTIVE:
        return NOBODY
    limit = now - WAITS_MAX
    has_only_failed = Q(runs__gt=0, runs__lte=F("failures"))
    has_waited = Q(changed_at__lte=limit) | (has_only_failed & Q(created_at__lte=limit))
    return Q(state__in=MOVING) & (has_waited | Q(failures__gte=FAILURES_MAX))
