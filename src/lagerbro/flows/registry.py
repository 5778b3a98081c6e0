"""Every flow, and which webhook asks for which. A new kind of record is one row here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Final

from lagerbro.flows.customer_invoices.flow import CustomerInvoiceFlow
from lagerbro.flows.customers.flow import CustomerFlow
from lagerbro.flows.polls.drafts import DRAFTS_POLL, DraftsPoll
from lagerbro.flows.polls.rackbeat import RackbeatPoll
from lagerbro.flows.polls.sweep import RackbeatSweep
from lagerbro.flows.products.flow import ProductFlow
from lagerbro.sync.flow import Flow
from lagerbro.sync.schedules.routine import Routine
from lagerbro.sync.schedules.timing import Daily, Every
from lagerbro.sync.storage.enqueueing import PRIORITY_DOCUMENT

FLOWS: Final[Mapping[str, Flow]] = {flow.kind: flow for flow in (CustomerFlow(), ProductFlow(), CustomerInvoiceFlow())}

EVENTS: Final[Mapping[str, Flow]] = {
    "customer_invoice.booked": FLOWS["customer_invoice"],
    "customer.created": FLOWS["customer"],
    "customer.updated": FLOWS["customer"],
    "product.created": FLOWS["product"],
    "product.updated": FLOWS["product"],
}
"""Rackbeat's events by the name in their header (rackbeat-api 2.4)."""

ROUTINES: Final[Mapping[str, Routine]] = {
    poll.name: poll
    for poll in (
        RackbeatPoll(
            "customer_invoices_poll",
            FLOWS["customer_invoice"],
            "customer-invoices",
            Every(seconds=600),
            PRIORITY_DOCUMENT,
        ),
        RackbeatSweep(
            "customer_invoices_sweep",
            FLOWS["customer_invoice"],
            "customer-invoices",
            Daily(time(2, 30), spread_s=7200),
        ),
        DraftsPoll(DRAFTS_POLL, FLOWS["customer_invoice"], Every(seconds=3600)),
        RackbeatPoll("customers_poll", FLOWS["customer"], "customers", Every(seconds=3600)),
        RackbeatPoll("products_poll", FLOWS["product"], "products", Every(seconds=3600)),
    )
}
"""What recurs. The polls are the net under the webhooks; orders and the stock value join with their flows."""
