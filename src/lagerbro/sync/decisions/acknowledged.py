"""What a person has looked at and called right: the document stands as it is and asks nobody any more.

It holds while the facts are the same, that is the reason and what it names (`agreements.approvals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from lagerbro.agreements.approvals import DOCUMENT, is_approved
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.reasons import ALSO
from lagerbro.sync.storage.claims import Ending

EDITED_DRAFT: Final = "draft_edited"
STATE_ONCE_ACKNOWLEDGED: Final[Mapping[str, TransferState]] = {
    "attachments_module_missing": TransferState.CANCELLED,
    "booked_edited": TransferState.TRANSFERRED,
    "booked_for_another": TransferState.TRANSFERRED,
    "booked_for_another_supplier": TransferState.TRANSFERRED,
    "booked_otherwise": TransferState.TRANSFERRED,
    "credit_booked_turned": TransferState.TRANSFERRED,
    "changed_after_transfer": TransferState.TRANSFERRED,
    "unbooked_after_transfer": TransferState.TRANSFERRED,
    "deleted_after_transfer": TransferState.TRANSFERRED,
    EDITED_DRAFT: TransferState.DRAFTED,
    "economic_credit_by_hand": TransferState.CANCELLED,
    "economic_invoice_copy": TransferState.CANCELLED,
    "group_vat_differs": TransferState.TRANSFERRED,
    "invoice_perhaps_of_order": TransferState.CANCELLED,
    "shipping_not_told": TransferState.CANCELLED,
    "not_taken": TransferState.TRANSFERRED,
    "order_amounts_differ": TransferState.TRANSFERRED,
    "order_changed": TransferState.TRANSFERRED,
    "order_changed_while_taken": TransferState.TRANSFERRED,
    "order_deleted": TransferState.TRANSFERRED,
    "order_gone_in_rackbeat": TransferState.TRANSFERRED,
    "order_taken_back": TransferState.TRANSFERRED,
    "voucher_edited": TransferState.DRAFTED,
    "voucher_unmarked": TransferState.DRAFTED,
}
"""Codes that only a person can settle, because nothing may be changed by us; and what the document then is."""


def record_of(transfer: Transfer) -> str:
    """The key of an approval of this document."""
    return str(transfer)[:64]


def facts_of(code: str, details: Mapping[str, str]) -> str:
    """What was looked at, short enough to be stored."""
    content = "\n".join(f"{name}={details[name]}" for name in sorted(details) if name != ALSO)
    return f"{code}:{sha256(content.encode()).hexdigest()[:32]}"


def changes_called_right(transfer: Transfer) -> str:
    """The changes of a draft that a person has called right; empty where there are none."""
    if transfer.code != EDITED_DRAFT:
        return ""
    is_right = is_approved(DOCUMENT, record_of(transfer), facts_of(transfer.code, transfer.details))
    return transfer.details.get("changes", "") if is_right else ""


def apply_acknowledgement(transfer: Transfer, ending: Ending) -> Ending:
    """The ending, without needing anybody where a person has called the same facts right."""
    state = STATE_ONCE_ACKNOWLEDGED.get(ending.code) if ending.state == TransferState.NEEDS_YOU else None
    if state is None or not is_approved(DOCUMENT, record_of(transfer), facts_of(ending.code, ending.details)):
        return ending
    return replace(ending, state=state, failure_kind="")
