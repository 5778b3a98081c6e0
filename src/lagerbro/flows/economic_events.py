"""What a webhook from e-conomic is about. A new event is one row here.

Nothing is signed (economic-api 11.3), so a call is a hint: its number says where to look, and all is read afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lagerbro.flows.economic_invoices.poll import ECONOMIC_INVOICES_POLL
from lagerbro.flows.polls.drafts import DRAFTS_POLL
from lagerbro.flows.polls.vouchers import VOUCHERS_POLL


@dataclass(frozen=True, slots=True)
class EconomicEvent:
    """`field` is the merge field with the record's number. What stands still because of that record of kind `retries`
    is tried again; the routines of `hastens` are run at once instead of in their own time."""

    field: str
    retries: str = ""
    hastens: tuple[str, ...] = ()


ECONOMIC_EVENTS: Final[Mapping[str, EconomicEvent]] = {
    "customer_updated": EconomicEvent("NEWNUMBER", retries="customer"),
    "product_updated": EconomicEvent("NEWNUMBER", retries="product"),
    "supplier_updated": EconomicEvent("NEWNUMBER", retries="supplier"),
    "invoice_booked": EconomicEvent("INVOICENO", hastens=(DRAFTS_POLL, ECONOMIC_INVOICES_POLL)),
    "journal_booked": EconomicEvent("FROMSERIALNO", hastens=(VOUCHERS_POLL,)),
}
"""By the event's name in lower case."""
