"""Which handler answers which path: 404 for an unknown one, 405 for a known one under another verb (P 1.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lagerbro_sandbox.kernel import routing
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, not_found


@dataclass(frozen=True)
class Call(routing.Addressed):
    """What a handler is told."""

    body: Record


Handler = Callable[[Session, Call], Response]


class Router(routing.Router[Handler]):
    """The paths under `/api/`, written without it."""

    PREFIX = "/api/"

    def answer(self, session: Session, request: Request, body: Record) -> Response:
        path = request.path
        if not path.startswith(self.PREFIX):
            raise not_found()
        try:
            handler, values = self.find(request.method, path[len(self.PREFIX) :])
        except routing.NoSuchPathError as error:
            raise not_found() from error
        except routing.NoSuchMethodError as error:
            raise ApiError(405, "The method is not supported for this route.") from error
        return handler(session, Call(request, values, body))
