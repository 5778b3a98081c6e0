"""Agreements and what belongs to them: credentials, webhooks, settings and their history."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from lagerbro.agreements.scope import ScopedManager
from lagerbro.agreements.secrets import SecretField


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


class DatabaseGeneration(models.Model):
    """One row that counts up while the program runs. Whoever remembers a higher number has seen a newer database."""

    number = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager[DatabaseGeneration]] = models.Manager()


class AgreementOwned(models.Model):
    """A row that belongs to an agreement. Its manager raises outside a scope."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Credentials(AgreementOwned):
    """The keys to both systems."""

    rackbeat_token = SecretField()
    economic_grant_token = SecretField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement"], name="one_pair_of_keys_per_agreement")
        ]


class RackbeatWebhook(AgreementOwned):
    """A webhook that we asked Rackbeat for.

    `address_key` is the unguessable part of its address, renewed on every installation (domain-rules H7); `token` is
    what Rackbeat sends along, shown to us once, when the webhook was made.
    """

    event = models.CharField(max_length=64)
    remote_id = models.PositiveBigIntegerField()
    address_key_hash = models.CharField(max_length=64, db_index=True)
    token = SecretField()
    created_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "event"], name="one_webhook_per_event")
        ]


class Setting(AgreementOwned):
    """One decided answer on the settings page. `key` is a field of `books.choices.Choices`, or `map:row` inside one.

    A suggestion is not an answer and has no row (domain-rules A13, F3): it is computed when the page is made.
    """

    key = models.CharField(max_length=128)
    value = models.JSONField()
    decided_by = models.CharField(max_length=255, blank=True)
    decided_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "key"], name="one_answer_per_question")
        ]


class SettingChange(AgreementOwned):
    """The history of a setting: who, when, what, from, to."""

    version = models.PositiveIntegerField()
    key = models.CharField(max_length=128)
    before: models.JSONField[Any, Any] = models.JSONField(null=True)
    after: models.JSONField[Any, Any] = models.JSONField(null=True)
    changed_by = models.CharField(max_length=255)
    changed_at = models.DateTimeField()

    in_scope = ScopedManager()


class Approval(AgreementOwned):
    """A person's word that something which looked wrong is right: *det er rigtigt* (domain-rules H38).

    It holds for one record (`kind`, `key`) while the `facts` that were looked at are the same. `document` is the key of
    the one on whose page it was said, `code` and `details` what was asked there. Rows are the history: one that is
    taken back stays, with who did so.
    """

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    facts = models.CharField(max_length=128)
    document = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    approved_by = models.CharField(max_length=255)
    approved_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=255, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)

    in_scope = ScopedManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agreement", "kind", "key", "facts"], name="approval_of_record")
        ]


class CapabilityKind(models.TextChoices):
    """Who holds the address: Rackbeat, which shows it in its frame, an accountant who may read, or e-conomic, whose
    webhooks knock there."""

    RACKBEAT = "rackbeat"
    READER = "reader"
    ECONOMIC = "economic"


class Capability(AgreementOwned):
    """An unguessable address that opens one agreement's pages, until it is withdrawn. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(
        max_length=16, choices=CapabilityKind.choices, default=CapabilityKind.RACKBEAT, db_default="rackbeat"
    )
    label = models.CharField(max_length=120, blank=True, default="", db_default="")
    made_by = models.CharField(max_length=255, blank=True, default="", db_default="")
    secret_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Of what e-conomic sends along to its addresses; empty for the other kinds."""
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    """When a reading link ends; the other kinds last until they are withdrawn."""

    in_scope = ScopedManager()


class DirectoryCopy(AgreementOwned):
    """The registers that the pickers offer, as JSON of `agreements.directory.Directory`, read at `read_at`."""

    content = models.BinaryField()
    read_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement"], name="one_directory_per_agreement")
        ]


class Installation(models.Model):
    """An installation under way: two keys that belong to nobody yet, bound to one browser (domain-rules H5).

    `cookie_digest` is of a text that only that browser has. The row, and every key in it, is gone when the two are
    joined, when the person gives up, and at `expires_at`.
    """

    cookie_digest = models.CharField(max_length=64, unique=True)
    request_token = SecretField()
    app = models.CharField(max_length=64, blank=True)
    bearer = SecretField()
    redirect_to = models.CharField(max_length=2000, blank=True)
    grant = SecretField()
    account: models.JSONField[Any, Any] = models.JSONField(null=True)
    """The Rackbeat account that `bearer` opens: `id`, `name`, `cvr`."""
    ledger: models.JSONField[Any, Any] = models.JSONField(null=True)
    """The e-conomic agreement that `grant` opens: `number`, `name`, `cvr`, `currency`."""
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="+")
    """What it has become. From then on the row lets its browser make the administrator's sign-in, and nothing else."""
    joined_at = models.DateTimeField(null=True)
    administrator = models.PositiveBigIntegerField(null=True)
    """The person who has become administrator by it: one, within an hour of `joined_at` (`web.pending_admission`)."""
    reconnects = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="+")
    """The agreement that is to be connected again, with its own Rackbeat key, which is not copied here."""
    begun_by = models.PositiveBigIntegerField(null=True)
    """The administrator who began that, and who alone goes on with it."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[Installation]] = models.Manager()


class KeyCanary(models.Model):
    """A text sealed with a key that may have sealed other things: opened at every start, before anything else is.

    There is one for each such key, so that none of them can be missing unnoticed; `rotate-keys` takes those of older
    keys away when nothing is sealed with them any more.
    """

    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[KeyCanary]] = models.Manager()


class AgreementEvent(AgreementOwned):
    """The history of a connection and of access to it: who did what, when."""

    code = models.CharField(max_length=64)
    by = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)

    in_scope = ScopedManager()
