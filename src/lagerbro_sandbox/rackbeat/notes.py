"""Notes on documents: how an integration tells people what it did (rackbeat-api 3.14, 4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import one
from lagerbro_sandbox.rackbeat.wire.errors import invalid
from lagerbro_sandbox.rackbeat.wire.listing import page, selected
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

KIND: Final = "notes"
LENGTH_MAX: Final = 10_000
Find = Callable[[Session, str], Record]


def add_to(router: Router, path: str, find: Find) -> None:
    """Notes under the documents of `path`; `find` raises 404 for a number that no document has."""
    notes = _Notes(path, find)
    router.add("GET", f"{path}/{{}}/notes", notes.listed)
    router.add("POST", f"{path}/{{}}/notes", notes.made)


@dataclass(frozen=True, slots=True)
class _Notes:
    path: str
    find: Find

    def listed(self, session: Session, call: Call) -> Response:
        listing = Listing(KIND, KIND, only={"document": self._of(session, call)})
        return page(session, call.given, listing, shown)

    def made(self, session: Session, call: Call) -> Response:
        document = self._of(session, call)
        return one("note", shown(write(session, document, call.body)), 201)

    def _of(self, session: Session, call: Call) -> str:
        return document_of(self.path, self.find(session, call.key)["number"])


def document_of(path: str, number: object) -> str:
    """What a note is on."""
    return f"{path}/{number}"


def of(session: Session, path: str, number: object, limit: int = 100) -> list[Record]:
    """The notes on a document, the newest first."""
    given = {"order_by": "number", "limit": str(limit)}
    return selected(session, given, Listing(KIND, KIND, only={"document": document_of(path, number)})).rows


def write(session: Session, document: str, body: Record) -> Record:
    """A note as text or as HTML."""
    text, html = body.get("note"), body.get("note_html")
    given = text if isinstance(text, str) and text else html
    if not isinstance(given, str) or not given:
        raise invalid(note="The note field is required.")
    if len(given) > LENGTH_MAX:
        raise invalid(note=f"The note may not be greater than {LENGTH_MAX} characters.")
    identity, now = session.store.count_up(session.account, KIND), session.timestamp()
    user = session.user()
    note = {
        "id": identity,
        "document": document,
        "app": _name_of_app(session),
        "user_id": user["id"],
        "user": user,
        "note": given,
        "note_html": given if given is html else escape(given).replace("\n", "<br>"),
        "note_text": given if given is text else _without_tags(given),
        "created_at": now,
        "updated_at": now,
    }
    session.put(KIND, identity, note)
    return note


def shown(note: Record) -> Record:
    return {name: value for name, value in note.items() if name not in ("document", "app")}


def _name_of_app(session: Session) -> str:
    """Who wrote it, where it was no person."""
    row = session.store.connection.execute("SELECT name FROM app WHERE slug=?", (session.app,)).fetchone()
    return "" if row is None else str(row[0])


def _without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br\s*/?>|</p>", "\n", html))).strip()
