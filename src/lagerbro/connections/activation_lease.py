"""One person at a time changes how an agreement stands, although calls to Rackbeat lie in between.

A database lock cannot be held across those: on a file it would stop every transfer of everyone. So the row says until
when somebody is at it; whoever was killed in the middle is overtaken after that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from lagerbro.agreements.models import Agreement
from lagerbro.connections.rackbeat_webhooks import LeaseLostError
from lagerbro.sync.runtime import Clock

LEASE_LIFETIME: Final = timedelta(seconds=90)
"""Longer than any one call and the reading after it (`wire.transport.TOTAL_TIMEOUT_S`)."""


class BusyError(RuntimeError):
    """Somebody else is at it just now."""


@dataclass
class Lease:
    """Ours until `until`, and only while the row still says so."""

    agreement_id: int
    until: datetime
    clock: Clock

    def renew(self) -> None:
        """Before every effect: make sure that it is still ours. Raises `LeaseLostError`."""
        until = self.clock.now() + LEASE_LIFETIME
        if not self._held_row().update(acting_until=until):
            raise LeaseLostError(f"agreement {self.agreement_id}")
        self.until = until

    def release(self) -> None:
        self._held_row().update(acting_until=None)

    def _held_row(self) -> QuerySet[Agreement]:
        return Agreement.objects.filter(pk=self.agreement_id, acting_until=self.until)


@contextmanager
def activation_lease(agreement: Agreement, clock: Clock) -> Iterator[Lease]:
    """The right to change how the agreement stands; raises `BusyError` while another has it.

    A process that is killed, or a test that plays it, does not give it back: it runs out.
    """
    now = clock.now()
    free = Q(acting_until=None) | Q(acting_until__lte=now)
    lease = Lease(agreement.pk, now + LEASE_LIFETIME, clock)
    if not Agreement.objects.filter(free, pk=agreement.pk).update(acting_until=lease.until):
        raise BusyError(f"agreement {agreement.pk}")
    try:
        yield lease
    except Exception:
        lease.release()
        raise
    lease.release()
