"""The API: every path and what answers it (rackbeat-api 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import to_json
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat import apps, invoices, partners, webhooks
from lagerbro.sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro.sandbox.rackbeat.faulty import ApiError, invalid, not_found
from lagerbro.sandbox.rackbeat.listing import listed
from lagerbro.sandbox.rackbeat.session import Session

JSON: Final = {"Content-Type": "application/json"}

SINGULAR: Final = {
    "customers": "customer",
    "products": "product",
    "customer-groups": "customer_group",
    "supplier-groups": "supplier_group",
    "suppliers": "supplier",
    "product-groups": "product_group",
    "units": "unit",
    "layouts": "layout",
    "payment-terms": "payment_term",
    "locations": "location",
    "employees": "employee",
    "currencies": "currency",
    "currency": "currency",
}
"""Every register and the key that one of its records stands under."""

_PARTNERS: Final = ("customers", "products")
_ONE: Final = 1
_TWO: Final = 2
_THREE: Final = 3

Handler = Callable[[Session, Request, Record, list[str]], Response]


def answer(session: Session, request: Request, body: Record) -> Response:
    """Answer a request under `/api/`."""
    parts = [unquote(part) for part in request.path.strip("/").split("/")]
    if len(parts) < _TWO or parts[0] != "api":
        raise not_found()
    resource, rest = parts[1], parts[2:]
    if resource in SINGULAR:
        return _register(session, request, body, resource, rest)
    handler = _SPECIAL.get(resource)
    if handler is None:
        raise not_found()
    return handler(session, request, body, rest)


def one(key: str, content: Record, status: int = 200) -> Response:
    """A record in its envelope."""
    return Response(status, JSON, to_json({key: content}))


def plain(content: Record, status: int = 200) -> Response:
    return Response(status, JSON, to_json(content))


def _register(session: Session, request: Request, body: Record, kind: str, rest: list[str]) -> Response:
    kind = "currencies" if kind == "currency" else kind
    if len(rest) > _ONE:
        raise not_found()
    key = unquote(rest[0]) if rest else ""  # encoded twice by Rackbeat's older SDK
    if request.method == "GET":
        return _read(session, request, kind, key)
    if kind not in _PARTNERS:
        raise ApiError(405, "The method is not supported for this route.")
    if request.method == "POST" and not key:
        made = partners.create(session, kind, body)
        _tell(session, request, body, f"{SINGULAR[kind]}.created", made)
        return one(SINGULAR[kind], partners.shown(session, kind, made), 201)
    if request.method == "PUT" and key:
        changed = partners.update(session, kind, key, body)
        _tell(session, request, body, f"{SINGULAR[kind]}.updated", changed)
        return one(SINGULAR[kind], partners.shown(session, kind, changed))
    raise ApiError(405, "The method is not supported for this route.")


def _tell(session: Session, request: Request, body: Record, event: str, record: Record) -> None:
    if not _quietly(request, body):
        webhooks.announce(session, event, "number", str(record["number"]))


def _read(session: Session, request: Request, kind: str, key: str) -> Response:
    def shown(row: Record) -> Record:
        return partners.shown(session, kind, row) if kind in _PARTNERS else row

    if not key:
        return listed(request, kind.replace("-", "_"), session.all(kind), shown)
    found = session.get(kind, key)
    if found is None:
        raise not_found()
    return one(SINGULAR[kind], shown(found))


def _invoices(session: Session, request: Request, body: Record, rest: list[str]) -> Response:
    act = (request.method, len(rest), rest[1] if len(rest) > _ONE else "")
    match act:
        case ("GET", 0, _):
            rows = session.all(invoices.KIND)
            return listed(request, "customer_invoices", rows, lambda row: invoices.shown(session, row))
        case ("POST", 0, _):
            return _invoice(session, invoices.create(session, body), 201)
        case ("POST", 1, _) if rest[0] == "drafts":
            return _invoice(session, invoices.create(session, body), 201)
        case ("GET", 1, _):
            return _invoice(session, invoices.get(session, rest[0]))
        case ("PUT", 1, _):
            return _invoice(session, invoices.update(session, rest[0], body))
        case ("DELETE", 1, _):
            invoices.delete(session, rest[0])
            return Response(200, JSON, b"{}")
    return _invoice_act(session, request, body, rest)


def _invoice_act(session: Session, request: Request, body: Record, rest: list[str]) -> Response:
    match (request.method, rest[1] if len(rest) == _TWO else ""):
        case ("POST", "book"):
            return _invoice(session, invoices.book(session, rest[0], quietly=_quietly(request, body)))
        case ("POST", "unbook"):
            return _invoice(session, invoices.unbook(session, rest[0]))
        case ("POST", "create-creditnote"):
            return _invoice(session, invoices.credit(session, rest[0]), 201)
        case ("GET", "notes"):
            invoices.get(session, rest[0])
            return listed(request, "notes", _notes(session, rest[0]))
        case ("POST", "notes"):
            return one("note", _note(session, rest[0], body), 201)
    raise not_found()


def _invoice(session: Session, body: Record, status: int = 200) -> Response:
    return one("customer_invoice", invoices.shown(session, body), status)


def _notes(session: Session, number: str) -> list[Record]:
    return [note for note in session.all("notes") if str(note["on"]) == number]


def _note(session: Session, number: str, body: Record) -> Record:
    invoices.get(session, number)
    text = body.get("note") or body.get("note_html")
    if not isinstance(text, str) or not text:
        raise invalid(note="The note field is required.")
    identity = session.store.next_number(session.account, "notes", FIRST_NUMBER)
    note = {"id": identity, "on": number, "note": text, "note_text": text, "created_at": session.timestamp()}
    session.put("notes", identity, note)
    return note


def _quietly(request: Request, body: Record) -> bool:
    asked = dict(request.parameters()).get("suppress_webhooks", body.get("suppress_webhooks"))
    return str(asked).lower() in ("1", "true")


def _webhooks(session: Session, request: Request, body: Record, rest: list[str]) -> Response:
    match (request.method, len(rest)):
        case ("GET", 0):
            return listed(request, "webhooks", webhooks.listed(session))
        case ("POST", 0):
            made, is_new = webhooks.create(session, body)
            return one("webhook", made, 201 if is_new else 200)
        case ("DELETE", 1):
            webhooks.delete(session, rest[0])
            return Response(200, JSON, b"{}")
    raise not_found()


def _myself(session: Session, _request: Request, _body: Record, _rest: list[str]) -> Response:
    account = {name: value for name, value in session.company.items() if name not in ("rates", "base_currency")}
    return plain({"user_account": account, "user": {"id": 815, "name": "Administrator", "email": "admin@example.com"}})


def _plugins(session: Session, request: Request, body: Record, rest: list[str]) -> Response:
    if request.method == "POST" and len(rest) == _TWO and rest[1] == "set-settings-url":
        return plain(apps.set_settings_url(session, rest[0], body))
    raise not_found()


def _installed(session: Session, request: Request, _body: Record, _rest: list[str]) -> Response:
    return listed(request, "user_account_plugins", apps.installed(session))


def _tokens(session: Session, request: Request, _body: Record, rest: list[str]) -> Response:
    if request.method == "POST" and rest == ["replace-current"]:
        return plain(apps.replace_token(session))
    raise not_found()


_SPECIAL: Final[dict[str, Handler]] = {
    "self": _myself,
    "customer-invoices": _invoices,
    "webhooks": _webhooks,
    "plugins": _plugins,
    "user-account-plugins": _installed,
    "tokens": _tokens,
}
