"""What waits too long needs somebody, whatever its kind (`sync.overdue`, domain-rules H40), on every page alike.

The queue of an agreement that is not active waits for that, and not too long.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.sync import overdue as engine
from lagerbro.sync.models import Transfer, TransferState

WAIT_MAX: Final = engine.WAIT_MAX
FAILURES_MAX: Final = engine.REPEATS_MAX
MOVING: Final = (TransferState.WAITING, TransferState.RUNNING)
"""What goes on by itself, as long as it does not take too long."""
NOBODY: Final = Q(pk__in=())


def is_overdue(transfer: Transfer, agreement: Agreement, now: datetime) -> bool:
    """Whether a transfer of the agreement needs somebody although it is tried by itself."""
    return agreement.state == AgreementState.ACTIVE and engine.is_overdue(transfer, now)


def overdue(agreement: Agreement, now: datetime) -> Q:
    """The same as a filter."""
    return Q(overdue_at__lte=now) if agreement.state == AgreementState.ACTIVE else NOBODY
