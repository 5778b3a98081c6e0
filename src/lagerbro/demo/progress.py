"""How far the demo's invoices are, read from the program's own rows of the agreement that the demo connects.

A person may have installed a second company, whose invoices have the same numbers.
"""

from __future__ import annotations

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link, Transfer, TransferState

KIND = "customer_invoice"
_RESTING = (TransferState.TRANSFERRED, TransferState.DRAFTED)
_STUCK = (TransferState.REFUSED, TransferState.NEEDS_YOU, TransferState.CANCELLED)


def standing(agreement: str, numbers: list[int]) -> tuple[int, list[str]]:
    """How many have arrived, and what stopped the others."""
    with agreement_scope(Agreement.objects.get(public_id=agreement).pk):
        rows = list(Transfer.objects.filter(kind=KIND, key__in=[str(number) for number in numbers]))
    failed = [f"{row.key}: {row.code} {row.details}" for row in rows if row.state in _STUCK]
    return sum(row.state in _RESTING for row in rows), failed


def links_of(agreement: str, numbers: list[int]) -> list[Link]:
    found = Agreement.objects.get(public_id=agreement)
    with agreement_scope(found.pk):
        keys = [str(number) for number in numbers]
        rows = list(Link.objects.filter(epoch=found.ledger_epoch, kind=KIND, rackbeat_key__in=keys))
    return sorted(rows, key=lambda link: int(link.rackbeat_key))
