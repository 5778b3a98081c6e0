"""Looking sooner than the rhythm says: when the process starts, when a connection comes back, on a hint.

What was booked while nobody listened is found within seconds, not within the rhythm of a poll. A hastened look is never
later than it would have been, and never within `LOOK_INTERVAL_MIN` of the last one: a process that starts again every
second and a network that comes and goes do not look without a pause.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import Schedule
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.schedules.routine import Routine
from lagerbro.sync.waking import wake_on_commit
from lagerbro.wire.errors import AnswerLostError, FailureKind, UnreachableError

LOOK_INTERVAL_MIN: Final = timedelta(seconds=20)
AGREEMENTS_A_SECOND: Final = 16
SPREAD_MAX_S: Final = 300
ROWS_MAX: Final = 500
"""Rows moved by one statement."""
OVERDUE_MOVED_AFTER: Final = timedelta(minutes=10)
NO_CONTACT_CODES: Final = frozenset({UnreachableError.code, AnswerLostError.code})
"""The codes of a system, or a network, that is not there."""


def run_soon(routine: str, agreement_id: int, now: datetime) -> None:
    """Let it be due now; one that is under way runs once more. Inside the agreement's scope and a transaction."""
    if Schedule.in_scope.filter(agreement_id=agreement_id, routine=routine).update(due_at=now, changed_at=now):
        wake_on_commit(agreement_id)


def hasten(agreement_id: int, routines: Mapping[str, Routine], now: datetime) -> None:
    """The agreement's connection is back: let its polls look. Inside the agreement's scope and a transaction."""
    _hasten(Schedule.in_scope.filter(agreement_id=agreement_id), agreement_id, routines, now)


def hasten_failed(agreement_id: int, routines: Mapping[str, Routine], now: datetime) -> None:
    """A look has got through again: let those that failed beside it not wait any longer. Inside the agreement's scope
    and a transaction."""
    _hasten(Schedule.in_scope.filter(agreement_id=agreement_id, failures__gt=0), agreement_id, routines, now)


def _hasten(rows: QuerySet[Schedule], agreement_id: int, routines: Mapping[str, Routine], now: datetime) -> None:
    earliest = Greatest(Value(now, DateTimeField()), _after(F("changed_at"), LOOK_INTERVAL_MIN))
    if _reschedule(rows, routines, Q(due_at__gt=earliest), earliest, now):
        wake_on_commit(agreement_id)


def hasten_all(runtime: Runtime) -> int:
    """The process has started: let the polls of every active agreement look; answers how many were moved.

    So many agreements a second at most take part that fresh documents are not behind ten thousand polls. A poll that is
    overdue gets its place among the others too, but only once in ten minutes: a process that starts again and again
    would put it off for ever.
    """
    now = runtime.clock.now()
    active = Agreement.objects.filter(state=AgreementState.ACTIVE)
    seconds = min(-(-active.count() // AGREEMENTS_A_SECOND), SPREAD_MAX_S)
    second = Value(timedelta(seconds=1), DurationField())
    turn = ExpressionWrapper((F("agreement_id") % Value(max(seconds, 1))) * second, DurationField())
    earliest = Greatest(_after(Value(now, DateTimeField()), turn), _after(F("changed_at"), LOOK_INTERVAL_MIN))
    moved = Q(due_at__gt=earliest) | Q(due_at__lte=now, changed_at__lte=now - OVERDUE_MOVED_AFTER)
    with every_agreement("at its start the process hastens everybody's polls"), transaction.atomic():
        return _reschedule(Schedule.in_scope.filter(agreement__in=active), runtime.routines, moved, earliest, now)


def _reschedule(
    rows: QuerySet[Schedule], routines: Mapping[str, Routine], moved: Q, earliest: Combinable, now: datetime
) -> int:
    """A pause that a system asked for is not cut short. A row that somebody else has in hand is moved or run by them:
    waiting for it, two processes that start together could wait for one another."""
    names = [name for name, routine in routines.items() if routine.timing.may_come_early]
    free = (
        rows.filter(moved, routine__in=names)
        .exclude(failure_kind=FailureKind.LIMITED)
        .select_for_update(skip_locked=True)
    )
    # Two statements and not one: PostgreSQL may ask a locking subquery anew for every row that it updates.
    keys = list(free.values_list("pk", flat=True))
    parts = (keys[first : first + ROWS_MAX] for first in range(0, len(keys), ROWS_MAX))
    return sum(Schedule.in_scope.filter(pk__in=part).update(due_at=earliest, changed_at=now) for part in parts)


def _after(moment: Combinable, wait: timedelta | Combinable) -> Combinable:
    length = wait if isinstance(wait, Combinable) else Value(wait, DurationField())
    return ExpressionWrapper(moment + length, output_field=DateTimeField())
