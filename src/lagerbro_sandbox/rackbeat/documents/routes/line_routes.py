"""The lines of an order as records of their own: read always, changed while it is a draft (rackbeat-api 3.6)."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.documents import lifecycle
from lagerbro_sandbox.rackbeat.documents.routes.document_routes import Paths
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import JSON, done, one
from lagerbro_sandbox.rackbeat.wire.errors import invalid
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.parameters import number_of
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


@dataclass(frozen=True, slots=True)
class LinePaths:
    document: Paths

    @property
    def key(self) -> str:
        return f"{self.document.kind.name}_line"

    def add_to(self, router: Router) -> None:
        path = f"{self.document.kind.path}/{{}}/lines"
        router.add("GET", path, self._listed)
        router.add("POST", path, self._create)
        router.add("POST", f"{path}/add-collection", self._collection)
        router.add("GET", f"{path}/{{}}", self._read)
        router.add("PUT", f"{path}/{{}}", self._changed)
        router.add("DELETE", f"{path}/{{}}", self._removed)

    def _listed(self, session: Session, call: Call) -> Response:
        return listed(call.request, f"{self.key}s", self._lines(session, call.key))

    def _read(self, session: Session, call: Call) -> Response:
        number, line = call.values
        return one(self.key, lifecycle.line_of({"lines": self._lines(session, number)}, line))

    def _create(self, session: Session, call: Call) -> Response:
        present = self.document.get(session, call.key)["lines"]
        new = {name: value for name, value in call.body.items() if name != "id"}
        changed = self.document.update(session, call.key, {"lines": [*present, new]})
        return one(self.key, self._lines(session, str(changed["number"]))[-1], 201)

    def _collection(self, session: Session, call: Call) -> Response:
        """Every item of a collection as a line, that many times (C 3.6)."""
        collection = session.get("collections", str(call.body.get("collection", "")))
        if collection is None:
            raise invalid(collection="The selected collection is invalid.")
        times = number_of(call.body.get("quantity", 1), "quantity")
        present = self.document.get(session, call.key)["lines"]
        new = [
            {"item_id": entry["item_id"], "quantity": (entry.get("quantity") or 1) * times}
            for entry in collection["items"]
        ]
        changed = self.document.update(session, call.key, {"lines": [*present, *new]})
        added = self._lines(session, str(changed["number"]))[len(present) :]
        return Response(201, JSON, to_json({f"{self.key}s": added}))

    def _changed(self, session: Session, call: Call) -> Response:
        number, key = call.values
        lines = self.document.get(session, number)["lines"]
        line = lifecycle.line_of({"lines": lines}, key)
        sent = {**call.body, "id": line["id"]}
        self.document.update(session, number, {"lines": [sent if one is line else one for one in lines]})
        return one(self.key, lifecycle.line_of({"lines": self._lines(session, number)}, key))

    def _removed(self, session: Session, call: Call) -> Response:
        number, key = call.values
        lines = self.document.get(session, number)["lines"]
        line = lifecycle.line_of({"lines": lines}, key)
        self.document.update(session, number, {"lines": [one for one in lines if one is not line]})
        return done()

    def _lines(self, session: Session, number: str) -> list[Record]:
        lines: list[Record] = self.document.shown(session, self.document.get(session, number))["lines"]
        return lines
