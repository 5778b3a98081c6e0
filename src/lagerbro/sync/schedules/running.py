"""Running what recurs: look, and store what was asked for, what is remembered and the next time in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

import structlog
from django.db import Error, connection, transaction
from django.db.models import F

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope, every_agreement
from lagerbro.books.choices import Choices
from lagerbro.sync.faults.access import confirmed_access_error
from lagerbro.sync.faults.failures import Failure, failure_of, renew_connection
from lagerbro.sync.faults.gone import mark_grant_gone
from lagerbro.sync.models import Schedule
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.schedules.hastening import NO_CONTACT_CODES, hasten_failed
from lagerbro.sync.schedules.routine import Routine, RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import offset
from lagerbro.sync.storage.enqueueing import enqueue
from lagerbro.sync.storage.links import Links
from lagerbro.sync.storage.reading import Reading
from lagerbro.sync.waiting import retry_wait
from lagerbro.wire.errors import FailureKind, RemoteError
from lagerbro.wire.exchange import Exchange

log = structlog.get_logger()

_READING: Final = Reading(Schedule)
_DUE: Final = "agreement_id = %s AND due_at <= %s ORDER BY due_at, routine"
_STORE: Final = """
UPDATE sync_schedule
SET due_at = CASE WHEN due_at = %s THEN %s ELSE due_at END, mark = %s, runs = runs + 1, failures = 0,
    failing_since = NULL, failure_kind = '', code = %s, details = %s, changed_at = %s
WHERE id = %s AND runs = %s
"""


def schedule(agreement: Agreement, routines: Mapping[str, Routine], now: datetime, random: Random) -> None:
    """Give the agreement a schedule for every routine that it has none for. Inside its scope."""
    known = set(Schedule.in_scope.filter(agreement=agreement).values_list("routine", flat=True))
    Schedule.in_scope.bulk_create(
        [
            Schedule(
                agreement=agreement, routine=name, due_at=_first_due_at(routine, agreement, now, random), changed_at=now
            )
            for name, routine in routines.items()
            if name not in known
        ],
        ignore_conflicts=True,  # another worker of the same release may be doing the same
    )


def schedule_all(runtime: Runtime) -> None:
    """For a release that brings a new routine: every active agreement gets it."""
    with every_agreement("a new release gives every agreement its new routines"):
        agreements = list(Agreement.objects.filter(state=AgreementState.ACTIVE))
    for agreement in agreements:
        with agreement_scope(agreement.pk):
            schedule(agreement, runtime.routines, runtime.clock.now(), runtime.random)


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
    """One look. Whatever it meets is its own affair: the other routines and the documents behind them go on."""
    try:
        clients = runtime.connect(agreement, _ignore_exchange)
        result = routine.run(
            RoutineContext(
                agreement,
                choices,
                clients,
                Links(agreement),
                row.mark,
                routine.timing.latest(runtime.clock.now() - _offset(routine, agreement)),
                runtime.clock.now(),
            )
        )
        runtime.failpoint(f"{row.routine}.looked")
        _store(row, routine, result, agreement, runtime)
    except RemoteError as error:
        log.warning("routine_failed", routine=row.routine, agreement=agreement.public_id, code=error.code)
        _store_failure_or_log(row, routine, failure_of(confirmed_access_error(error, clients)), agreement, runtime)
    except Exception as error:  # the edge of a routine: an odd answer to a poll must not hold up a single document
        log.exception("routine_failed", routine=row.routine, agreement=agreement.public_id)
        _store_failure_or_log(row, routine, failure_of(error), agreement, runtime)


def _first_due_at(routine: Routine, agreement: Agreement, now: datetime, random: Random) -> datetime:
    away = _offset(routine, agreement)
    return routine.timing.first_after(now - away, random) + away


def _next_due_at(routine: Routine, agreement: Agreement, now: datetime) -> datetime:
    away = _offset(routine, agreement)
    return routine.timing.next_after(now - away) + away


def _offset(routine: Routine, agreement: Agreement) -> timedelta:
    return offset(routine.timing, agreement.public_id, routine.name)


def _store(row: Schedule, routine: Routine, result: RoutineResult, agreement: Agreement, runtime: Runtime) -> None:
    now = runtime.clock.now()
    with transaction.atomic():
        due_at = _next_due_at(routine, agreement, now)
        if not _is_stored(row, due_at, result, now):  # another worker has run it meanwhile
            return
        enqueue(row.agreement_id, result.records, now, priority=result.priority)
        if row.code in NO_CONTACT_CODES:
            hasten_failed(row.agreement_id, runtime.routines, now)


def _is_stored(row: Schedule, due_at: datetime, result: RoutineResult, now: datetime) -> bool:
    """Whether it was ours to store. Who has hastened it during the run has changed when it is due, and that stands."""
    adapted, json = connection.ops.adapt_datetimefield_value, connection.ops.adapt_json_value
    details = json(dict(result.details), None) if result.details else None
    values = (
        adapted(row.due_at),
        adapted(due_at),
        json(dict(result.remembered), None),
        result.code,
        details,
        adapted(now),
        row.pk,
        row.runs,
    )
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)
        stored: bool = cursor.rowcount == 1
    return stored


def _store_failure_or_log(
    row: Schedule, routine: Routine, failure: Failure, agreement: Agreement, runtime: Runtime
) -> None:
    """Store why the look failed, and when the next one is; what is remembered stays, so nothing is passed over."""
    renew_connection()
    for attempt in (failure, replace(failure, details={})):  # a detail may be what the database does not take
        try:
            _store_failure(row, routine, attempt, agreement, runtime)
            break
        except Error:  # it stays due as it was, and the next drain looks again
            log.exception("routine_failure_not_stored", routine=row.routine, agreement=agreement.public_id)
    if failure.kind == FailureKind.GONE:
        mark_grant_gone(agreement, failure.code)


def _store_failure(row: Schedule, routine: Routine, failure: Failure, agreement: Agreement, runtime: Runtime) -> None:
    """The waits grow up to the routine's own rhythm: a system that is back is not looked at later than if it had
    never been away."""
    now = runtime.clock.now()
    wait = min(
        retry_wait(row.failures + 1, runtime.random), max(_next_due_at(routine, agreement, now) - now, timedelta(0))
    )
    with transaction.atomic():
        Schedule.in_scope.filter(pk=row.pk, runs=row.runs).update(
            due_at=now + max(wait, timedelta(seconds=failure.retry_after_s or 0)),
            failures=F("failures") + 1,
            failing_since=row.failing_since or now,
            failure_kind=failure.kind.value,
            code=failure.code,
            details=dict(failure.details),
            changed_at=now,
        )


def _ignore_exchange(_exchange: Exchange) -> None:
    """A look that finds nothing leaves no trace: there would be hundreds a day."""
