"""The grant is gone: keep the queue, stop trying (domain-rules D21)."""

from __future__ import annotations

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.sync.faults.failures import ACCESS_DOUBTED
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.wire.errors import FailureKind


def mark_grant_gone(agreement: Agreement, code: str) -> None:
    """From active to gone; who has paused or parted the agreement meanwhile is not overruled.

    A transfer that was told no once waits for the same then: it is not asked once more before somebody connects again.
    """
    Agreement.objects.filter(pk=agreement.pk, state=AgreementState.ACTIVE).update(
        state=AgreementState.GONE, state_code=code
    )
    # on the object as well: the drain that has it in hand stops at its next batch without reading it again
    agreement.state = AgreementState.GONE
    doubting = Transfer.in_scope.filter(state=TransferState.WAITING, code=ACCESS_DOUBTED)
    doubting.update(code=code, failure_kind=FailureKind.GONE)
