"""Every flow, and which webhook asks for which. A new kind of record is one row here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lagerbro.flows.customer_invoices.flow import CustomerInvoiceFlow
from lagerbro.flows.customers.flow import CustomerFlow
from lagerbro.flows.products.flow import ProductFlow
from lagerbro.sync.flow import Flow

FLOWS: Final[Mapping[str, Flow]] = {flow.kind: flow for flow in (CustomerFlow(), ProductFlow(), CustomerInvoiceFlow())}

EVENTS: Final[Mapping[str, Flow]] = {
    "customer_invoice.booked": FLOWS["customer_invoice"],
    "customer.created": FLOWS["customer"],
    "customer.updated": FLOWS["customer"],
    "product.created": FLOWS["product"],
    "product.updated": FLOWS["product"],
}
"""Rackbeat's events by the name in their header (rackbeat-api 2.4)."""
