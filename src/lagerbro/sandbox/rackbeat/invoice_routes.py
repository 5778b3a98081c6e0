"""The paths of customer invoices (rackbeat-api 3.8)."""

from __future__ import annotations

from lagerbro.sandbox.kernel.http import Response
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat import invoices, notes
from lagerbro.sandbox.rackbeat.answers import done, one
from lagerbro.sandbox.rackbeat.listing import page
from lagerbro.sandbox.rackbeat.querying import Listing
from lagerbro.sandbox.rackbeat.routing import Call, Router
from lagerbro.sandbox.rackbeat.session import Session

PATH = invoices.KIND
LISTING = Listing(PATH, "customer_invoices", day="invoice_date", members={"order_number": "orders"})


def add_to(router: Router) -> None:
    router.add("GET", PATH, _listed)
    router.add("POST", PATH, _made)
    router.add("POST", f"{PATH}/drafts", _made)
    router.add("GET", f"{PATH}/{{}}", _one)
    router.add("PUT", f"{PATH}/{{}}", _changed)
    router.add("DELETE", f"{PATH}/{{}}", _removed)
    router.add("POST", f"{PATH}/{{}}/book", _booked)
    router.add("POST", f"{PATH}/{{}}/unbook", _unbooked)
    router.add("POST", f"{PATH}/{{}}/create-creditnote", _credited)
    notes.add_to(router, PATH, invoices.get)


def _listed(session: Session, call: Call) -> Response:
    return page(session, call.given, LISTING, lambda row: invoices.shown(session, row))


def _made(session: Session, call: Call) -> Response:
    return _shown(session, invoices.create(session, call.body), 201)


def _one(session: Session, call: Call) -> Response:
    return _shown(session, invoices.get(session, call.key))


def _changed(session: Session, call: Call) -> Response:
    return _shown(session, invoices.update(session, call.key, call.body))


def _removed(session: Session, call: Call) -> Response:
    invoices.delete(session, call.key)
    return done()


def _booked(session: Session, call: Call) -> Response:
    return _shown(session, invoices.book(session, call.key))


def _unbooked(session: Session, call: Call) -> Response:
    return _shown(session, invoices.unbook(session, call.key))


def _credited(session: Session, call: Call) -> Response:
    return _shown(session, invoices.credit(session, call.key), 201)


def _shown(session: Session, record: Record, status: int = 200) -> Response:
    return one("customer_invoice", invoices.shown(session, record), status)
