"""The paths of production orders."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat import notes
from lagerbro_sandbox.rackbeat.production import orders
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import pdf
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import not_found
from lagerbro_sandbox.rackbeat.wire.listing import page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

LISTING: Final = Listing(orders.KIND, "production_orders")


def add_to(router: Router) -> None:
    path = orders.KIND
    router.add("GET", path, lambda s, call: page(s, call.given, LISTING, lambda row: orders.shown(s, row)))
    router.add("GET", f"{path}/drafts", _drafts)
    router.add("GET", f"{path}/drafts/{{}}", _draft)
    for making in (path, f"{path}/drafts"):
        router.add("POST", making, lambda s, call: _answer(s, orders.create(s, call.body), 201))
    router.add("GET", f"{path}/{{}}", lambda s, call: _answer(s, orders.get(s, call.key)))
    router.add("DELETE", f"{path}/{{}}", _removed)
    router.add("POST", f"{path}/{{}}/book", lambda s, call: _answer(s, orders.book(s, call.key)))
    router.add("POST", f"{path}/{{}}/copy", lambda s, call: _answer(s, orders.copy(s, call.key), 201))
    router.add("GET", f"{path}/{{}}.pdf", _pdf)
    notes.add_to(router, path, orders.get)


def _answer(session: Session, record: Record, status: int = 200) -> Response:
    return one(orders.NAME, orders.shown(session, record), status)


def _drafts(session: Session, call: Call) -> Response:
    return page(session, {**call.given, "is_booked": "0"}, LISTING, lambda row: orders.shown(session, row))


def _draft(session: Session, call: Call) -> Response:
    record = orders.get(session, call.key)
    if record["is_booked"]:
        raise not_found()
    return _answer(session, record)


def _removed(session: Session, call: Call) -> Response:
    orders.delete(session, call.key)
    return done()


def _pdf(session: Session, call: Call) -> Response:
    record = orders.get(session, call.key)
    head = [f"Produktionsordre {record['number']}", f"{record['quantity']} x {record['lot']['name']}", ""]
    rows = [f"{line['quantity']} x {line['item_id']} {line['item']['name']}" for line in record["lines"]]
    return pdf.answer(pdf.page([*head, *rows[: pdf.LINES_MAX]]), f"production_order_{record['number']}.pdf")
