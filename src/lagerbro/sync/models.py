"""The engine's rows: what is to be transferred, what was tried, what was decided to be written, what became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from django.db import models

from lagerbro.agreements.models import AgreementOwned
from lagerbro.agreements.scope import ScopedManager
from lagerbro.books.totals import Amounts
from lagerbro.sync.amounts import AmountField


class TransferState(models.TextChoices):
    """Where a transfer stands, in words a person understands (the pages translate them)."""

    WAITING = "waiting"
    RUNNING = "running"
    TRANSFERRED = "transferred"
    DRAFTED = "drafted"
    REFUSED = "refused"
    NEEDS_YOU = "needs_you"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class DocumentType(models.TextChoices):
    """What sort of document a transfer of its kind is, where that makes a difference to people."""

    ORDINARY = ""
    CREDIT_NOTE = "credit_note"
    SUPPLIER_CREDIT = "supplier_credit"


class Transfer(AgreementOwned):
    """One record that is to be the same in both systems; the only truth about outstanding work (DESIGN 3).

    `asked` counts how often somebody said that the record may have changed, `done` the value of `asked` that the last
    finished run had seen; they are counters because a webhook names no version. `due_at` is when a drain should take
    it (None: there is nothing to do); `priority` and then `rank` order what is due, the smallest first: rank is the
    place in the order of dependencies. `claim` is the token of the drain that has it in hand since `claimed_at`; every
    write of that drain names it. It stays due meanwhile: whoever finds the drain dead may take it over. `code` and
    `details` say why it stands where it stands. `document_type` is known once it has been read.

    While it waits, `waiting_since` says since when, `repeats` how often it has failed in a row with its present code,
    and `overdue_at` from when on it needs somebody although it is tried by itself (`overdue`, domain-rules H40). All
    three are empty while it does not.
    """

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    document_type = models.CharField(
        max_length=16, choices=DocumentType.choices, default=DocumentType.ORDINARY, db_default="", blank=True
    )
    state = models.CharField(max_length=16, choices=TransferState.choices, default=TransferState.WAITING)
    priority = models.PositiveSmallIntegerField(default=0)
    rank = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    runs = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0, db_default=0)
    failure_kind = models.CharField(max_length=16, blank=True)
    code = models.CharField(max_length=64, blank=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    waiting_since = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "kind", "key"], name="one_transfer_per_record")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # partial: after a year nearly every row is at rest, and costs this index neither a page nor a write
            models.Index(fields=["due_at", "agreement"], name="transfer_due", condition=models.Q(due_at__isnull=False)),
            models.Index(
                fields=["agreement", "priority", "rank", "due_at", "id"],
                name="transfer_next",
                condition=models.Q(due_at__isnull=False),
            ),
            models.Index(fields=["agreement", "-changed_at"], name="transfer_recent"),
            models.Index(fields=["agreement", "state", "-changed_at"], name="transfer_by_state"),
            models.Index(
                fields=["agreement", "overdue_at"],
                name="transfer_overdue",
                condition=models.Q(overdue_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Dependency(AgreementOwned):
    """`transfer` cannot go on before the record (kind, key) has been transferred."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)

    in_scope = ScopedManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["agreement", "kind", "key"], name="depended_on")]


class Attempt(AgreementOwned):
    """One call to one of the systems, as it went, with secrets removed. `run` counts the runs of its transfer."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="attempts")
    run = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    system = models.CharField(max_length=16)
    method = models.CharField(max_length=8)
    url = models.TextField()
    sent = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    answered = models.TextField(blank=True)
    error_code = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=128, blank=True)

    in_scope = ScopedManager()


UPSERT_STEP: Final = "put"
"""The write of a master record. What was decided of it names fields and no values, and is asked for while it lives."""


class IntentState(models.TextChoices):
    """What is known of a write: nothing yet, that it happened, that it was definitely refused, or that its transfer is
    finished and it matters no more."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    SETTLED = "settled"


class Intent(AgreementOwned):
    """A write that was decided, stored before it was made (DESIGN 4).

    `version` is the record's version as read, `step` the write within the flow. `try_epoch` grows with every new write
    of the step, so that neither a cached refusal nor the cached answer to an older write can come back. An OPEN intent
    is left alone until `in_flight_until`: from then on no worker can still have the call in flight (domain-rules H30).
    `failed_status` is the server error that was answered, if one was: the remote may give it again for an hour to the
    same key. `looked_at`: when a first look for what appears late found nothing.
    """

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="intents")
    step = models.CharField(max_length=32)
    version = models.CharField(max_length=64)
    try_epoch = models.PositiveIntegerField(default=1)
    idempotency_key = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=IntentState.choices, default=IntentState.OPEN)
    choices_version = models.PositiveIntegerField()
    run = models.PositiveIntegerField()
    request = models.TextField()
    answer = models.TextField(blank=True)
    failed_status = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    in_flight_until = models.DateTimeField(db_column="rests_until")  # the name that earlier releases know it by
    looked_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["transfer", "step", "try_epoch"], name="one_intent_per_step_and_try")
        ]


class Link(AgreementOwned):
    """That a Rackbeat record and an e-conomic record are the same, and what both said of it.

    `economic_kind` tells a draft from a booked invoice. `version` is the version that was transferred (`booked_at` of
    Rackbeat's document, a hash of a master record or of a document of e-conomic). The transfer of a record bears the
    number of the system that it was born in. The amounts are in `currency`.
    """

    epoch = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    rackbeat_key = models.CharField(max_length=64)
    economic_kind = models.CharField(max_length=32)
    economic_key = models.CharField(max_length=64)
    version = models.CharField(max_length=64)
    name = models.CharField(max_length=255, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    net: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    vat: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    gross: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    economic_net: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    economic_vat: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    economic_gross: models.Field[Decimal | None, Decimal | None] = AmountField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "epoch", "kind", "rackbeat_key"], name="one_link_per_record")
        ]

    def amounts(self) -> tuple[Amounts, Amounts]:
        """What Rackbeat and e-conomic said the document comes to. Only documents have amounts."""
        rackbeat, economic = (
            (self.net, self.vat, self.gross),
            (self.economic_net, self.economic_vat, self.economic_gross),
        )
        return _amounts(*rackbeat), _amounts(*economic)


class Schedule(AgreementOwned):
    """When a routine of the agreement is due next, and how far it has come.

    `mark` is the routine's own memory, written in the same commit as what it asked for. `runs` grows with every run
    that is stored; a run that finds it grown has been overtaken and stores nothing. `failing_since`, `failures`,
    `failure_kind`, `code` and `details`: since when, how often, and why the last runs failed. With a `code` and no
    failures it got through, and there is something to tell of what it found.
    """

    routine = models.CharField(max_length=32)
    due_at = models.DateTimeField()
    mark: models.JSONField[Any, Any] = models.JSONField(default=dict)
    runs = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    failure_kind = models.CharField(max_length=16, blank=True, default="", db_default="")
    code = models.CharField(max_length=64, blank=True)
    details: models.JSONField[Any, Any] = models.JSONField(null=True)
    changed_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "routine"], name="one_schedule_per_routine")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["due_at"], name="schedule_due")]

    def __str__(self) -> str:
        return self.routine


def _amounts(net: Decimal | None, vat: Decimal | None, gross: Decimal | None) -> Amounts:
    assert net is not None
    assert vat is not None
    assert gross is not None
    return Amounts(net, vat, gross)
