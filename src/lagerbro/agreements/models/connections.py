"""What connects the two systems: keys, Rackbeat's webhooks, an installation under way, the registers that were read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from lagerbro.agreements.models.agreement import Agreement, AgreementOwned
from lagerbro.agreements.scope import ScopedManager
from lagerbro.agreements.secrets import SecretField


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
    begun_in_economic = models.BooleanField(default=False, db_default=False)
    """Access to e-conomic came first, as from its market; the pages keep the order of their steps by it."""
    begun_by = models.PositiveBigIntegerField(null=True)
    """The administrator who began that, and who alone goes on with it."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[Installation]] = models.Manager()


class DirectoryCopy(AgreementOwned):
    """The registers that the pickers offer, as JSON of `agreements.directory.Directory`, read at `read_at`."""

    content = models.BinaryField()
    read_at = models.DateTimeField()

    in_scope = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement"], name="one_directory_per_agreement")
        ]
