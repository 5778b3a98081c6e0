"""Draft and booked invoices on REST, and the views of what is paid (economic-api 7.1 to 7.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro_sandbox.economic.rest.listing import collection, passing
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import KeyedRows, StoredRows
from lagerbro_sandbox.economic.sales import booked, booking, drafts, pdfs, sending
from lagerbro_sandbox.economic.sales import document_views as views
from lagerbro_sandbox.economic.sales.routes import invoice_totals
from lagerbro_sandbox.economic.sales.routes.attachment_routes import add_attachments
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import body_of, ok, pdf
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.links import linked
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

_STATES = ("drafts", "booked", *booked.VIEWS, "sent", "totals")
_NAMES = {"not-due": "notDue"}
_NUMBER_MOST = 999_999_999


def add_to(router: Router) -> None:
    router.add("GET", "/invoices", _root)
    for view in (
        View(drafts.KIND, drafts.KEY, views.draft, f.INVOICES_DRAFT, "Create a new draft invoice."),
        View(booked.KIND, booked.KEY, views.booked_invoice, f.INVOICES_BOOKED, "Book a draft invoice."),
    ):
        router.add("GET", f"/invoices/{view.kind}", view.listed)
        router.add("GET", f"/invoices/{view.kind}/{{}}", view.one)
        router.add("GET", f"/invoices/{view.kind}/{{}}/pdf", view.pdf)
    for name in booked.VIEWS:
        router.add("GET", f"/invoices/{name}", PaidView(name).listed)
    router.add("POST", "/invoices/drafts", _create_draft)
    router.add("DELETE", "/invoices/drafts", _delete_drafts)
    router.add("PUT", "/invoices/drafts/{}", _replace_draft)
    router.add("DELETE", "/invoices/drafts/{}", _delete_draft)
    router.add("POST", "/invoices/drafts/{}/lines", _append_lines)
    router.add("GET", "/invoices/drafts/{}/templates", _templates)
    router.add("GET", "/invoices/drafts/{}/templates/booking-instructions", _booking_instructions)
    router.add("POST", "/invoices/booked", _book)
    router.add("PUT", "/invoices/booked/{}", _book_as)
    router.add("GET", "/invoices/booked/{}/sent", _sent_of)
    router.add("GET", "/invoices/sent", _sent)
    router.add("GET", "/invoices/sent/{}", _sent_one)
    add_attachments(router, "/invoices/drafts", drafts.KIND)
    invoice_totals.add_to(router)


@dataclass(frozen=True, slots=True)
class View:
    """Reading invoices of one state."""

    kind: str
    key: str
    shown: Callable[[Session, Record], Record]
    fields: f.Fields
    create: str

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        show = lambda row: views.short(self.shown(session, row), self.kind)  # noqa: E731 - a name for one line
        return ok(
            collection(session, request, StoredRows(session, self.kind, self.key), self.fields, show, self.create)
        )

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        return ok(self.shown(session, self._found(session, values)))

    def pdf(self, session: Session, _request: Request, values: list[str]) -> Response:
        record = self._found(session, values)
        title = f"{'Faktura' if record['grossAmount'] >= 0 else 'Kreditnota'} {record[self.key]}"
        name = "Kladde" if self.kind == drafts.KIND else ""
        content = pdfs.document(f"{name} {title}".strip(), _company(session), record, session.clock.now())
        return pdf(content, f"{record[self.key]}.pdf")

    def _found(self, session: Session, values: list[str]) -> Record:
        invoice = session.get(self.kind, values[0])
        if invoice is None:
            raise not_found()
        return invoice


def _company(session: Session) -> str:
    return str(session.company.get("company", {}).get("name", ""))


@dataclass(frozen=True, slots=True)
class PaidView:
    """Booked invoices by what remains of them."""

    name: str

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        rows = KeyedRows(session, booked.KIND, booked.keys_in(session, self.name))
        show = lambda row: views.short(views.booked_invoice(session, row), "booked in a view")  # noqa: E731
        return ok(collection(session, request, rows, f.INVOICE_VIEWS, show))


def _root(session: Session, _request: Request, _values: list[str]) -> Response:
    address = f"{session.base}/invoices"
    return ok({**{_NAMES.get(name, name): f"{address}/{name}" for name in _STATES}, "self": address})


def _create_draft(session: Session, request: Request, _values: list[str]) -> Response:
    return ok(views.draft(session, drafts.write(session, body_of(request))), 201)


def _replace_draft(session: Session, request: Request, values: list[str]) -> Response:
    if session.get(drafts.KIND, values[0]) is None:
        raise not_found("E06000")
    return ok(views.draft(session, drafts.write(session, body_of(request), int(values[0]))))


def _append_lines(session: Session, request: Request, values: list[str]) -> Response:
    return ok(views.draft(session, drafts.append_lines(session, values[0], body_of(request))), 201)


def _delete_draft(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(linked(drafts.delete(session, values[0]), session.base))


def _delete_drafts(session: Session, request: Request, _values: list[str]) -> Response:
    rows = passing(StoredRows(session, drafts.KIND, drafts.KEY), request, f.INVOICES_DRAFT)
    return ok(linked(drafts.delete_all(session, rows), session.base))


def _templates(session: Session, _request: Request, values: list[str]) -> Response:
    address = f"{_draft_address(session, values)}/templates"
    return ok({"bookingInstructions": f"{address}/booking-instructions", "self": address})


def _booking_instructions(session: Session, _request: Request, values: list[str]) -> Response:
    address = _draft_address(session, values)
    draft = {"draftInvoiceNumber": int(values[0]), "self": address}
    return ok({"draftInvoice": draft, "self": f"{address}/templates/booking-instructions"})


def _draft_address(session: Session, values: list[str]) -> str:
    if session.get(drafts.KIND, values[0]) is None:
        raise not_found()
    return f"{session.base}/invoices/drafts/{values[0]}"


def _book(session: Session, request: Request, _values: list[str]) -> Response:
    invoice = booking.book(session, body_of(request), strict=session.is_strict("sendBy"))
    return ok(views.booked_invoice(session, invoice), 201)


def _book_as(session: Session, request: Request, values: list[str]) -> Response:
    if not (values[0].isascii() and values[0].isdigit() and 1 <= int(values[0]) <= _NUMBER_MOST):
        raise not_found()
    invoice = booking.book(session, body_of(request), int(values[0]), strict=session.is_strict("sendBy"))
    return ok(views.booked_invoice(session, invoice), 201)


def _sent(session: Session, request: Request, _values: list[str]) -> Response:
    rows = StoredRows(session, sending.KIND, "id")
    return ok(collection(session, request, rows, f.NONE, lambda row: _shown_sent(session, row)))


def _sent_of(session: Session, request: Request, values: list[str]) -> Response:
    """The sendings of one invoice."""
    if session.get(booked.KIND, values[0]) is None:
        raise not_found()
    rows = [row for row in session.all(sending.KIND) if str(row["invoice"]["bookedInvoiceNumber"]) == values[0]]
    return ok(collection(session, request, rows, f.NONE, lambda row: _shown_sent(session, row)))


def _sent_one(session: Session, _request: Request, values: list[str]) -> Response:
    sending_record = session.get(sending.KIND, values[0])
    if sending_record is None:
        raise not_found()
    return ok(_shown_sent(session, sending_record))


def _shown_sent(session: Session, row: Record) -> Record:
    return {**linked(row, session.base), "self": f"{session.base}/invoices/sent/{row['id']}"}
