"""Notes on documents: how an integration tells people what it did (rackbeat-api 3.14, 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro.sandbox.kernel.http import Response
from lagerbro.sandbox.kernel.records import Record
from lagerbro.sandbox.rackbeat.answers import one
from lagerbro.sandbox.rackbeat.choices import FIRST_NUMBER
from lagerbro.sandbox.rackbeat.faulty import invalid
from lagerbro.sandbox.rackbeat.listing import listed
from lagerbro.sandbox.rackbeat.routing import Call, Router
from lagerbro.sandbox.rackbeat.session import Session

KIND = "notes"
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
        number = str(self.find(session, call.key)["number"])
        return listed(call.request, "notes", [note for note in session.all(KIND) if self._is_on(note, number)])

    def made(self, session: Session, call: Call) -> Response:
        number = str(self.find(session, call.key)["number"])
        text = call.body.get("note") or call.body.get("note_html")
        if not isinstance(text, str) or not text:
            raise invalid(note="The note field is required.")
        identity = session.store.next_number(session.account, KIND, FIRST_NUMBER)
        note = {"id": identity, "of": self.path, "on": number, "note": text, "note_text": text}
        note["created_at"] = session.timestamp()
        session.put(KIND, identity, note)
        return one("note", note, 201)

    def _is_on(self, note: Record, number: str) -> bool:
        return bool(note["of"] == self.path and note["on"] == number)
