"""Addresses that open an agreement: made, found, withdrawn. The text itself is known to its holder alone."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Final

from lagerbro.agreements.models import Agreement, Capability
from lagerbro.agreements.scope import every_agreement

BYTES: Final = 32
LENGTH_MAX: Final = 64


def digest(text: str) -> str:
    """What is kept of an unguessable text: enough to know it again, not enough to use it."""
    return sha256(text.encode()).hexdigest()


def unguessable() -> str:
    return secrets.token_urlsafe(BYTES)


def issue(agreement: Agreement, now: datetime) -> str:
    """A new address part for the agreement."""
    text = unguessable()
    Capability.objects.create(agreement=agreement, digest=digest(text), created_at=now)
    return text


def agreement_for(text: str) -> Agreement | None:
    """The agreement that the address opens; None for an unknown or withdrawn one."""
    if not text or len(text) > LENGTH_MAX:
        return None
    with every_agreement("an address is looked up before it is known whose it is"):
        found = Capability.objects.select_related("agreement").filter(digest=digest(text), withdrawn_at=None).first()
    return found.agreement if found else None
