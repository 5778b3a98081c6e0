"""How many transfers need somebody: the count that the menu shows on every page."""

from __future__ import annotations

from datetime import datetime

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer
from lagerbro.web.status.overdue import overdue


def needing(agreement: Agreement, now: datetime) -> int:
    """The same records as Overblik counts; by index in two steps, as the two of them are found by different ones."""
    if agreement.state == AgreementState.INSTALLING:
        return 0
    with agreement_scope(agreement.pk):
        stopped = Transfer.in_scope.filter(state__in=STOPPED).count()
        return stopped + Transfer.in_scope.filter(overdue(agreement, now)).count()
