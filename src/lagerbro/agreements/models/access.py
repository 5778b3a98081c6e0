"""Addresses that open an agreement's pages."""

from __future__ import annotations

from django.db import models

from lagerbro.agreements.models.agreement import AgreementOwned
from lagerbro.agreements.scope import ScopedManager


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
