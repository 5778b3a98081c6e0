"""How often a page that is open asks what has changed: often at first, seldom later, at last not any more.

A page asks only while something moves and while it is visible (`live.js`); each answer says when to ask again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.connections.probe import REVOKED
from lagerbro.sync.models import Transfer, TransferState

TICK: Final = "tick"
"""The field of the address that counts how often the page has asked."""
OFTEN: Final = (30, 2)
SELDOM: Final = (200, 15)
"""Up to how many times, and every how many seconds."""
SOON: Final = timedelta(minutes=1)
"""What is due within this keeps an open page asking; later things are seen when it is opened again."""


@dataclass(frozen=True, slots=True)
class Live:
    """`asked` times so far. Whoever asks for more than a page does is answered as one that has rested."""

    asked: int = 0

    @classmethod
    def of(cls, request: HttpRequest) -> Live:
        text = request.GET.get(TICK, "")
        return cls(int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0)

    @property
    def next(self) -> str:
        """What the next question says."""
        return f"{TICK}={self.asked + 1}"

    @property
    def interval_s(self) -> int:
        """0 when it rests."""
        return next((seconds for times, seconds in (OFTEN, SELDOM) if self.asked < times), 0)


def live(request: HttpRequest, agreement: Agreement, now: datetime) -> Live | None:
    """None at rest: nothing of the agreement is about to change by itself."""
    if agreement.uninstall_heard_at is not None or agreement.state_code == REVOKED:
        return Live.of(request)  # both systems are being asked
    if agreement.state != AgreementState.ACTIVE:
        return None
    # A record that is asked for anew keeps its state until it is taken in hand, so only what is put aside is left out.
    due = Transfer.in_scope.filter(due_at__lte=now + SOON).exclude(state=TransferState.PAUSED)
    return Live.of(request) if due.exists() else None
