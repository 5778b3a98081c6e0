"""How far the demo's invoices are, read from the program's own rows."""

from __future__ import annotations

from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import Link, Transfer, TransferState

KIND = "customer_invoice"
_RESTING = (TransferState.TRANSFERRED, TransferState.DRAFTED)
_STUCK = (TransferState.REFUSED, TransferState.NEEDS_YOU, TransferState.CANCELLED)


def standing(numbers: list[int]) -> tuple[int, list[str]]:
    """How many have arrived, and what stopped the others."""
    with every_agreement("the demo has one"):
        rows = list(Transfer.objects.filter(kind=KIND, key__in=[str(number) for number in numbers]))
    failed = [f"{row.key}: {row.code} {row.details}" for row in rows if row.state in _STUCK]
    return sum(row.state in _RESTING for row in rows), failed


def links_of(numbers: list[int]) -> list[Link]:
    with every_agreement("the demo has one"):
        rows = list(Link.objects.filter(kind=KIND, rackbeat_key__in=[str(number) for number in numbers]))
    return sorted(rows, key=lambda link: int(link.rackbeat_key))
