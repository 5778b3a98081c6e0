"""*Opret som gruppe n*: a person says that a group which e-conomic lacks is to have another group's accounts (H15).

A control account or a sales account is never guessed; whoever presses says which group's they are. The word holds
until the group has been made: one that is deleted afterwards is asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, AgreementEvent
from lagerbro.sync.acts import STOPPED, retry
from lagerbro.sync.models import Transfer, TransferState

GROUP_WANTED: Final = "group_wanted"
GROUP_MADE: Final = "group_made"
MISSING: Final[Mapping[str, str]] = {
    "customer_group_missing": "customer_group",
    "product_group_missing": "product_group",
}
"""What is missing, by the code of the record that cannot be transferred without it."""


def want_as_copy(agreement: Agreement, transfer: Transfer, source: int, *, by: str, at: datetime) -> bool:
    """Keep the word, and try everything again that waits for the group; False where nothing waits for one any more."""
    kind, number = MISSING.get(transfer.code), transfer.details.get("group")
    if kind is None or number is None or transfer.state != TransferState.NEEDS_YOU:
        return False
    itself = Q(code=transfer.code, details__group=number)
    waiting_for_it = Q(details__cause=transfer.code, details__cause_group=number)
    waiting = Transfer.in_scope.filter(itself | waiting_for_it, agreement_id=agreement.pk, state__in=STOPPED)
    with transaction.atomic():
        record_event(agreement, GROUP_WANTED, by=by, at=at, record=f"{kind} {number}", source=str(source))
        retry(waiting, agreement.pk, at)
    return True


def wanted_source(agreement: Agreement, kind: str, number: str) -> int | None:
    """The group whose accounts this one is to have; None where nobody has said, or where it has been made since."""
    about = AgreementEvent.in_scope.filter(
        agreement=agreement, code__in=(GROUP_WANTED, GROUP_MADE), details__record=f"{kind} {number}"
    )
    if agreement.ledger_since is not None:  # what was said of the ledger before
        about = about.filter(at__gte=agreement.ledger_since)
    latest = about.order_by("pk").last()
    return int(latest.details["source"]) if latest is not None and latest.code == GROUP_WANTED else None


def note_made(agreement: Agreement, kind: str, number: str, source: int, at: datetime) -> None:
    """The word has been carried out."""
    record_event(agreement, GROUP_MADE, by="", at=at, record=f"{kind} {number}", source=str(source))
