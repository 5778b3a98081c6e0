"""Orders and quotes on REST (economic-api 7.5)."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.sales import document_views as views
from lagerbro_sandbox.economic.sales import orders, pdfs
from lagerbro_sandbox.economic.sales.orders import ORDERS, QUOTES, STATES, Kind
from lagerbro_sandbox.economic.sales.routes.attachment_routes import add_attachments
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import body_of, ok, pdf
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.links import linked
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

_TITLES = {"orders": "Ordre", "quotes": "Tilbud"}
_UPGRADES = {"orders": ("draftInvoice",), "quotes": ("draftInvoice", "draftOrder")}


def add_to(router: Router) -> None:
    for kind in (ORDERS, QUOTES):
        router.add("GET", f"/{kind.name}", _Root(kind).answer)
        for state in STATES:
            _StateRoutes(kind, state).add_to(router)


@dataclass(frozen=True, slots=True)
class _Root:
    kind: Kind

    def answer(self, session: Session, _request: Request, _values: list[str]) -> Response:
        address = f"{session.base}/{self.kind.name}"
        return ok({**{state: f"{address}/{state}" for state in STATES}, "self": address})


@dataclass(frozen=True, slots=True)
class _StateRoutes:
    kind: Kind
    state: str

    def add_to(self, router: Router) -> None:
        path = f"/{self.kind.name}/{self.state}"
        router.add("GET", path, self.listed)
        router.add("GET", f"{path}/{{}}", self.one)
        router.add("GET", f"{path}/{{}}/pdf", self.pdf)
        add_attachments(router, path, self.kind.in_state(self.state))
        if self.state == "archived":
            return
        router.add("POST", path, self.made)
        router.add("DELETE", f"{path}/{{}}", self.removed)
        router.add("GET", f"{path}/{{}}/templates", self.templates)
        router.add("GET", f"{path}/{{}}/templates/upgrade-instructions", self.upgrades)
        for target in _UPGRADES[self.kind.name]:
            router.add("GET", f"{path}/{{}}/templates/upgrade-instructions/{target}", self.upgrade)
        if self.state == "drafts":
            router.add("PUT", f"{path}/{{}}", self.put)

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        fields = f.orders(self.kind.key, self.kind.handle, archived=self.state == "archived")
        rows = StoredRows(session, self.kind.in_state(self.state), self.kind.key)
        noun = self.kind.name.removesuffix("s")
        create = "" if self.state == "archived" else f"Create a new {self.state.removesuffix('s')} {noun}."
        show = lambda row: views.short(self._shown(session, row), "orders")  # noqa: E731 - a name for one line
        return ok(collection(session, request, rows, fields, show, create))

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        return ok(self._shown(session, self._found(session, values)))

    def pdf(self, session: Session, _request: Request, values: list[str]) -> Response:
        record = self._found(session, values)
        title = f"{_TITLES[self.kind.name]} {record[self.kind.key]}"
        sender = str(session.company.get("company", {}).get("name", ""))
        return pdf(pdfs.document(title, sender, record, session.clock.now()), f"{record[self.kind.key]}.pdf")

    def made(self, session: Session, request: Request, _values: list[str]) -> Response:
        body = body_of(request)
        made = orders.write(session, self.kind, self.state, body)
        if self.kind is ORDERS:
            orders.archive_upgraded(session, _of_quotes(body))
        return ok(self._shown(session, made), 201)

    def put(self, session: Session, request: Request, values: list[str]) -> Response:
        if session.get(self.kind.in_state("drafts"), values[0]) is None:
            raise not_found("E06000")
        return ok(self._shown(session, orders.write(session, self.kind, "drafts", body_of(request), int(values[0]))))

    def removed(self, session: Session, _request: Request, values: list[str]) -> Response:
        orders.delete(session, self.kind, self.state, values[0])
        return Response(204)

    def templates(self, session: Session, _request: Request, values: list[str]) -> Response:
        address = f"{self._address(session, values)}/templates"
        return ok({"upgradeInstructions": f"{address}/upgrade-instructions", "self": address})

    def upgrades(self, session: Session, _request: Request, values: list[str]) -> Response:
        address = f"{self._address(session, values)}/templates/upgrade-instructions"
        return ok({**{name: f"{address}/{name}" for name in _UPGRADES[self.kind.name]}, "self": address})

    def upgrade(self, session: Session, _request: Request, values: list[str]) -> Response:
        body = linked(orders.upgrade(session, self.kind, self.state, values[0]), session.base)
        return ok({**body, "self": f"{self._address(session, values)}/templates/upgrade-instructions"})

    def _address(self, session: Session, values: list[str]) -> str:
        self._found(session, values)
        return f"{session.base}/{self.kind.name}/{self.state}/{values[0]}"

    def _found(self, session: Session, values: list[str]) -> Record:
        document = session.get(self.kind.in_state(self.state), values[0])
        if document is None:
            raise not_found()
        return document

    def _shown(self, session: Session, row: Record) -> Record:
        return views.order(session, self.kind, self.state, row)


def _of_quotes(body: object) -> object:
    """Only the handle of a quote: an order that is sent back to the drafts is not made into anything else."""
    soap = body.get("soap") if isinstance(body, dict) else None
    return {"soap": {QUOTES.handle: soap.get(QUOTES.handle)}} if isinstance(soap, dict) else None
