"""The start-up sync as it is stored: the run, and a row for each record of e-conomic's (docs/decisions 0032)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import msgspec
from django.db import models

from lagerbro.agreements.models import AgreementOwned
from lagerbro.agreements.scope import ScopedManager
from lagerbro.flows.startup.choices import StartupChoices
from lagerbro.flows.startup.kinds import Kind

FRESH_FOR: Final = timedelta(hours=24)
"""After so long what a dry run has shown is read anew before it is written."""


class RunState(models.TextChoices):
    """READING: the dry run. READY: it can be looked at, and begun. RUNNING: it is written."""

    READING = "reading"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class RecordState(models.TextChoices):
    """WAITING: to be done, or not transferred at all where its action says so. SENDING: a write of it is decided, and
    what became of it is not stored yet."""

    WAITING = "waiting"
    SENDING = "sending"
    MADE = "made"
    FILLED = "filled"
    LINKED = "linked"
    LEFT_OUT = "left_out"
    REFUSED = "refused"


class StartupRun(AgreementOwned):
    """The dry run and the one run that may follow it, in a ledger epoch.

    `kind`, `in_rackbeat` and `page` are how far the dry run is: which list it reads next. `results`: how many records
    e-conomic said that the list has, `seen` how many came, `passes` how often it has been begun. `code` says why it
    stands still.
    """

    epoch = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=RunState.choices, default=RunState.READING)
    choices: models.JSONField[Any, Any] = models.JSONField(default=dict)
    kind = models.CharField(max_length=16, blank=True)
    in_rackbeat = models.BooleanField(default=True)
    page = models.PositiveIntegerField(default=0)
    results = models.PositiveIntegerField(null=True)
    seen = models.PositiveIntegerField(default=0)
    passes = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=64, blank=True)
    asked_by = models.CharField(max_length=255)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    begun_by = models.CharField(max_length=255, blank=True)
    begun_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_s = models.PositiveIntegerField(default=0)
    """Seconds of earlier pauses."""
    ended_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "epoch"], name="one_startup_per_ledger")
        ]

    def __str__(self) -> str:
        return f"start-up {self.epoch}"

    @property
    def chosen(self) -> StartupChoices:
        return msgspec.convert(self.choices, StartupChoices)

    @property
    def reading(self) -> Kind | None:
        """The kind that is read now."""
        return Kind(self.kind) if self.kind else None

    def is_fresh(self, now: datetime) -> bool:
        """Whether what was shown may still be written."""
        return self.read_at is not None and now < self.read_at + FRESH_FOR


class StartupRecord(AgreementOwned):
    """One record of e-conomic's list.

    `rank` is its kind's place in the order. `key` is the number, or where it stood in the list if it has none that can
    be used. `target`: Rackbeat's number where that is another one. `fields` and `existing` are let go of when the row
    is ended. `code` and `details` say why it is not transferred, `left_out` which fields are not.
    """

    run = models.ForeignKey(StartupRun, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=16)
    rank = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    number = models.CharField(max_length=64, blank=True)
    target = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=255, blank=True)
    existing_name = models.CharField(max_length=255, blank=True)
    action = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=RecordState.choices, default=RecordState.WAITING)
    code = models.CharField(max_length=64, blank=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    fields = models.TextField(blank=True)
    existing = models.TextField(blank=True)
    left_out = models.CharField(max_length=255, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "kind", "key"], name="one_row_per_startup_record")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run", "state", "action", "rank", "id"], name="startup_next"),
            models.Index(fields=["run", "kind", "action", "state", "code"], name="startup_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class RackbeatCopy(AgreementOwned):
    """What Rackbeat's list says of a record, while the dry run reads; let go of when it has been read."""

    run = models.ForeignKey(StartupRun, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=64)
    name = models.CharField(max_length=255, blank=True)
    content = models.TextField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "kind", "number"], name="one_copy_per_startup_record")
        ]
