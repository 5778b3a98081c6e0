"""Where an agreement goes on after it was gone: as far as it had come, and paused if it was paused.

Where another Rackbeat account has taken over its ledger meanwhile, it has to be activated anew, and is held up there.
"""

from __future__ import annotations

from typing import Final

from lagerbro.agreements.ledgers import is_in_use
from lagerbro.agreements.models import Agreement, AgreementEvent, AgreementState

_STATE_EVENTS: Final = ("activated", "paused", "resumed")


def state_after_reconnect(agreement: Agreement) -> AgreementState:
    """Inside the agreement's scope."""
    if is_in_use(agreement.economic_agreement_number, beside=agreement):
        return AgreementState.INSTALLING
    whole = agreement.state_when_whole
    if whole is not AgreementState.ACTIVE:
        return whole
    last = AgreementEvent.in_scope.filter(code__in=_STATE_EVENTS).order_by("-pk").values_list("code", flat=True).first()
    return AgreementState.PAUSED if last == "paused" else whole
