"""Orders and quotes in three states: draft, sent, archived (economic-api 7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.sales import attachments
from lagerbro_sandbox.economic.sales import document_forms as forms
from lagerbro_sandbox.economic.sales.documents import new_handle, read
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.kernel.records import Record

STATES: Final = ("drafts", "sent", "archived")


@dataclass(frozen=True, slots=True)
class Kind:
    """Orders or quotes: they differ by names only."""

    name: str
    key: str
    handle: str

    def in_state(self, state: str) -> str:
        """The kind of records in a state."""
        return f"{self.name}.{state}"


ORDERS: Final = Kind("orders", "orderNumber", "orderHandle")
QUOTES: Final = Kind("quotes", "quoteNumber", "quoteHandle")


def write(session: Session, kind: Kind, state: str, body: object, number: int | None = None) -> Record:
    """A new document, or the one whose number stands in the body moved to this state; or a PUT on a draft.

    POSTing a draft's document to `sent` marks it as sent, POSTing a sent one to `drafts` takes that back.
    """
    verb = "post" if number is None else f"{kind.key}.put"
    form = forms.POST if number is None and _named(body, kind) is None else forms.PUT
    document = read(session, body, form, f"/schema/{kind.name}.drafts.{verb}.schema.json")
    number = number if number is not None else _named(body, kind)
    old_state, old = _present(session, kind, number)
    if number is None or old is None:
        number, soap = _next(session, kind), {kind.handle: {"id": new_handle(session)}}
    else:
        soap = old["soap"]
        if old_state != state:
            _change_state(session, kind, old_state, number, state)
    order = {kind.key: number, **document, "soap": soap, "lastUpdated": session.timestamp()}
    session.put(kind.in_state(state), number, order)
    return order


def _named(body: object, kind: Kind) -> int | None:
    number = body.get(kind.key) if isinstance(body, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _present(session: Session, kind: Kind, number: int | None) -> tuple[str, Record | None]:
    for state in ("drafts", "sent"):
        document = session.get(kind.in_state(state), number) if number is not None else None
        if document is not None:
            return state, document
    return "", None


def _next(session: Session, kind: Kind) -> int:
    """The three states share one series."""
    return max(session.store.next_number(session.agreement, kind.in_state(state)) for state in STATES)


def _change_state(session: Session, kind: Kind, state: str, number: int, to: str) -> None:
    session.store.delete(session.agreement, kind.in_state(state), number)
    attachments.move(
        session, attachments.owner(kind.in_state(state), number), attachments.owner(kind.in_state(to), number)
    )


def delete(session: Session, kind: Kind, state: str, number: str) -> None:
    """204, and 404 with E06000 the second time."""
    if not session.store.delete(session.agreement, kind.in_state(state), number):
        raise not_found("E06000")
    attachments.remove(session, attachments.owner(kind.in_state(state), number))


def upgrade(session: Session, kind: Kind, state: str, number: str) -> Record:
    """The body that makes a draft invoice, or an order, of the document."""
    document = session.get(kind.in_state(state), number)
    if document is None:
        raise not_found()
    left_out = (kind.key, "lastUpdated")
    return {name: value for name, value in document.items() if name not in left_out}


def archive_upgraded(session: Session, body: object) -> None:
    """A sent order or quote is archived by the document that is made of its upgrade instructions; a draft stays."""
    handles = body.get("soap") if isinstance(body, dict) else None
    if not isinstance(handles, dict):
        return
    for kind in (ORDERS, QUOTES):
        given = handles.get(kind.handle)
        number = given.get("id") if isinstance(given, dict) else None
        sent = kind.in_state("sent")
        for order in session.all(sent) if isinstance(number, int) else []:
            if order["soap"][kind.handle]["id"] == number:
                _change_state(session, kind, "sent", order[kind.key], "archived")
                session.put(kind.in_state("archived"), order[kind.key], order)
