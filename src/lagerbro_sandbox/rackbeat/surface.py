"""The API: every module with paths of its own."""

from __future__ import annotations

from functools import cache

from lagerbro_sandbox.rackbeat.documents.routes import invoice_routes, order_routes, shipment_routes
from lagerbro_sandbox.rackbeat.documents.routes import purchase_order_routes as purchase_routes
from lagerbro_sandbox.rackbeat.documents.routes import supplier_invoice_routes as bill_routes
from lagerbro_sandbox.rackbeat.inventory import levels
from lagerbro_sandbox.rackbeat.inventory import routes as routes_of_inventory
from lagerbro_sandbox.rackbeat.platform import account_routes, app_routes, settings, webhook_routes
from lagerbro_sandbox.rackbeat.production import routes as routes_of_production
from lagerbro_sandbox.rackbeat.registers import routes as register_routes
from lagerbro_sandbox.rackbeat.reports import checking, ledger, revenue, valuation
from lagerbro_sandbox.rackbeat.wire.routing import Router


@cache
def routes() -> Router:
    """All of it; made once for every sandbox in the process."""
    router = Router()
    for module in (account_routes, app_routes, settings, webhook_routes, register_routes):
        module.add_to(router)
    for module in (order_routes, shipment_routes, invoice_routes, purchase_routes, bill_routes):
        module.add_to(router)
    for module in (levels, routes_of_inventory, routes_of_production, valuation, ledger, checking, revenue):
        module.add_to(router)
    return router
