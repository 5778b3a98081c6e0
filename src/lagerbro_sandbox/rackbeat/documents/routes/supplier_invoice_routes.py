"""The paths of supplier invoices (rackbeat-api 3.9)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.documents.kinds import BILL
from lagerbro_sandbox.rackbeat.documents.purchasing import supplier_invoices as bills
from lagerbro_sandbox.rackbeat.documents.routes import attachment_routes as attachments
from lagerbro_sandbox.rackbeat.documents.routes.document_routes import Paths
from lagerbro_sandbox.rackbeat.documents.routes.payment_routes import Payments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

PATHS: Final = Paths(
    BILL,
    bills.get,
    bills.create,
    bills.create,
    bills.update,
    bills.delete,
    bills.copy,
    bills.shown,
    members={"purchase_order_number": "purchase_orders"},
)


def add_to(router: Router) -> None:
    PATHS.add_to(router)
    router.add("POST", f"{BILL.path}/{{}}/book", _booked)
    router.add("POST", f"{BILL.path}/{{}}/create-creditnote", _credited)
    PATHS.act(router, "unbook", bills.unbook)
    Payments(BILL, bills.save).add_to(router)
    attachments.add_to(router)


def _booked(session: Session, call: Call) -> Response:
    return PATHS.answer(session, bills.book(session, call.key, call.body))


def _credited(session: Session, call: Call) -> Response:
    return PATHS.answer(session, bills.credit(session, call.key, call.body), 201)
