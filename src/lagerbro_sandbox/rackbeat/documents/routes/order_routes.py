"""The paths of orders and offers (rackbeat-api 3.6)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import CONVERSIONS_BOOK, ORDERS_ARE_BOOKED_WHEN_POSTED
from lagerbro_sandbox.rackbeat.documents import conversions, mails
from lagerbro_sandbox.rackbeat.documents.kinds import OFFER, ORDER
from lagerbro_sandbox.rackbeat.documents.routes.document_routes import Paths, asks_to_book
from lagerbro_sandbox.rackbeat.documents.routes.line_routes import LinePaths
from lagerbro_sandbox.rackbeat.documents.sales import offers, orders, shipments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import one, plain
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    ORDERS.add_to(router)
    OFFERS.add_to(router)
    for paths in (ORDERS, OFFERS):
        LinePaths(paths).add_to(router)
    router.add("POST", f"{ORDER.path}/{{}}/book", _booked)
    for name, act in (("reopen", orders.reopen), ("cancel", orders.cancel)):
        ORDERS.act(router, name, act)
    for name, act in (("book", offers.book), ("reopen", offers.reopen)):
        OFFERS.act(router, name, act)
    router.add("POST", f"{ORDER.path}/{{}}/convert-to-invoice", _to_invoice)
    router.add("POST", f"{ORDER.path}/{{}}/create-shipment", _to_shipment)
    router.add("GET", f"{ORDER.path}/{{}}/shipments", _shipments)
    router.add("GET", f"{ORDER.path}/{{}}/uninvoiced-lines", _uninvoiced)
    router.add("POST", f"{OFFER.path}/{{}}/convert-to-order", _to_order)


def _draft(session: Session, body: Record) -> Record:
    return orders.create(session, body, book_it=False)


def _plain(session: Session, body: Record) -> Record:
    return orders.create(session, body, book_it=ORDERS_ARE_BOOKED_WHEN_POSTED)


ORDERS: Final = Paths(ORDER, orders.get, _draft, _plain, orders.update, orders.delete, orders.copy, orders.shown)
OFFERS: Final = Paths(
    OFFER, offers.get, offers.create, offers.create, offers.update, offers.delete, offers.copy, offers.shown
)


def _booked(session: Session, call: Call) -> Response:
    mail = mails.mail_in(call.given, call.body)
    record = orders.book(session, call.key)
    mails.note(session, ORDER.path, record, ORDER.party, mail)
    return ORDERS.answer(session, record)


def _to_invoice(session: Session, call: Call) -> Response:
    book = asks_to_book(call, default=CONVERSIONS_BOOK)
    return plain({"invoice_id": conversions.order_to_invoice(session, call.key, call.body, book=book)["number"]})


def _to_order(session: Session, call: Call) -> Response:
    order = offers.to_order(session, call.key, book=asks_to_book(call, default=CONVERSIONS_BOOK))
    return plain({"order_id": order["number"]})


def _to_shipment(session: Session, call: Call) -> Response:
    shipment = shipments.create(session, call.key, call.body)
    return one(shipments.NAME, shipments.shown(session, shipment), 201)


def _shipments(session: Session, call: Call) -> Response:
    rows = [shipments.get(session, key) for key in orders.get(session, call.key)["shipments"]]
    return listed(call.request, "order_shipments", rows, lambda row: shipments.shown(session, row))


def _uninvoiced(session: Session, call: Call) -> Response:
    order = orders.get(session, call.key)
    remaining = {line["id"]: line["quantity"] - line["quantity_invoiced"] for line in orders.uninvoiced(order)}
    rows = [line for line in orders.shown(session, order)["lines"] if line["id"] in remaining]
    return listed(
        call.request, "uninvoiced_lines", [{**row, "uninvoiced_quantity": remaining[row["id"]]} for row in rows]
    )
