"""The echo of what we made in Rackbeat ourselves: an invoice that was born in e-conomic never goes back there."""

from __future__ import annotations

from typing import Final

from lagerbro.flows.economic_documents.mark import INVOICE_MARK, marked_number
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.sync.models import Transfer
from lagerbro.sync.outcome import Skipped, WaitsFor
from lagerbro.sync.work import Work

KIND: Final = "economic_invoice"


def skipped_if_born_in_economic(work: Work, invoice: CustomerInvoice) -> Skipped | None:
    """The end of a run for an invoice that we made of one of e-conomic's.

    Its mark alone proves nothing, as a copy bears it too: the link does. Raises `WaitsFor` while there is none yet and
    the invoice of e-conomic's is known to be on its way, or our memory was lost.
    """
    number = marked_number(INVOICE_MARK, invoice.other_reference)
    if number is None:
        return None
    link = work.links.get(KIND, str(invoice.number))
    if link is not None:
        return Skipped("born_in_economic", {"number": link.economic_key}, is_forgotten=True)
    if work.links.of_economic(KIND, number) is not None:
        return None  # a copy: the one that we made is another
    if work.must_look_first or Transfer.in_scope.filter(kind=KIND, key=number).exists():
        raise WaitsFor(((KIND, number),))
    return None
