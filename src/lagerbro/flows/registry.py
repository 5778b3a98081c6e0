"""Every flow, and which webhook asks for which. A new kind of record is one row here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Final

from lagerbro.flows.customer_invoices.flow import CustomerInvoiceFlow
from lagerbro.flows.customers.flow import CustomerFlow
from lagerbro.flows.economic_invoices.flow import EconomicInvoiceFlow
from lagerbro.flows.economic_invoices.poll import ECONOMIC_INVOICES_POLL, EconomicInvoicesPoll
from lagerbro.flows.invoice_shipping.flow import InvoiceShippingFlow
from lagerbro.flows.orders.flow import OrderFlow
from lagerbro.flows.orders.poll import ORDERS_POLL, OrdersPoll
from lagerbro.flows.payment_terms.flow import PaymentTermsFlow
from lagerbro.flows.polls.accounts import AccountsReading
from lagerbro.flows.polls.drafts import DRAFTS_POLL, DraftsPoll
from lagerbro.flows.polls.rackbeat import RackbeatPoll
from lagerbro.flows.polls.sweep import RackbeatSweep
from lagerbro.flows.polls.vouchers import VOUCHERS_POLL, VouchersPoll
from lagerbro.flows.products.flow import ProductFlow
from lagerbro.flows.rackbeat_notes import NotedFlow
from lagerbro.flows.sales_groups.flow import CustomerGroupFlow, ProductGroupFlow
from lagerbro.flows.sections import PURCHASES, SALES
from lagerbro.flows.startup.flow import StartupFlow
from lagerbro.flows.stock_value.flow import StockValueFlow
from lagerbro.flows.stock_value.routine import StockValueRoutine
from lagerbro.flows.stock_value.schedule import AT
from lagerbro.flows.stock_value_backfill.flow import BackfillFlow
from lagerbro.flows.supplier_groups.flow import SupplierGroupFlow
from lagerbro.flows.supplier_invoice_documents.flow import DocumentFlow
from lagerbro.flows.supplier_invoice_documents.module import ModuleLook
from lagerbro.flows.supplier_invoices.flow import SupplierInvoiceFlow
from lagerbro.flows.suppliers.flow import SupplierFlow
from lagerbro.sync.flow import Flow
from lagerbro.sync.schedules.routine import Routine
from lagerbro.sync.schedules.timing import Daily, Every
from lagerbro.sync.storage.enqueueing import PRIORITY_DOCUMENT, PRIORITY_HINT

_STOCK_VALUE: Final = StockValueFlow()
_DOCUMENT: Final = DocumentFlow()
FLOWS: Final[Mapping[str, Flow]] = {
    flow.kind: flow
    for flow in (
        PaymentTermsFlow(),
        CustomerGroupFlow(),
        ProductGroupFlow(),
        CustomerFlow(),
        ProductFlow(),
        NotedFlow(CustomerInvoiceFlow(), "customer-invoices"),
        OrderFlow(),
        EconomicInvoiceFlow(),
        InvoiceShippingFlow(),
        SupplierGroupFlow(),
        SupplierFlow(),
        NotedFlow(SupplierInvoiceFlow(), "supplier-invoices"),
        _DOCUMENT,
        BackfillFlow(),
        _STOCK_VALUE,
        StartupFlow(),
    )
}

BORN_IN_ECONOMIC: Final = frozenset({"order", "economic_invoice"})
"""Kinds whose transfers bear e-conomic's number; Rackbeat's stands in their link."""
EVENTS: Final[Mapping[str, Flow]] = {
    "customer_invoice.booked": FLOWS["customer_invoice"],
    "payment_terms.updated": FLOWS["payment_terms"],
    "customer_group.updated": FLOWS["customer_group"],
    "product_group.updated": FLOWS["product_group"],
    "customer.created": FLOWS["customer"],
    "customer.updated": FLOWS["customer"],
    "product.created": FLOWS["product"],
    "product.updated": FLOWS["product"],
    "supplier.created": FLOWS["supplier"],
    "supplier.updated": FLOWS["supplier"],
    "supplier_invoice.booked": FLOWS["supplier_invoice"],
    "supplier_group.created": FLOWS["supplier_group"],
    "supplier_group.updated": FLOWS["supplier_group"],
}
"""Rackbeat's events by the name in their header (rackbeat-api 2.4)."""


def event_priority(event: str) -> int:
    """A document goes before what only says that a master record may have changed."""
    return PRIORITY_DOCUMENT if event.endswith(".booked") else PRIORITY_HINT


_ORDERS: Final = Every(seconds=300)
_OFTEN: Final = Every(seconds=600)
_HOURLY: Final = Every(seconds=3600)
_NIGHTLY: Final = Daily(time(2, 30), spread_s=7200)

ROUTINES: Final[Mapping[str, Routine]] = {
    poll.name: poll
    for poll in (
        RackbeatPoll(
            "customer_invoices_poll",
            FLOWS["customer_invoice"],
            SALES,
            "customer-invoices",
            _OFTEN,
            PRIORITY_DOCUMENT,
        ),
        RackbeatSweep("customer_invoices_sweep", FLOWS["customer_invoice"], SALES, "customer-invoices", _NIGHTLY),
        DraftsPoll(DRAFTS_POLL, FLOWS["customer_invoice"], _HOURLY),
        OrdersPoll(ORDERS_POLL, FLOWS["order"], SALES, _ORDERS),
        EconomicInvoicesPoll(ECONOMIC_INVOICES_POLL, FLOWS["economic_invoice"], SALES, _ORDERS),
        RackbeatPoll("payment_terms_poll", FLOWS["payment_terms"], SALES, "payment-terms", _NIGHTLY),
        RackbeatPoll("customer_groups_poll", FLOWS["customer_group"], SALES, "customer-groups", _NIGHTLY),
        RackbeatPoll("product_groups_poll", FLOWS["product_group"], SALES, "product-groups", _NIGHTLY),
        RackbeatPoll("customers_poll", FLOWS["customer"], SALES, "customers", _HOURLY),
        RackbeatPoll("products_poll", FLOWS["product"], SALES, "products", _HOURLY),
        RackbeatPoll("supplier_groups_poll", FLOWS["supplier_group"], PURCHASES, "supplier-groups", _HOURLY),
        RackbeatPoll("suppliers_poll", FLOWS["supplier"], PURCHASES, "suppliers", _HOURLY),
        RackbeatPoll(
            "supplier_invoices_poll",
            FLOWS["supplier_invoice"],
            PURCHASES,
            "supplier-invoices",
            _OFTEN,
            PRIORITY_DOCUMENT,
            _DOCUMENT,
        ),
        VouchersPoll(VOUCHERS_POLL, FLOWS["supplier_invoice"], _HOURLY),
        ModuleLook("documents_module_look", _DOCUMENT.kind, _DOCUMENT.rank, _NIGHTLY),
        AccountsReading("accounts_reading", PURCHASES, _HOURLY),
        RackbeatSweep("supplier_invoices_sweep", FLOWS["supplier_invoice"], PURCHASES, "supplier-invoices", _NIGHTLY),
        RackbeatSweep("suppliers_sweep", FLOWS["supplier"], PURCHASES, "suppliers", _NIGHTLY, is_deletion_news=False),
        StockValueRoutine(_STOCK_VALUE.kind, _STOCK_VALUE, Daily(AT, spread_s=3600)),
    )
}
"""What recurs. The polls are the net under the webhooks; of orders nothing but the poll tells."""
