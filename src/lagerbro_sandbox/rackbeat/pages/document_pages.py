"""Kundefakturaer, ordrer, leverandørfakturaer, indkøbsordrer: lists, one document, its form, its acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat import notes
from lagerbro_sandbox.rackbeat.pages import document_form, document_kinds
from lagerbro_sandbox.rackbeat.pages.actions import PART, DocumentKind
from lagerbro_sandbox.rackbeat.pages.notification_pages import links_in
from lagerbro_sandbox.rackbeat.pages.table import listed
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, not_found

SUGGESTED_MAX: Final = 500
"""How many parties and items a form suggests; any other number may be typed."""
_RELATED: Final = (
    ("orders", "orders", "Ordre"),
    ("invoices", "", "Faktura"),
    ("purchase_orders", "purchase-orders", "Indkøbsordre"),
    ("credits", "", "Kreditnota"),
)


def add_to(router: PageRouter) -> None:
    for kind in document_kinds.ALL:
        _Pages(kind).add_to(router)


@dataclass(frozen=True, slots=True)
class _Pages:
    kind: DocumentKind

    def add_to(self, router: PageRouter) -> None:
        path = self.kind.path
        router.add("GET", path, self._overview)
        router.add("GET", f"{path}/new", self._new)
        router.add("POST", f"{path}/new", self._create)
        router.add("GET", f"{path}/{{}}", self._document)
        router.add("GET", f"{path}/{{}}.pdf", lambda visit: visit.raw("GET", f"{path}/{_digits(visit.key)}.pdf"))
        router.add("GET", f"{path}/{{}}/edit", self._edit)
        router.add("POST", f"{path}/{{}}/edit", self._changed)
        router.add("POST", f"{path}/{{}}/{{}}", self._act)

    def _overview(self, visit: Visit) -> Response:
        table = listed(visit, self.kind.path, "is_booked")
        return visit.page("documents/documents.html", kind=self.kind, table=table, states=document_kinds.states)

    def _get(self, visit: Visit) -> Record:
        record: Record = visit.api("GET", f"{self.kind.path}/{_digits(visit.key)}")
        return record

    def _document(self, visit: Visit) -> Response:
        return visit.page("documents/document.html", **self._context(visit, self._get(visit)))

    def _context(self, visit: Visit, record: Record) -> dict[str, Any]:
        acts = [act for act in self.kind.acts if act.fits(record)]
        written = notes.of(visit.session, self.kind.path, record["number"])
        return {
            "kind": self.kind,
            "record": record,
            "states": document_kinds.states(record),
            "acts": acts,
            "free": {act.key: act.free(visit, record) for act in acts if act.free},
            "chosen": {name: text for name, text in visit.form.items() if name.startswith(PART)},
            "related": list(self._related(record)),
            "notes": [(note, links_in(note["note_html"])) for note in written],
        }

    def _related(self, record: Record) -> list[tuple[str, str]]:
        target = {"orders": "customer-invoices", "purchase-orders": "supplier-invoices"}
        own = target.get(self.kind.path, self.kind.path)
        links = [
            (f"{path or own}/{number}", f"{word} {number}")
            for name, path, word in _RELATED
            for number in record.get(name) or []
        ]
        if record.get("order_id"):
            links.append((f"orders/{record['order_id']}", f"Ordre {record['order_id']}"))
        credited = record.get("credited_invoice_id")
        return links if not credited else [*links, (f"{self.kind.path}/{credited}", f"Krediterer {credited}")]

    def _form(self, visit: Visit, content: dict[str, Any], record: Record | None = None) -> dict[str, Any]:
        currencies = [row["code"] for row in visit.rows("currencies?limit=1000")[0]]
        return {
            "kind": self.kind,
            "record": record,
            **content,
            "currencies": currencies,
            "parties": visit.rows(f"{self.kind.parties}?limit={SUGGESTED_MAX}&fields=number,name")[0],
            "items": visit.rows(f"products?limit={SUGGESTED_MAX}&fields=number,name")[0],
        }

    def _new(self, visit: Visit) -> Response:
        return visit.page("documents/document_form.html", **self._form(visit, document_form.empty(visit, self.kind)))

    def _create(self, visit: Visit) -> Response:
        if "more" in visit.form:
            return visit.page(
                "documents/document_form.html",
                **self._form(visit, document_form.typed(visit, document_form.LINES_MORE)),
            )
        try:
            document = visit.api("POST", f"{self.kind.path}/drafts", document_form.body(visit, self.kind))
        except ApiError as error:
            return visit.refused(error, "documents/document_form.html", **self._form(visit, document_form.typed(visit)))
        return to(f"{self.kind.path}/{document['number']}", "drafted")

    def _edit(self, visit: Visit) -> Response:
        record = self._get(visit)
        if record["is_booked"]:
            return to(f"{self.kind.path}/{record['number']}")
        return visit.page(
            "documents/document_form.html", **self._form(visit, document_form.of(record, self.kind), record)
        )

    def _changed(self, visit: Visit) -> Response:
        record = self._get(visit)
        if "more" in visit.form:
            content = document_form.typed(visit, document_form.LINES_MORE)
            return visit.page("documents/document_form.html", **self._form(visit, content, record))
        try:
            visit.api("PUT", f"{self.kind.path}/{record['number']}", document_form.body(visit, self.kind))
        except ApiError as error:
            return visit.refused(
                error, "documents/document_form.html", **self._form(visit, document_form.typed(visit), record)
            )
        return to(f"{self.kind.path}/{record['number']}", "changed")

    def _act(self, visit: Visit) -> Response:
        record = self._get(visit)
        act = next((act for act in self.kind.acts if act.key == visit.values[1]), None)
        if act is None:
            raise not_found()
        try:
            where, notice = act.do(visit, self.kind, record)
        except ApiError as error:
            return visit.refused(error, "documents/document.html", pressed=act.key, **self._context(visit, record))
        return to(where, notice)


def _digits(key: str) -> str:
    if not (key.isascii() and key.isdigit()):
        raise not_found()
    return key
