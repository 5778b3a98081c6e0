"""The grant is gone: keep the queue, stop trying (domain-rules D21)."""

from __future__ import annotations

from lagerbro.agreements.models import Agreement, AgreementState


def mark_grant_gone(agreement: Agreement, code: str) -> None:
    """From active to gone; who has paused or parted the agreement meanwhile is not overruled."""
    Agreement.objects.filter(pk=agreement.pk, state=AgreementState.ACTIVE).update(
        state=AgreementState.GONE, state_code=code
    )
    agreement.state = AgreementState.GONE
