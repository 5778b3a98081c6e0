"""q2capi: from quote to cash, as far as it is offered: draft invoices, and the lines of all documents."""

from __future__ import annotations

from lagerbro_sandbox.economic.services.resources import ServiceRouter
from lagerbro_sandbox.economic.services.sales import draft_invoices, invoice_lines


def add_to(router: ServiceRouter) -> None:
    draft_invoices.add_to(router)
    invoice_lines.add_to(router)
