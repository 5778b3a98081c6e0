"""What waits too long needs somebody, whatever its kind, and is tried by itself all the same (domain-rules H40).

When that is so is worked out where a transfer begins to wait and where a run of it ends, and kept with it in one
column, so that the pages find and count it by one step in one index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from lagerbro.sync.models import Transfer

WAIT_MAX: Final = timedelta(hours=2)  # domain-rules H40, as the next
REPEATS_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class Wait:
    """A transfer's waiting, ready to be written on it."""

    since: datetime | None = None
    repeats: int = 0
    overdue_at: datetime | None = None

    def columns(self) -> dict[str, Any]:
        """For an update."""
        return {"waiting_since": self.since, "repeats": self.repeats, "overdue_at": self.overdue_at}


NO_WAIT: Final = Wait()


def new_wait(now: datetime) -> Wait:
    """It begins to wait."""
    return Wait(now, 0, now + WAIT_MAX)


def continued_wait(transfer: Transfer, code: str, now: datetime, *, failed: bool) -> Wait:
    """A run of it has ended with this code, and it goes on waiting."""
    since = transfer.waiting_since or transfer.changed_at
    repeats = (transfer.repeats + 1 if transfer.code == code else 1) if failed else 0
    overdue_at = since + WAIT_MAX
    if repeats >= REPEATS_MAX:
        overdue_at = min(overdue_at, now if repeats == REPEATS_MAX else transfer.overdue_at or now)
    return Wait(since, repeats, overdue_at)


def overdue(now: datetime) -> QuerySet[Transfer]:
    """Those of the scope's agreement that need somebody although they are tried by themselves, in no order.

    Their `code` and `details` are the cause; without a code it has not been its turn yet.
    """
    return Transfer.in_scope.filter(overdue_at__lte=now)


def is_overdue(transfer: Transfer, now: datetime) -> bool:
    """The same of one."""
    return transfer.overdue_at is not None and transfer.overdue_at <= now
