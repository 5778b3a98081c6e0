"""Addresses that open an agreement: made, found, withdrawn. The text itself is known to its holder alone."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.agreements.scope import every_agreement

BYTES: Final = 32
LENGTH_MAX: Final = 64
WITHOUT_END_LASTS: Final = timedelta(days=365)
"""Reading links that were made before they had an end."""


def digest(text: str) -> str:
    """What is kept of an unguessable text: enough to know it again, not enough to use it."""
    return sha256(text.encode()).hexdigest()


def random_secret() -> str:
    return secrets.token_urlsafe(BYTES)


def issue(
    agreement: Agreement,
    now: datetime,
    *,
    kind: CapabilityKind = CapabilityKind.RACKBEAT,
    label: str = "",
    made_by: str = "",
    lasts: timedelta | None = None,
) -> str:
    """A new address part for the agreement."""
    text = random_secret()
    Capability.in_scope.create(
        agreement=agreement,
        digest=digest(text),
        kind=kind,
        label=label,
        made_by=made_by,
        created_at=now,
        expires_at=now + lasts if lasts else None,
    )
    return text


def rotate(agreement: Agreement, now: datetime) -> str:
    """A new address for Rackbeat's frame; the ones before it open nothing any more (DESIGN 5)."""
    withdraw_all(now, CapabilityKind.RACKBEAT)
    return issue(agreement, now)


def withdraw_all(now: datetime, *kinds: CapabilityKind) -> None:
    """Close these kinds of addresses of the agreement whose scope this is."""
    Capability.in_scope.filter(kind__in=kinds, withdrawn_at=None).update(withdrawn_at=now)


def close_capability(text: str, now: datetime) -> None:
    """Close one address of the agreement whose scope this is."""
    Capability.in_scope.filter(digest=digest(text), withdrawn_at=None).update(withdrawn_at=now)


def capability_for(text: str) -> Capability | None:
    """What the address opens; None for an unknown or withdrawn one."""
    if not text or len(text) > LENGTH_MAX:
        return None
    return _open_where(digest=digest(text))


def open_capability(capability_id: int) -> Capability | None:
    """The capability, unless it has been withdrawn."""
    return _open_where(pk=capability_id)


def agreement_for(text: str) -> Agreement | None:
    """The agreement that the address opens; None for an unknown or withdrawn one."""
    capability = capability_for(text)
    return capability.agreement if capability else None


def open_reading_links(now: datetime) -> QuerySet[Capability]:
    """Those of the agreement whose scope this is, by age."""
    return _still_open(now).filter(kind=CapabilityKind.READER).order_by("pk")


def _open_where(**wanted: object) -> Capability | None:
    with every_agreement("an address is looked up before it is known whose it is"):
        return _still_open(timezone.now()).select_related("agreement").filter(**wanted).first()


def _still_open(now: datetime) -> QuerySet[Capability]:
    made_before_links_ended = Q(expires_at=None, created_at__gt=now - WITHOUT_END_LASTS)
    lasts = ~Q(kind=CapabilityKind.READER) | Q(expires_at__gt=now) | made_before_links_ended
    return Capability.in_scope.filter(lasts, withdrawn_at=None)
