"""Running what recurs: look, and store what was asked for, the mark and the next time in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

import structlog
from django.db import connection, transaction
from django.db.models import F

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope, every_agreement
from lagerbro.books.choices import Choices
from lagerbro.sync.enqueueing import enqueue
from lagerbro.sync.links import Links
from lagerbro.sync.models import Schedule
from lagerbro.sync.reading import Reading
from lagerbro.sync.routine import Routine, RoutineContext, RoutineResult
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.timing import offset
from lagerbro.sync.waiting import retry_wait
from lagerbro.sync.waking import wake_on_commit
from lagerbro.wire.errors import FailureKind, RemoteError
from lagerbro.wire.exchange import Exchange

log = structlog.get_logger()

_READING: Final = Reading(Schedule)
_DUE: Final = "agreement_id = %s AND due_at <= %s ORDER BY due_at, routine"
_STORE: Final = """
UPDATE sync_schedule
SET due_at = CASE WHEN due_at = %s THEN %s ELSE due_at END, mark = %s, runs = runs + 1, failures = 0, code = '',
    changed_at = %s
WHERE id = %s AND runs = %s
"""


def schedule(agreement: Agreement, routines: Mapping[str, Routine], now: datetime, random: Random) -> None:
    """Give the agreement a schedule for every routine that it has none for. Inside its scope."""
    known = set(Schedule.objects.values_list("routine", flat=True))
    Schedule.objects.bulk_create(
        [
            Schedule(agreement=agreement, routine=name, due_at=_first(routine, agreement, now, random), changed_at=now)
            for name, routine in routines.items()
            if name not in known
        ],
        ignore_conflicts=True,  # another worker of the same release may be doing the same
    )


def schedule_all(runtime: Runtime) -> None:
    """For a release that brings a new routine: every active agreement gets it."""
    with every_agreement("a new release gives every agreement its new routines"):
        found = list(Agreement.objects.filter(state=AgreementState.ACTIVE))
    for agreement in found:
        with agreement_scope(agreement.pk):
            schedule(agreement, runtime.routines, runtime.clock.now(), runtime.random)


def run_soon(routine: str, agreement_id: int, now: datetime) -> None:
    """Let it be due now; one that is under way runs once more. Inside the agreement's scope and a transaction."""
    if Schedule.objects.filter(routine=routine).update(due_at=now, changed_at=now):
        wake_on_commit(agreement_id)


def run_due_routines(agreement: Agreement, choices: Choices, runtime: Runtime) -> None:
    """Run each that is due, once, however often it was missed. Inside the agreement's scope, alone with it."""
    if agreement.state != AgreementState.ACTIVE:
        return
    now = connection.ops.adapt_datetimefield_value(runtime.clock.now())
    for row in _READING.where(_DUE, (agreement.pk, now)):
        routine = runtime.routines.get(row.routine)
        if routine is not None:  # one that an older release does not know waits for the newer one
            _run(row, routine, agreement, choices, runtime)


def _run(row: Schedule, routine: Routine, agreement: Agreement, choices: Choices, runtime: Runtime) -> None:
    try:
        found = routine.run(
            RoutineContext(
                agreement,
                choices,
                runtime.connect(agreement, _unseen),
                Links(agreement, runtime),
                row.mark,
                routine.timing.latest(runtime.clock.now() - _offset(routine, agreement)),
            )
        )
    except RemoteError as error:
        _store_failure(row, error, agreement, runtime)
        return
    runtime.failpoint(f"{row.routine}.looked")
    _store(row, routine, found, agreement, runtime)


def _first(routine: Routine, agreement: Agreement, now: datetime, random: Random) -> datetime:
    away = _offset(routine, agreement)
    return routine.timing.first_after(now - away, random) + away


def _next(routine: Routine, agreement: Agreement, now: datetime) -> datetime:
    away = _offset(routine, agreement)
    return routine.timing.next_after(now - away) + away


def _offset(routine: Routine, agreement: Agreement) -> timedelta:
    return offset(routine.timing, agreement.public_id, routine.name)


def _store(row: Schedule, routine: Routine, found: RoutineResult, agreement: Agreement, runtime: Runtime) -> None:
    now = runtime.clock.now()
    with transaction.atomic():
        if not _is_stored(row, _next(routine, agreement, now), found, now):  # another worker has run it meanwhile
            return
        enqueue(row.agreement_id, found.records, now, priority=found.priority)


def _is_stored(row: Schedule, due_at: datetime, found: RoutineResult, now: datetime) -> bool:
    """Whether it was ours to store. Who has hastened it during the run has changed when it is due, and that stands."""
    adapted = connection.ops.adapt_datetimefield_value
    mark = connection.ops.adapt_json_value(dict(found.mark), None)
    values = (adapted(row.due_at), adapted(due_at), mark, adapted(now), row.pk, row.runs)
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)
        stored: bool = cursor.rowcount == 1
    return stored


def _store_failure(row: Schedule, error: RemoteError, agreement: Agreement, runtime: Runtime) -> None:
    """Try again soon; the mark has not moved, so nothing is passed over."""
    now = runtime.clock.now()
    wait = max(retry_wait(row.failures + 1, runtime.random), timedelta(seconds=error.retry_after_s or 0))
    Schedule.objects.filter(pk=row.pk, runs=row.runs).update(
        due_at=now + wait, failures=F("failures") + 1, code=error.code, changed_at=now
    )
    log.warning("routine_failed", routine=row.routine, code=error.code)
    if error.kind == FailureKind.GONE:
        Agreement.objects.filter(pk=agreement.pk, state=AgreementState.ACTIVE).update(
            state=AgreementState.GONE, state_code=error.code
        )
        agreement.state = AgreementState.GONE


def _unseen(_exchange: Exchange) -> None:
    """A look that finds nothing leaves no trace: there would be hundreds a day."""
