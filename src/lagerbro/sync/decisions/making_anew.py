"""*Opret som ny*: a person says that a record which e-conomic has under another number is a record of its own.

The word holds until the record has been made: one that is renumbered again is asked about again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, AgreementEvent
from lagerbro.sync.acts import STOPPED, retry
from lagerbro.sync.models import Transfer, TransferState

MADE_ANEW: Final = "made_anew"
CAN_BE_MADE_ANEW: Final = frozenset({"renumbered_in_economic", "renumbered_in_rackbeat"})


def make_anew(agreement: Agreement, transfer: Transfer, *, by: str, at: datetime) -> bool:
    """Keep the word, and try the record and what waits for it again; False where it does not stand for that reason."""
    if transfer.code not in CAN_BE_MADE_ANEW or transfer.state != TransferState.NEEDS_YOU:
        return False
    itself = Q(kind=transfer.kind, key=transfer.key)
    waiting_for_it = Q(details__cause=transfer.code, details__key=transfer.key)
    waiting = Transfer.in_scope.filter(itself | waiting_for_it, agreement_id=agreement.pk, state__in=STOPPED)
    with transaction.atomic():
        record_event(agreement, MADE_ANEW, by=by, at=at, record=str(transfer))
        retry(waiting, agreement.pk, at)
    return True


def is_to_be_made_anew(agreement: Agreement, kind: str, key: str, since: datetime | None) -> bool:
    """Whether somebody has said so since then; None: ever."""
    said = AgreementEvent.in_scope.filter(agreement=agreement, code=MADE_ANEW, details__record=f"{kind} {key}")
    return (said if since is None else said.filter(at__gt=since)).exists()
