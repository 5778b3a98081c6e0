"""Agreements and what belongs to them: credentials, webhooks, settings and their history."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from lagerbro.agreements.scope import ScopedManager
from lagerbro.agreements.secrets import SecretField


class AgreementState(models.TextChoices):
    """Where an agreement stands. Only an active one is drained; the queue of the others is kept."""

    INSTALLING = "installing"
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


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

    objects: ClassVar[models.Manager[Agreement]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.company_name} ({self.public_id})"


class Belonging(models.Model):
    """A row that belongs to an agreement. Its manager raises outside a scope."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Credentials(Belonging):
    """The keys to both systems."""

    rackbeat_token = SecretField()
    economic_grant_token = SecretField()

    objects = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement"], name="one_pair_of_keys_per_agreement")
        ]


class RackbeatWebhook(Belonging):
    """A webhook that we asked Rackbeat for.

    `address_key` is the unguessable part of its address, renewed on every installation (domain-rules H7); `token` is
    what Rackbeat sends along, shown to us once, when the webhook was made.
    """

    event = models.CharField(max_length=64)
    remote_id = models.PositiveBigIntegerField()
    address_key_hash = models.CharField(max_length=64, db_index=True)
    token = SecretField()
    created_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "event"], name="one_webhook_per_event")
        ]


class SettingState(models.TextChoices):
    """A suggestion is not an answer (domain-rules A13, F3)."""

    SUGGESTED = "suggested"
    DECIDED = "decided"


class Setting(Belonging):
    """One answer on the settings page. `key` is a field of `books.choices.Choices`, or `map.row` inside one."""

    key = models.CharField(max_length=128)
    value = models.JSONField()
    state = models.CharField(max_length=16, choices=SettingState.choices)
    decided_by = models.CharField(max_length=255, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "key"], name="one_answer_per_question")
        ]


class SettingChange(Belonging):
    """The history of a setting: who, when, what, from, to."""

    version = models.PositiveIntegerField()
    key = models.CharField(max_length=128)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField(null=True)
    changed_by = models.CharField(max_length=255)
    changed_at = models.DateTimeField()

    objects = ScopedManager()


class Capability(Belonging):
    """An unguessable address that opens one agreement's pages, until it is withdrawn. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ScopedManager()


class DirectoryCopy(Belonging):
    """The registers that the pickers offer, as JSON of `agreements.directory.Directory`, read at `read_at`."""

    content = models.BinaryField()
    read_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement"], name="one_directory_per_agreement")
        ]
