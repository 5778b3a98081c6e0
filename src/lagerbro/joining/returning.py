"""Where an agreement goes on after it was gone: as far as it had come, and paused if it was paused."""

from __future__ import annotations

from typing import Final

from lagerbro.agreements.models import Agreement, AgreementEvent, AgreementState

_TURNS: Final = ("activated", "paused", "resumed")


def returning_state(agreement: Agreement) -> AgreementState:
    """Inside the agreement's scope."""
    whole = agreement.state_when_whole
    if whole is not AgreementState.ACTIVE:
        return whole
    last = AgreementEvent.objects.filter(code__in=_TURNS).order_by("-pk").values_list("code", flat=True).first()
    return AgreementState.PAUSED if last == "paused" else whole
