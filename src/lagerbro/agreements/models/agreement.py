"""The agreement itself, what every row of one is made of, and its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from lagerbro.agreements.scope import ScopedManager


class AgreementState(models.TextChoices):
    """Where an agreement stands. Only an active one is drained; the queue of the others is kept.

    STARTING: activated, and waiting for the second step of the start-up sync (domain-rules H1).
    """

    INSTALLING = "installing"
    STARTING = "starting"
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


class StartupState(models.TextChoices):
    """How far the start-up sync has come (domain-rules H1): asked for, under way, its rows to be decided, confirmed.

    NONE: not asked for, or left before it began; that does not use it up (H3).
    """

    NONE = ""
    WANTED = "wanted"
    RUNNING = "running"
    DECIDING = "deciding"
    CONFIRMED = "confirmed"


class Agreement(models.Model):
    """One company: a Rackbeat account joined with an e-conomic agreement.

    `ledger_epoch` grows when the company moves to another ledger (domain-rules H4); links and idempotency keys carry
    it. `settings_version` grows with every saved change and is stored with each intent.
    """

    public_id = models.CharField(max_length=16, unique=True)
    company_name = models.CharField(max_length=255)
    cvr = models.CharField(max_length=40, blank=True)
    rackbeat_account_id = models.PositiveBigIntegerField(unique=True)
    economic_agreement_number = models.PositiveBigIntegerField(null=True)
    base_currency = models.CharField(max_length=3, default="DKK")
    ledger_epoch = models.PositiveIntegerField(default=1)
    settings_version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, choices=AgreementState.choices, default=AgreementState.INSTALLING)
    state_code = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    startup_used_at = models.DateTimeField(null=True)
    """When the one start-up sync began; uninstalling does not give it back (domain-rules H3, F19)."""
    startup_state = models.CharField(
        max_length=16, choices=StartupState.choices, default=StartupState.NONE, db_default="", blank=True
    )
    acting_until = models.DateTimeField(null=True)
    """Somebody is activating it; after this moment they have given up (`connections.activation_lease`)."""
    connected_at = models.DateTimeField(null=True)
    rackbeat_app = models.CharField(max_length=64, blank=True, default="", db_default="")
    """The slug of our app record in Rackbeat; empty where the company uses plain API keys."""
    sign_in_required = models.BooleanField(default=True, db_default=True)
    """Whether activation, account changes and automatic booking ask for sign-in, even inside Rackbeat's frame."""
    second_factor_required = models.BooleanField(default=False, db_default=False)
    """Whether an administrator without a second factor may look, and change nothing."""
    uninstall_heard_at = models.DateTimeField(null=True)
    """Rackbeat said that we were uninstalled; believed when its token no longer opens (domain-rules H7)."""
    memory_lost_at = models.DateTimeField(null=True)
    """The database was found to be older than what was done with it (`app.generation`): for some weeks, what would be
    made in e-conomic is looked for first."""

    objects: ClassVar[models.Manager[Agreement]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.company_name} ({self.public_id})"

    @property
    def ledger_since(self) -> datetime:
        """From when on what we wrote went to the present ledger: nothing is written between the move to another one and
        the activation with it (domain-rules H4)."""
        return (self.activated_at if self.ledger_epoch > 1 else None) or self.created_at

    @property
    def state_when_whole(self) -> AgreementState:
        """Where it goes on when a broken connection is made again."""
        if self.activated_at is None:
            return AgreementState.INSTALLING
        unfinished = (StartupState.WANTED, StartupState.RUNNING, StartupState.DECIDING)
        return AgreementState.STARTING if self.startup_state in unfinished else AgreementState.ACTIVE


class AgreementOwned(models.Model):
    """A row that belongs to an agreement. Its manager raises outside a scope."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class AgreementEvent(AgreementOwned):
    """The history of a connection and of access to it: who did what, when."""

    code = models.CharField(max_length=64)
    by = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)

    in_scope = ScopedManager()
