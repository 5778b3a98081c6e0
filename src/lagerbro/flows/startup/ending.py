"""How a dry run and a run end. Inside the agreement's scope."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, DirectoryCopy, StartupState
from lagerbro.flows.startup.models import RecordState, RunState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action


def note_read(run: StartupRun, now: datetime) -> None:
    """Everything has been read."""
    if run.state == RunState.READY:
        StartupRun.in_scope.filter(pk=run.pk, read_at=None).update(read_at=now)


def end_run(run: StartupRun, agreement: Agreement, now: datetime) -> bool:
    """Whether nothing is left to be written; then it is over, and what has come over is to be decided on (H1)."""
    unfinished = (RecordState.WAITING, RecordState.SENDING)
    rows = StartupRecord.in_scope.filter(run=run, state__in=unfinished).exclude(action=Action.CANNOT)
    if rows.exists():
        return False
    with transaction.atomic():
        if not StartupRun.in_scope.filter(pk=run.pk, state=RunState.RUNNING).update(state=RunState.DONE, ended_at=now):
            return False  # paused in the last moment: it ends when it goes on
        first = Agreement.objects.filter(pk=agreement.pk, startup_state=StartupState.RUNNING)
        if not first.update(startup_state=StartupState.DECIDING):
            Agreement.objects.filter(pk=agreement.pk).update(startup_state=StartupState.CONFIRMED)
        DirectoryCopy.in_scope.filter(agreement=agreement).delete()  # it knows nothing of what has come
        record_event(agreement, "startup_ended", by="", at=now)
    return True
