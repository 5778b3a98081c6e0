"""Draft and booked invoices on REST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro.sandbox.economic import booking, drafts
from lagerbro.sandbox.economic.answers import body_of, ok
from lagerbro.sandbox.economic.faulty import not_found
from lagerbro.sandbox.economic.links import linked
from lagerbro.sandbox.economic.listing import collection
from lagerbro.sandbox.economic.routing import Router
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.kernel.http import Request, Response

INVOICE_FIELDS = (
    "date",
    "currency",
    "exchangeRate",
    "customer.customerNumber",
    "recipient.name",
    "recipient.ean",
    "recipient.city",
    "recipient.zip",
    "recipient.country",
    "recipient.vatZone.vatZoneNumber",
    "references.other",
    "notes.heading",
    "notes.textLine1",
    "notes.textLine2",
    "paymentTerms.paymentTermsNumber",
    "layout.layoutNumber",
)


def add_to(router: Router) -> None:
    for view in (
        View(drafts.KIND, "draftInvoiceNumber", _draft, frozenset({"lines", "layout"})),
        View(booking.KIND, "bookedInvoiceNumber", _booked),
    ):
        router.add("GET", f"/invoices/{view.kind}", view.listed)
        router.add("GET", f"/invoices/{view.kind}/{{}}", view.one)
    router.add("POST", "/invoices/drafts", _create_draft)
    router.add("PUT", "/invoices/drafts/{}", _replace_draft)
    router.add("DELETE", "/invoices/drafts/{}", _delete_draft)
    router.add("POST", "/invoices/booked", _book)
    router.add("PUT", "/invoices/booked/{}", _book_as)


@dataclass(frozen=True, slots=True)
class View:
    """Reading invoices of one state."""

    kind: str
    key: str
    shown: Callable[[Session, Record], Record]
    left_out: frozenset[str] = frozenset({"lines"})
    """What a collection's items lack (economic-api 2.3)."""

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        rows, fields = session.all(self.kind), (self.key, *INVOICE_FIELDS)
        return ok(collection(session, request, rows, fields, lambda row: self._short(session, row)))

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        found = session.get(self.kind, values[0])
        if found is None:
            raise not_found()
        return ok(self.shown(session, found))

    def _short(self, session: Session, row: Record) -> Record:
        return {name: value for name, value in self.shown(session, row).items() if name not in self.left_out}


def _create_draft(session: Session, request: Request, _values: list[str]) -> Response:
    return ok(_draft(session, drafts.write(session, body_of(request))), 201)


def _replace_draft(session: Session, request: Request, values: list[str]) -> Response:
    if session.get(drafts.KIND, values[0]) is None:
        raise not_found("E06000")
    return ok(_draft(session, drafts.write(session, body_of(request), int(values[0]))))


def _delete_draft(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(linked(drafts.delete(session, values[0]), session.base))


def _book(session: Session, request: Request, _values: list[str]) -> Response:
    return ok(_booked(session, booking.book(session, body_of(request))), 201)


def _book_as(session: Session, request: Request, values: list[str]) -> Response:
    if not (values[0].isascii() and values[0].isdigit() and 1 <= int(values[0]) <= 999_999_999):
        raise not_found()
    return ok(_booked(session, booking.book(session, body_of(request), int(values[0]))), 201)


def _draft(session: Session, body: Record) -> Record:
    record = linked(body, session.base)
    record["soap"] = {"currentInvoiceHandle": {"id": body["draftInvoiceNumber"]}}
    record["templates"] = {
        "bookingInstructions": f"{record['self']}/templates/booking-instructions",
        "self": f"{record['self']}/templates",
    }
    record["pdf"] = {"download": f"{record['self']}/pdf"}
    return record


def _booked(session: Session, body: Record) -> Record:
    record = linked(body, session.base)
    return {**record, "pdf": {"download": f"{record['self']}/pdf"}, "sent": f"{record['self']}/sent"}
