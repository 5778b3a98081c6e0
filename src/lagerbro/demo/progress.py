"""How far the demo's invoices are, read from the program's own rows of the agreement that the demo connects.

A person may have installed a second company, whose invoices have the same numbers.
"""

from __future__ import annotations

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link, Transfer, TransferState

KIND = "customer_invoice"
_ARRIVED_STATES = (TransferState.TRANSFERRED, TransferState.DRAFTED)
_FAILED_STATES = (TransferState.REFUSED, TransferState.NEEDS_YOU, TransferState.CANCELLED)


def transfer_progress(public_id: str, numbers: list[int]) -> tuple[int, list[str]]:
    """How many of the agreement's invoices have arrived, and what stopped each of the others that stopped."""
    with agreement_scope(Agreement.objects.get(public_id=public_id).pk):
        rows = list(Transfer.in_scope.filter(kind=KIND, key__in=[str(number) for number in numbers]))
    failed = [f"{row.key}: {row.code} {row.details}" for row in rows if row.state in _FAILED_STATES]
    return sum(row.state in _ARRIVED_STATES for row in rows), failed


def invoice_links(public_id: str, numbers: list[int]) -> list[Link]:
    agreement = Agreement.objects.get(public_id=public_id)
    with agreement_scope(agreement.pk):
        keys = [str(number) for number in numbers]
        rows = list(Link.in_scope.filter(epoch=agreement.ledger_epoch, kind=KIND, rackbeat_key__in=keys))
    return sorted(rows, key=lambda link: int(link.rackbeat_key))
