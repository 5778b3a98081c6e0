"""The paths that every kind of document has: list, make, read, change, remove, copy, on paper, with notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat import notes
from lagerbro_sandbox.rackbeat.documents import printing
from lagerbro_sandbox.rackbeat.documents.kinds import Kind
from lagerbro_sandbox.rackbeat.registers import custom_fields
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import not_found
from lagerbro_sandbox.rackbeat.wire.listing import page
from lagerbro_sandbox.rackbeat.wire.parameters import flag
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Handler, Router

Act = Callable[[Session, str], Record]


@dataclass(frozen=True, slots=True)
class Paths:
    """`draft` and `plain` make a document from a body; `members` are filters by what a document belongs to."""

    kind: Kind
    get: Act
    draft: Callable[[Session, Record], Record]
    plain: Callable[[Session, Record], Record]
    update: Callable[[Session, str, Record], Record]
    delete: Callable[[Session, str], None]
    copy: Act
    shown: Callable[[Session, Record], Record]
    members: Mapping[str, str] = field(default_factory=dict)

    def add_to(self, router: Router) -> None:
        path, one_path = self.kind.path, f"{self.kind.path}/{{}}"
        router.add("GET", path, self._listed)
        router.add("POST", path, self._create)
        router.add("POST", f"{path}/drafts", self._drafted)
        self._add_drafts(router)
        router.add("GET", one_path, self._read)
        router.add("PUT", one_path, self._changed)
        router.add("DELETE", one_path, self._removed)
        router.add("POST", f"{one_path}/copy", self._copied)
        for paper in (f"{one_path}.pdf", f"{path}/drafts/{{}}.pdf"):
            router.add("GET", paper, self._pdf)
        notes.add_to(router, path, self.get)
        custom_fields.add_to(router, path, self.get)

    def _add_drafts(self, router: Router) -> None:
        """What is not booked is found under a path of its own too, and nothing else is there."""
        drafts = f"{self.kind.path}/drafts"
        router.add("GET", drafts, self._listed_drafts)
        for method, act in (("GET", self._read), ("PUT", self._changed), ("DELETE", self._removed)):
            router.add(method, f"{drafts}/{{}}", self._of_draft(act))

    def _of_draft(self, act: Handler) -> Handler:
        def answer(session: Session, call: Call) -> Response:
            if self.get(session, call.key)["is_booked"]:
                raise not_found()
            return act(session, call)

        return answer

    def act(self, router: Router, name: str, act: Act) -> None:
        """`POST …/{number}/name`, which answers the document."""
        router.add("POST", f"{self.kind.path}/{{}}/{name}", lambda s, call: self.answer(s, act(s, call.key)))

    def answer(self, session: Session, record: Record, status: int = 200) -> Response:
        return one(self.kind.name, self.shown(session, record), status)

    def _listed(self, session: Session, call: Call) -> Response:
        return self._page(session, call.given)

    def _listed_drafts(self, session: Session, call: Call) -> Response:
        return self._page(session, {**call.given, "is_booked": "0"})

    def _page(self, session: Session, given: Mapping[str, str]) -> Response:
        listing = Listing(self.kind.path, self.kind.collection, day=self.kind.day, members=self.members)
        return page(session, given, listing, lambda row: self.shown(session, row))

    def _create(self, session: Session, call: Call) -> Response:
        make = self.plain if asks_to_book(call, default=True) else self.draft
        return self.answer(session, make(session, call.body), 201)

    def _drafted(self, session: Session, call: Call) -> Response:
        return self.answer(session, self.draft(session, call.body), 201)

    def _read(self, session: Session, call: Call) -> Response:
        return self.answer(session, self.get(session, call.key))

    def _changed(self, session: Session, call: Call) -> Response:
        return self.answer(session, self.update(session, call.key, call.body))

    def _removed(self, session: Session, call: Call) -> Response:
        self.delete(session, call.key)
        return done()

    def _copied(self, session: Session, call: Call) -> Response:
        return self.answer(session, self.copy(session, call.key), 201)

    def _pdf(self, session: Session, call: Call) -> Response:
        return printing.printed(session.company, self.kind, self.get(session, call.key))


def asks_to_book(call: Call, *, default: bool) -> bool:
    """`book` in the query or in the body (C, D)."""
    return flag(call.given.get("book", call.body.get("book")), default=default)
