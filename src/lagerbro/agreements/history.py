"""What happened to a connection, kept for whoever asks later. Inside the agreement's scope."""

from __future__ import annotations

from datetime import datetime

import structlog

from lagerbro.agreements.models import Agreement, AgreementEvent

log = structlog.get_logger()


def record_event(agreement: Agreement, code: str, *, by: str, at: datetime, **details: str) -> None:
    """Add a line to the history, and to the log; `details` are shown, so nothing secret is among them."""
    AgreementEvent.in_scope.create(agreement=agreement, code=code, by=by, at=at, details=details)
    log.info("agreement_event", code=code, agreement=agreement.public_id, by=by, **details)
