"""Invoices below a customer and below a product: which draft and booked ones name it (economic-api 6.1, 6.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.registers.routes import existing_record
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import marked
from lagerbro_sandbox.economic.sales import booked, drafts
from lagerbro_sandbox.economic.sales import document_views as documents
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import ok
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

CUSTOMERS: Final = REGISTERS["customers"]


def add_to(router: Router) -> None:
    router.add("GET", "/customers/{}/invoices", _links)
    router.add("GET", "/customers/{}/totals", _totals)
    for view in (
        _OfCustomer(drafts.KIND, "drafts of a customer", documents.draft, f.INVOICES_DRAFT_OF_CUSTOMER),
        _OfCustomer(booked.KIND, "booked of a customer", documents.booked_invoice, f.INVOICES_BOOKED_OF_CUSTOMER),
    ):
        router.add("GET", f"/customers/{{}}/invoices/{view.kind}", view.listed)
    for kind, show in ((drafts.KIND, documents.draft), (booked.KIND, documents.booked_invoice)):
        router.add("GET", f"/products/{{}}/invoices/{kind}", _WithProduct(kind, show).listed)


@dataclass(frozen=True, slots=True)
class _OfCustomer:
    """The invoices to a customer."""

    kind: str
    view: str
    shown: Callable[[Session, Record], Record]
    fields: f.Fields

    def listed(self, session: Session, request: Request, values: list[str]) -> Response:
        owner = existing_record(session, CUSTOMERS, values[0])
        rows = marked(session, self.kind, "customer.customerNumber", owner["customerNumber"])
        show = lambda row: documents.short(self.shown(session, row), self.view)  # noqa: E731 - a name for one line
        return ok(collection(session, request, rows, self.fields, show))


@dataclass(frozen=True, slots=True)
class _WithProduct:
    """The invoices that have a product on a line."""

    kind: str
    show: Callable[[Session, Record], Record]

    def listed(self, session: Session, request: Request, values: list[str]) -> Response:
        product = existing_record(session, REGISTERS["products"], values[0])
        rows = marked(session, self.kind, "lines.product.productNumber", product["productNumber"])
        fields = f.INVOICES_DRAFT if self.kind == drafts.KIND else f.INVOICES_BOOKED
        show = lambda row: documents.short(self.show(session, row), self.kind)  # noqa: E731 - a name for one line
        return ok(collection(session, request, rows, fields, show))


def _links(session: Session, _request: Request, values: list[str]) -> Response:
    address = f"{session.base}/customers/{existing_record(session, CUSTOMERS, values[0])['customerNumber']}/invoices"
    return ok({"drafts": f"{address}/drafts", "booked": f"{address}/booked", "self": address})


def _totals(session: Session, _request: Request, values: list[str]) -> Response:
    number = existing_record(session, CUSTOMERS, values[0])["customerNumber"]
    totals = f"{session.base}/invoices/totals"
    links = {state: f"{totals}/{state}/customers/{number}" for state in ("drafts", "booked")}
    return ok({**links, "self": f"{session.base}/customers/{number}/totals"})
