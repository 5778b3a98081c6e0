"""The PDF of a supplier's invoice, at most 5 MB (D ht-00083). P: the route is not public; the content is base64."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents.kinds import BILL
from lagerbro_sandbox.rackbeat.documents.purchasing import supplier_invoices as bills
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import pdf
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import invalid, not_found
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

KIND: Final = "attachments"
SIZE_MAX_BYTES: Final = 5 * 1024 * 1024
NAME_LENGTH_MAX: Final = 200


def add_to(router: Router) -> None:
    path = f"{BILL.path}/{{}}/attachments"
    router.add("GET", path, _listed)
    router.add("POST", path, _create)
    router.add("GET", f"{path}/{{}}", _content)
    router.add("DELETE", f"{path}/{{}}", _removed)


def _listed(session: Session, call: Call) -> Response:
    ids = bills.get(session, call.key).get("attachments", [])
    rows = [_shown(attachment) for one in ids if (attachment := session.get(KIND, one)) is not None]
    return listed(call.request, "attachments", rows)


def _create(session: Session, call: Call) -> Response:
    bill = bills.get(session, call.key)
    content, name = _pdf(call.body.get("content")), call.body.get("filename")
    if not isinstance(name, str) or not 0 < len(name) <= NAME_LENGTH_MAX or '"' in name or not name.isprintable():
        raise invalid(filename="The filename field is required.")
    record = {
        "id": session.store.count_up(session.account, KIND),
        "supplier_invoice_id": bill["number"],
        "filename": name,
        "size": len(content),
        "content": base64.b64encode(content).decode(),
        "created_at": session.timestamp(),
    }
    session.put(KIND, record["id"], record)
    bills.save(session, {**bill, "attachments": [*bill.get("attachments", []), record["id"]]}, "updated")
    return one("attachment", _shown(record), 201)


def _content(session: Session, call: Call) -> Response:
    record = _existing(session, call)
    return pdf.answer(base64.b64decode(record["content"]), record["filename"])


def _removed(session: Session, call: Call) -> Response:
    record = _existing(session, call)
    bill = bills.get(session, call.key)
    session.store.delete(session.account, KIND, record["id"])
    bills.save(session, {**bill, "attachments": [one for one in bill["attachments"] if one != record["id"]]}, "updated")
    return done()


def _existing(session: Session, call: Call) -> Record:
    number, key = call.values
    record = session.get(KIND, key)
    if record is None or str(record["supplier_invoice_id"]) != str(bills.get(session, number)["number"]):
        raise not_found()
    return record


def _pdf(content: object) -> bytes:
    try:
        pdf = base64.b64decode(content, validate=True) if isinstance(content, str) else b""
    except binascii.Error:
        pdf = b""
    if not pdf.startswith(b"%PDF"):
        raise invalid(content="The content must be a PDF in base64.")
    if len(pdf) > SIZE_MAX_BYTES:
        raise invalid(content="The content may not be greater than 5120 kilobytes.")
    return pdf


def _shown(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "content"}
