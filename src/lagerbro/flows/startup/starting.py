"""What a person does with the start-up sync: look, choose, begin, pause, go on. Inside the agreement's scope."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import F

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, AgreementState, StartupState
from lagerbro.flows.startup.choices import OnConflict, StartupChoices
from lagerbro.flows.startup.flow import STARTUP, StartupFlow
from lagerbro.flows.startup.kinds import ORDER, Kind
from lagerbro.flows.startup.models import RunState, StartupRun
from lagerbro.sync.storage.enqueueing import PRIORITY_STARTUP, RankedRecord, enqueue
from lagerbro.sync.waking import wake_on_commit

WHILE: Final = (AgreementState.STARTING, AgreementState.ACTIVE)
"""The states in which it can be looked at and run."""


class StartupUsedError(Exception):
    """It has been run: that is possible once (domain-rules A32, F19, H3)."""


class NotReadyError(Exception):
    """There is no dry run that could be begun, or what it has shown is too old."""


def present_run(agreement: Agreement) -> StartupRun | None:
    return StartupRun.in_scope.filter(epoch=agreement.ledger_epoch).first()


def ask_dry_run(agreement: Agreement, choices: StartupChoices, *, by: str, now: datetime) -> None:
    """Read both systems (anew). Raises `StartupUsedError`."""
    with transaction.atomic():
        locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if locked.startup_used_at is not None or locked.state not in WHILE:
            raise StartupUsedError
        StartupRun.in_scope.filter(epoch=locked.ledger_epoch).delete()
        StartupRun.in_scope.create(
            agreement=agreement,
            epoch=locked.ledger_epoch,
            choices=msgspec.to_builtins(choices),
            kind=ORDER[0].value,
            asked_by=by,
            asked_at=now,
        )
        _ask(agreement, now)


def choose(run: StartupRun, kind: Kind, choice: OnConflict) -> bool:
    """What becomes of the kind's records that both systems have; until it is begun."""
    chosen = msgspec.structs.replace(run.chosen, on_conflict={**run.chosen.on_conflict, kind.value: choice})
    before = StartupRun.in_scope.filter(pk=run.pk, state__in=(RunState.READING, RunState.READY))
    return bool(before.update(choices=msgspec.to_builtins(chosen)))


def begin(agreement: Agreement, *, by: str, now: datetime) -> None:
    """Write what the dry run has shown; from here on the start-up sync is used. Raises `StartupUsedError` and
    `NotReadyError`."""
    with transaction.atomic():
        unused = Agreement.objects.filter(pk=agreement.pk, startup_used_at=None, state__in=WHILE)
        if not unused.update(startup_used_at=now):  # one statement: two people who press at once begin it once
            raise StartupUsedError
        run = present_run(agreement)
        if run is None or run.state != RunState.READY or not run.is_fresh(now):
            raise NotReadyError
        StartupRun.in_scope.filter(pk=run.pk).update(state=RunState.RUNNING, begun_at=now, begun_by=by)
        starting = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.STARTING)
        starting.update(startup_state=StartupState.RUNNING)
        record_event(agreement, "startup_running", by=by, at=now)
        _ask(agreement, now)
    agreement.refresh_from_db(fields=["startup_used_at", "startup_state"])


def pause(agreement: Agreement, *, by: str, now: datetime) -> bool:
    """Stop writing; what is in hand is finished."""
    with transaction.atomic():
        running = StartupRun.in_scope.filter(epoch=agreement.ledger_epoch, state=RunState.RUNNING)
        paused = bool(running.update(state=RunState.PAUSED, paused_at=now))
        if paused:
            record_event(agreement, "startup_paused", by=by, at=now)
    return paused


def go_on(agreement: Agreement, *, by: str, now: datetime) -> bool:
    """Go on where it was."""
    with transaction.atomic():
        run = present_run(agreement)
        if run is None or run.state != RunState.PAUSED:
            return False
        rested_s = int((now - run.paused_at).total_seconds()) if run.paused_at else 0
        paused = StartupRun.in_scope.filter(pk=run.pk, state=RunState.PAUSED)
        paused.update(state=RunState.RUNNING, paused_at=None, paused_s=F("paused_s") + max(rested_s, 0))
        record_event(agreement, "startup_resumed", by=by, at=now)
        _ask(agreement, now)
    return True


def _ask(agreement: Agreement, now: datetime) -> None:
    record = RankedRecord(STARTUP, str(agreement.ledger_epoch), StartupFlow.rank)
    enqueue(agreement.pk, [record], now, priority=PRIORITY_STARTUP)
    wake_on_commit(agreement.pk)
