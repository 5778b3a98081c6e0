"""Attachments of draft invoices and orders on REST (economic-api 7.1, 7.5, 16.12).

`…/attachment` tells about the file and takes no POST (405); the file itself lies under `…/attachment/file`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.sales import attachments
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.answers import ok, pdf
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.kernel.http import Request, Response


def add_attachments(router: Router, path: str, kind: str) -> None:
    """The paths below the documents at `path`, which are records of `kind`."""
    routes = _Attachments(path, kind)
    router.add("GET", f"{path}/{{}}/attachment", routes.about)
    router.add("GET", f"{path}/{{}}/attachment/file", routes.file)
    router.add("POST", f"{path}/{{}}/attachment/file", routes.add)
    router.add("DELETE", f"{path}/{{}}/attachment/file", routes.remove)


@dataclass(frozen=True, slots=True)
class _Attachments:
    path: str
    kind: str

    def _owner(self, session: Session, values: list[str]) -> str:
        if session.get(self.kind, values[0]) is None:
            raise not_found()
        return attachments.owner(self.kind, values[0])

    def _address(self, session: Session, values: list[str]) -> str:
        return f"{session.base}{self.path}/{values[0]}/attachment"

    def about(self, session: Session, _request: Request, values: list[str]) -> Response:
        return ok(attachments.about(session, self._owner(session, values), self._address(session, values)))

    def file(self, session: Session, _request: Request, values: list[str]) -> Response:
        return pdf(attachments.content(session, self._owner(session, values)), "attachment.pdf")

    def add(self, session: Session, request: Request, values: list[str]) -> Response:
        of = self._owner(session, values)
        attachments.add(session, of, request)
        return ok(attachments.about(session, of, self._address(session, values)), 201)

    def remove(self, session: Session, _request: Request, values: list[str]) -> Response:
        if not attachments.remove(session, self._owner(session, values)):
            raise not_found("E06000")
        return Response(204)
