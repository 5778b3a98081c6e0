"""The paths of customer invoices (rackbeat-api 3.8)."""

from __future__ import annotations

from typing import Final

from lagerbro.sandbox.kernel.http import Response
from lagerbro.sandbox.rackbeat.documents import crediting, invoices
from lagerbro.sandbox.rackbeat.documents.kinds import INVOICE
from lagerbro.sandbox.rackbeat.documents.paths import Paths
from lagerbro.sandbox.rackbeat.documents.payments import Payments
from lagerbro.sandbox.rackbeat.routing import Call, Router
from lagerbro.sandbox.rackbeat.session import Session

PATHS: Final = Paths(
    INVOICE,
    invoices.get,
    invoices.create,
    invoices.create,
    invoices.update,
    invoices.delete,
    invoices.copy,
    invoices.shown,
    members={"order_number": "orders"},
)


def add_to(router: Router) -> None:
    PATHS.add_to(router)
    router.add("POST", f"{INVOICE.path}/{{}}/book", _booked)
    router.add("POST", f"{INVOICE.path}/{{}}/create-creditnote", _credited)
    PATHS.act(router, "unbook", invoices.unbook)
    PATHS.act(router, "mark-shipped", invoices.mark_shipped)
    Payments(INVOICE, invoices.keep).add_to(router)


def _booked(session: Session, call: Call) -> Response:
    return PATHS.answer(session, invoices.book(session, call.key, call.body))


def _credited(session: Session, call: Call) -> Response:
    return PATHS.answer(session, crediting.credit(session, call.key, call.body), 201)
