"""The paths of customer invoices (rackbeat-api 3.8)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import conversions, credit_notes, mails
from lagerbro_sandbox.rackbeat.documents.kinds import INVOICE
from lagerbro_sandbox.rackbeat.documents.routes.document_routes import Paths
from lagerbro_sandbox.rackbeat.documents.routes.payment_routes import Payments
from lagerbro_sandbox.rackbeat.documents.sales import invoices
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def _drafted(session: Session, body: Record) -> Record:
    """Of several orders of one customer, where the body names them without lines (P, L: `orders` is a list)."""
    numbers = body.get("orders")
    if not numbers or body.get("lines"):
        return invoices.create(session, body)
    return conversions.orders_to_invoice(session, numbers, body)


PATHS: Final = Paths(
    INVOICE,
    invoices.get,
    _drafted,
    _drafted,
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
    Payments(INVOICE, invoices.save).add_to(router)


def _booked(session: Session, call: Call) -> Response:
    mail = mails.mail_in(call.given, call.body)
    record = invoices.book(session, call.key, call.body)
    mails.note(session, INVOICE.path, record, INVOICE.party, mail)
    return PATHS.answer(session, record)


def _credited(session: Session, call: Call) -> Response:
    return PATHS.answer(session, credit_notes.credit(session, call.key, call.body), 201)
