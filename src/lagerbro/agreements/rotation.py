"""Rotating the keys that secrets are stored under."""

from __future__ import annotations

from django.db import transaction

from lagerbro.agreements.models import Credentials, Installation, RackbeatWebhook
from lagerbro.agreements.scope import every_agreement


def reseal_all() -> int:
    """Write every stored secret anew, which puts it under the newest key; answers how many rows there were."""
    with every_agreement("keys are rotated for all of them"), transaction.atomic():
        rows = [*Credentials.objects.all(), *RackbeatWebhook.objects.all(), *Installation.objects.all()]
        for row in rows:
            row.save()
        return len(rows)
