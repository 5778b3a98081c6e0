"""Draft invoices: made, replaced, appended to, deleted (economic-api 7.1)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.sales import attachments, orders
from lagerbro_sandbox.economic.sales import document_forms as forms
from lagerbro_sandbox.economic.sales.documents import new_handle, read
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.fields import check
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "drafts"
KEY: Final = "draftInvoiceNumber"
_POST: Final = "/schema/invoices.drafts.post.schema.json"
_PUT: Final = "/schema/invoices.drafts.draftInvoiceNumber.put.schema.json"
_LINES: Final = "/schema/invoices.drafts.draftInvoiceNumber.lines.post.schema.json"
_COMPUTED: Final = ("totalNetAmount", "marginInBaseCurrency", "marginPercentage")


def write(session: Session, body: object, number: int | None = None) -> Record:
    """POST (a number is given) or PUT (the draft is replaced, lines and all)."""
    if number is None:
        draft = _stored_draft(session, read(session, body, forms.POST, _POST))
        orders.archive_upgraded(session, body)
        return draft
    return _stored_draft(session, read(session, body, forms.PUT, _PUT), number)


def _stored_draft(session: Session, document: Record, number: int | None = None) -> Record:
    old = session.get(KIND, number) if number is not None else None
    number = number or session.store.next_number(session.agreement, KIND)
    soap = old["soap"] if old else {"currentInvoiceHandle": {"id": new_handle(session)}}
    draft = {KEY: number, **document, "soap": soap, "lastUpdated": session.timestamp()}
    session.put(KIND, number, draft)
    return draft


def append_lines(session: Session, number: str, body: object) -> Record:
    """POST /lines: the lines go after those that are there."""
    draft = _existing(session, number)
    sent = check(body, forms.ADDED_LINES, _LINES)
    present = [{name: value for name, value in line.items() if name not in _COMPUTED} for line in draft["lines"]]
    last = max((line["lineNumber"] for line in present), default=0)
    added = [{"lineNumber": last + 1 + index, **line} for index, line in enumerate(sent["lines"])]
    whole = {name: value for name, value in draft.items() if name not in (KEY, "soap", "lines")}
    return write(session, {**whole, "lines": [*present, *added]}, draft[KEY])


def delete(session: Session, number: str) -> Record:
    """200 with what was deleted, not 204 (economic-api 2.1). The number may be given again."""
    return delete_all(session, [_existing(session, number, "E06000")])


def delete_all(session: Session, drafts: list[Record]) -> Record:
    """DELETE on the collection: every draft that passes the filter (economic-api 3.4, 16.3)."""
    for draft in drafts:
        session.store.delete(session.agreement, KIND, draft[KEY])
        attachments.remove(session, attachments.owner(KIND, draft[KEY]))
    return {
        "message": "Deleted invoice." if len(drafts) == 1 else f"Deleted {len(drafts)} invoices.",
        "deletedCount": len(drafts),
        "deletedItems": [{KEY: draft[KEY]} for draft in drafts],
    }


def _existing(session: Session, number: str, code: str = "") -> Record:
    draft = session.get(KIND, number)
    if draft is None:
        raise not_found(code)
    return draft
