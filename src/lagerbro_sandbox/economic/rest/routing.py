"""Which handler answers which path. A known path under another verb is 405, an unknown one 404."""

from __future__ import annotations

from collections.abc import Callable

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import ApiError, not_found
from lagerbro_sandbox.kernel import routing
from lagerbro_sandbox.kernel.http import Request, Response

Handler = Callable[[Session, Request, list[str]], Response]


class Router(routing.Router[Handler]):
    """The paths of the REST surface."""

    def answer(self, session: Session, request: Request) -> Response:
        try:
            handler, values = self.find(request.method, request.path)
        except routing.NoSuchPathError as error:
            raise not_found() from error
        except routing.NoSuchMethodError as error:
            raise ApiError(405, "Method not allowed.", "See the allowed methods of the resource.") from error
        return handler(session, request, values)
