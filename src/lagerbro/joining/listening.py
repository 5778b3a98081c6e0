"""Asking Rackbeat to tell us what happens, at fresh addresses, because a webhook's token is told once only (H7)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.conf import settings

from lagerbro.agreements.capabilities import digest, unguessable
from lagerbro.agreements.models import Agreement, RackbeatWebhook
from lagerbro.flows.registry import EVENTS
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.wire.errors import NotFoundError

UNINSTALLED: Final = "plugin.uninstalled"


def events_for(agreement: Agreement) -> tuple[str, ...]:
    """Before activation nothing but our own end is of interest."""
    return (*EVENTS, UNINSTALLED) if agreement.activated_at else (UNINSTALLED,)


def listen(agreement: Agreement, rackbeat: Rackbeat, events: Iterable[str], now: datetime) -> None:
    """Replace our webhooks by these; the old addresses stop being ours before the new ones begin.

    Inside the agreement's scope, and outside a transaction: what Rackbeat has been asked for cannot be rolled back.
    """
    for old in RackbeatWebhook.objects.all():
        with suppress(NotFoundError):  # somebody has removed it in Rackbeat already
            rackbeat.delete_webhook(old.remote_id)
        old.delete()
    for event in events:
        address_key = unguessable()
        made = rackbeat.create_webhook(event, f"{settings.LAGERBRO_PUBLIC_URL}/hooks/rackbeat/{address_key}/")
        RackbeatWebhook.objects.create(
            agreement=agreement,
            event=event,
            remote_id=made.id,
            address_key_hash=digest(address_key),
            token=made.token or "",
            created_at=now,
        )
