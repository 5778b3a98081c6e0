"""What recurs and does not get through, for whoever reads that all is well. Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.flows.polls.listing import UNREADABLE
from lagerbro.sync.models import Schedule
from lagerbro.web import formats
from lagerbro.web.sentences import routines as sentences
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.status.overdue import FAILURES_MAX, WAIT_MAX
from lagerbro.wire.errors import FailureKind

PASSING: Final = (FailureKind.TRANSIENT, FailureKind.LIMITED)
"""Such a fault is worth nobody's time before it has lasted as long as a transfer's may (domain-rules H40)."""


def troubles(agreement: Agreement, now: datetime) -> list[Message]:
    """A sentence for each cause that somebody should know of, with everything that does not get through for it.

    Nothing recurs while the agreement is not active.
    """
    if agreement.state != AgreementState.ACTIVE:
        return []
    alike: dict[tuple[str, str], list[Schedule]] = {}
    for row in Schedule.in_scope.exclude(code="").order_by("routine"):
        if _needs_somebody(row, now):
            # A routine that met odd records found them itself; a system that is away is away for all alike.
            alike.setdefault((row.code, row.routine if row.code == UNREADABLE else ""), []).append(row)
    return [_message(rows) for rows in alike.values()]


def failing(agreement: Agreement) -> int:
    """How many failed when they ran last, whether that needs somebody or not."""
    return Schedule.in_scope.filter(failures__gt=0).count() if agreement.state == AgreementState.ACTIVE else 0


def _needs_somebody(row: Schedule, now: datetime) -> bool:
    lasts = row.failing_since is not None and now - row.failing_since >= WAIT_MAX
    return row.failure_kind not in PASSING or lasts or row.failures >= FAILURES_MAX


def _message(rows: list[Schedule]) -> Message:
    first = min(rows, key=_since)
    details = {**(first.details or {}), "looks": ", ".join(_looks(rows)), "since": formats.minute(_since(first))}
    return message_of(sentences.sentence_of(first.code, first.failure_kind), first.code, first.routine, details)


def _looks(rows: list[Schedule]) -> Iterator[str]:
    yield from dict.fromkeys(str(sentences.LOOKS.get(row.routine, sentences.ANY_LOOK)) for row in rows)


def _since(row: Schedule) -> datetime:
    return row.failing_since or row.changed_at
