"""The paths of order shipments (rackbeat-api 3.7)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import CONVERSIONS_BOOK
from lagerbro_sandbox.rackbeat.documents import conversions
from lagerbro_sandbox.rackbeat.documents.kinds import SHIPMENTS
from lagerbro_sandbox.rackbeat.documents.routes.document_routes import asks_to_book
from lagerbro_sandbox.rackbeat.documents.sales import shipments
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import pdf
from lagerbro_sandbox.rackbeat.wire.answers import done, one, plain
from lagerbro_sandbox.rackbeat.wire.listing import page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

LISTING: Final = Listing(SHIPMENTS, "order_shipments", day="shipping_date")


def add_to(router: Router) -> None:
    router.add("GET", SHIPMENTS, lambda s, call: page(s, call.given, LISTING, lambda row: shipments.shown(s, row)))
    for path in (SHIPMENTS, "orders/shipments"):
        router.add("GET", f"{path}/{{}}", lambda s, call: _answer(s, shipments.get(s, call.key)))
        router.add("DELETE", f"{path}/{{}}", _removed)
        router.add("POST", f"{path}/{{}}/mark-shipped", lambda s, c: _answer(s, shipments.ship(s, c.key, c.body)))
        router.add("POST", f"{path}/{{}}/create-invoice", _invoiced)
        for paper in ("download", "download-delivery-note"):
            router.add("POST", f"{path}/{{}}/{paper}", _pdf)
            router.add("GET", f"{path}/{{}}/{paper}", _pdf)
        for verb, picked in (("mark-picked", True), ("mark-unpicked", False)):
            router.add("POST", f"{path}/{{}}/lines/{{}}/{verb}", _picked if picked else _unpicked)


def _answer(session: Session, record: Record) -> Response:
    return one(shipments.NAME, shipments.shown(session, record))


def _removed(session: Session, call: Call) -> Response:
    shipments.delete(session, call.key)
    return done()


def _picked(session: Session, call: Call) -> Response:
    return _answer(session, shipments.pick(session, *call.values, picked=True))


def _unpicked(session: Session, call: Call) -> Response:
    return _answer(session, shipments.pick(session, *call.values, picked=False))


def _invoiced(session: Session, call: Call) -> Response:
    book = asks_to_book(call, default=CONVERSIONS_BOOK)
    return plain({"invoice_id": conversions.shipment_to_invoice(session, call.key, call.body, book=book)["number"]})


def _pdf(session: Session, call: Call) -> Response:
    record = shipments.get(session, call.key)
    head = [f"Forsendelse {record['id']}", f"Ordre {record['order_id']}", ""]
    rows = [f"{line['quantity']:f} x {line['child_id'] or ''} {line['name']}" for line in record["lines"]]
    return pdf.answer(pdf.page([*head, *rows[: pdf.LINES_MAX]]), f"order_shipment_{record['id']}.pdf")
