"""Draft invoices and the archive of booked ones (economic-api 7.1 to 7.3)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.pages import table
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import ZONES
from lagerbro_sandbox.economic.sales import booked, drafts
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.kernel.records import Record

VIEWS: Final = {
    "": ("Alle", "booked"),
    "unpaid": ("Ikke betalt", "unpaid"),
    "overdue": ("Forfaldne", "overdue"),
    "paid": ("Betalt", "paid"),
}


def add_to(router: PageRouter) -> None:
    router.add("GET", "drafts", _drafts)
    router.add("GET", "drafts/{}", _draft)
    router.add("GET", "drafts/{}/pdf", _draft_pdf)
    router.add("POST", "drafts/{}/book", _book)
    router.add("POST", "drafts/{}/delete", _delete)
    router.add("GET", "booked", _archive)
    router.add("GET", "booked/{}", _booked)
    router.add("GET", "booked/{}/pdf", _booked_pdf)


def _drafts(visit: Visit) -> Response:
    listed = table.listed(visit, "/invoices/drafts", sort=f"-{drafts.KEY}", number=drafts.KEY, text="recipient.name")
    return visit.page("sales/drafts.html", table=listed)


def _archive(visit: Visit) -> Response:
    _, place = VIEWS.get(visit.given.get("view", ""), VIEWS[""])
    listed = table.listed(visit, f"/invoices/{place}", sort=f"-{booked.KEY}", number=booked.KEY, text="recipient.name")
    return visit.page("sales/archive.html", table=listed, views=VIEWS, today=str(visit.session.today()))


def _draft(visit: Visit) -> Response:
    return visit.page("sales/draft.html", **_shown(visit))


def _shown(visit: Visit) -> Record:
    return {"invoice": visit.api("GET", f"/invoices/drafts/{visit.key}"), "zones": ZONES}


def _draft_pdf(visit: Visit) -> Response:
    return visit.raw("GET", f"/invoices/drafts/{visit.key}/pdf")


def _book(visit: Visit) -> Response:
    """The draft becomes a booked invoice with its entries, or the page says why not."""
    try:
        number = danish.whole(visit.key) or 0
        invoice = visit.api("POST", "/invoices/booked", {"draftInvoice": {drafts.KEY: number}})
    except (ApiError, ServiceError) as error:
        if error.status == 404:
            raise
        refused = visit.refused(error, f"Kladde {visit.key} er ikke bogført.")
        return visit.page("sales/draft.html", error.status, refused=refused, **_shown(visit))
    return to(f"booked/{invoice[booked.KEY]}", "booked")


def _delete(visit: Visit) -> Response:
    visit.api("DELETE", f"/invoices/drafts/{visit.key}")
    return to("drafts", "draft-deleted", visit.key)


def _booked(visit: Visit) -> Response:
    invoice = visit.api("GET", f"/invoices/booked/{visit.key}")
    session = visit.session
    of_the_day = session.store.entries.between(session.agreement, invoice["date"], invoice["date"])
    entries = [
        entry for entry in of_the_day if entry.invoice == invoice[booked.KEY] and entry.kind == "customerInvoice"
    ]
    names = {entry.account: (session.get("accounts", entry.account) or {}).get("name", "") for entry in entries}
    today = str(session.today())
    return visit.page("sales/booked.html", invoice=invoice, entries=entries, names=names, zones=ZONES, today=today)


def _booked_pdf(visit: Visit) -> Response:
    return visit.raw("GET", f"/invoices/booked/{visit.key}/pdf")
