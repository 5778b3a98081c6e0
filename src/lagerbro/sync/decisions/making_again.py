"""*Lav den igen*: a person says that a document which is nowhere in e-conomic any more shall be made once more.

What was decided of its writes is over, so that the next run decides them anew, under other idempotency keys. It looks
first all the same (`sync.work`): something may have appeared since the look that found nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement
from lagerbro.sync.acts import retry
from lagerbro.sync.models import Intent, IntentState, Link, Transfer, TransferState

MADE_AGAIN: Final = "made_again"
CAN_BE_MADE_AGAIN: Final = frozenset(
    {
        "draft_gone",
        "draft_changed",
        "earlier_draft_stands",
        "outdated_draft_stands",
        "changed_during_transfer",
        "foreign_draft_booked",
        "voucher_changed",
        "voucher_gone",
    }
)
"""Why a document stands that nothing but a new one can carry on."""
DRAFTS: Final = ("draft", "voucher_draft")
"""Links to what is not booked yet."""


def make_again(agreement: Agreement, transfer: Transfer, *, by: str, at: datetime) -> bool:
    """Begin the document anew; False when it is in hand, or a write of it has an outcome that is not known yet."""
    standing = Transfer.in_scope.filter(
        pk=transfer.pk, claim="", state=TransferState.NEEDS_YOU, code__in=CAN_BE_MADE_AGAIN
    )
    with transaction.atomic():
        intents = Intent.in_scope.filter(transfer=transfer)
        if intents.filter(state=IntentState.OPEN).exists() or not retry(standing, agreement.pk, at):
            return False
        intents.update(state=IntentState.SETTLED)
        Link.in_scope.filter(
            agreement=agreement,
            epoch=agreement.ledger_epoch,
            kind=transfer.kind,
            rackbeat_key=transfer.key,
            economic_kind__in=DRAFTS,
        ).delete()
        record_event(agreement, MADE_AGAIN, by=by, at=at, record=str(transfer))
    return True
