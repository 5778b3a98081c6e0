"""The REST surface: every path and what answers it."""

from __future__ import annotations

from functools import cache

from lagerbro_sandbox.economic.journals import voucher_attachments, voucher_routes
from lagerbro_sandbox.economic.ledger import routes as ledger_routes
from lagerbro_sandbox.economic.registers import (
    account_routes,
    currency_prices,
    customer_routes,
    read_only_routes,
    setting_routes,
)
from lagerbro_sandbox.economic.registers import routes as register_routes
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.sales.routes import invoice_routes, invoices_below, order_routes, template_routes
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.answers import ok
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Request, Response

_ROOTS = (
    *REGISTERS,
    "accounting-years",
    "app-settings",
    "departmental-distributions",
    "invoices",
    "orders",
    "quotes",
    "self",
)


@cache
def routes() -> Router:
    """All of it; made once for every sandbox in the process."""
    router = Router()
    for module in (
        register_routes,
        account_routes,
        customer_routes,
        template_routes,
        currency_prices,
        read_only_routes,
        setting_routes,
        invoice_routes,
        invoices_below,
        order_routes,
        voucher_routes,
        voucher_attachments,
        ledger_routes,
    ):
        module.add_to(router)
    router.add("GET", "/", _root)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        router.add(method, "/echo", _echo)
    router.add("GET", "/returnHttp500", _fail)
    return router


def _root(session: Session, _request: Request, _values: list[str]) -> Response:
    return ok({name: f"{session.base}/{name}" for name in sorted(_ROOTS)})


def _echo(_session: Session, request: Request, _values: list[str]) -> Response:
    """economic-api 2.7: what was sent comes back, under the status that is asked for."""
    wanted = dict(request.parameters()).get("statuscode", "200")
    status = int(wanted) if wanted.isascii() and wanted.isdigit() and 200 <= int(wanted) <= 599 else 200
    return Response(status, {"Content-Type": "application/json"}, request.body or b"{}")


def _fail(_session: Session, _request: Request, _values: list[str]) -> Response:
    raise ApiError(500, "Internal server error.", "You asked for it.", "E00500")
