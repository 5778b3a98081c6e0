"""The same supplier invoice twice in Rackbeat, transferred side by side: neither voucher can be seen when the other is
looked for, and one that was made a moment ago may not show yet (H23, H30).

So it is asked of our own intents, after ours has been stored: whoever decided first goes on, the other stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q

from lagerbro.economic.voucher_types import SupplierInvoiceEntry
from lagerbro.flows.supplier_invoices.duplicates import comparable
from lagerbro.flows.supplier_invoices.steps import VOUCHER, SentVoucher
from lagerbro.money import total_of
from lagerbro.sync.models import Intent, IntentState, TransferState
from lagerbro.sync.work import Work
from lagerbro.wire.errors import InvalidError
from lagerbro.wire.numbers import decode

LATELY: Final = timedelta(minutes=10)
"""Longer than any voucher takes to show; what is older is found in e-conomic."""
_MAY_EXIST: Final = (IntentState.OPEN, IntentState.CONFIRMED, IntentState.SETTLED)


class ConcurrentDuplicateError(InvalidError):
    """Not sent: another invoice of ours with the same supplier and number is. `key`: its number in Rackbeat."""

    code = "supplier_invoice_twin"

    def __init__(self, key: str) -> None:
        super().__init__(f"supplier invoice {key} is the same")
        self.key = key


def check_not_decided_before(work: Work, sent: SentVoucher) -> None:
    """Raise `ConcurrentDuplicateError` where another transfer decided to post the same before we did."""
    own_intent = work.intents.latest(VOUCHER)
    first = sent.voucher.entries.supplierInvoices[0]
    if own_intent is None or not first.supplierInvoiceNumber:
        return
    lately = work.runtime.clock.now() - LATELY
    earlier = Intent.in_scope.filter(
        Q(transfer__state=TransferState.RUNNING) | Q(transfer__changed_at__gte=lately),
        transfer__kind=work.transfer.kind,
        step=VOUCHER,
        state__in=_MAY_EXIST,
        created_at__gte=lately,
        pk__lt=own_intent.pk,  # the order in which both were stored: the two cannot each take the other for the first
    ).exclude(transfer=work.transfer)
    for key, request in earlier.values_list("transfer__key", "request"):
        if request and _identity(decode(request.encode(), SentVoucher)) == _identity(sent):
            raise ConcurrentDuplicateError(key)


@dataclass(frozen=True, slots=True)
class _InvoiceIdentity:
    """What makes two invoices the same: the supplier, their number as it is compared, and the direction."""

    supplier: int
    number: str
    is_credit: bool


def _identity(sent: SentVoucher) -> _InvoiceIdentity:
    entries: list[SupplierInvoiceEntry] = sent.voucher.entries.supplierInvoices
    first = entries[0]
    is_credit = total_of(entry.amount for entry in entries) > 0
    return _InvoiceIdentity(first.supplier.supplierNumber, comparable(first.supplierInvoiceNumber), is_credit)
