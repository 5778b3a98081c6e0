"""The REST surface: every path and what answers it."""

from __future__ import annotations

from lagerbro.sandbox.economic import (
    invoice_routes,
    ledger_routes,
    register_routes,
    voucher_attachments,
    voucher_routes,
)
from lagerbro.sandbox.economic.answers import ok
from lagerbro.sandbox.economic.faulty import ApiError
from lagerbro.sandbox.economic.registers import REGISTERS
from lagerbro.sandbox.economic.routing import Router
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.kernel.http import Request, Response


def routes() -> Router:
    """All of it."""
    router = Router()
    register_routes.add_to(router)
    invoice_routes.add_to(router)
    voucher_routes.add_to(router)
    voucher_attachments.add_to(router)
    ledger_routes.add_to(router)
    router.add("GET", "/", _root)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        router.add(method, "/echo", _echo)
    router.add("GET", "/returnHttp500", _fail)
    router.add("GET", "/self", lambda session, _request, _values: ok(_myself(session)))
    return router


def _myself(session: Session) -> Record:
    body = {name: value for name, value in session.company.items() if name != "rates"}
    application = {**body["application"], "self": f"{session.base}/self/application"}
    language = {**body["user"]["language"], "self": f"{session.base}/languages/1"}
    user = {**body["user"], "language": language}
    return {**body, "user": user, "application": application, "self": f"{session.base}/self"}


def _root(session: Session, _request: Request, _values: list[str]) -> Response:
    names = (*REGISTERS, "accounting-years", "self")
    links = {name: f"{session.base}/{name}" for name in sorted(names)}
    return ok({**links, "invoices": {state: f"{session.base}/invoices/{state}" for state in ("drafts", "booked")}})


def _echo(_session: Session, request: Request, _values: list[str]) -> Response:
    """economic-api 2.7: what was sent comes back, under the status that is asked for."""
    asked = dict(request.parameters()).get("statuscode", "200")
    status = int(asked) if asked.isascii() and asked.isdigit() and 200 <= int(asked) <= 599 else 200
    return Response(status, {"Content-Type": "application/json"}, request.body or b"{}")


def _fail(_session: Session, _request: Request, _values: list[str]) -> Response:
    raise ApiError(500, "Internal server error.", "You asked for it.", "E00500")
