"""Which handler answers which path. A known path under another verb is 405, an unknown one 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from lagerbro.sandbox.economic.faulty import ApiError, not_found
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.kernel.http import Request, Response

Handler = Callable[[Session, Request, list[str]], Response]


@dataclass(frozen=True, slots=True)
class _Route:
    segments: tuple[str, ...]
    handlers: dict[str, Handler]


class Router:
    """Paths with `{}` for what varies; literal segments win over varying ones."""

    def __init__(self) -> None:
        self._by_length: dict[int, list[_Route]] = {}

    def add(self, method: str, path: str, handler: Handler) -> None:
        segments = tuple(path.strip("/").split("/"))
        routes = self._by_length.setdefault(len(segments), [])
        found = next((route for route in routes if route.segments == segments), None)
        if found is None:
            found = _Route(segments, {})
            routes.append(found)
            routes.sort(key=lambda route: [segment == "{}" for segment in route.segments])
        found.handlers[method] = handler

    def answer(self, session: Session, request: Request) -> Response:
        parts = [unquote(part) for part in request.path.strip("/").split("/")]
        for route in self._by_length.get(len(parts), []):
            values = _match(route.segments, parts)
            if values is None:
                continue
            handler = route.handlers.get(request.method)
            if handler is None:
                raise ApiError(405, "Method not allowed.", "See the allowed methods of the resource.")
            return handler(session, request, values)
        raise not_found()


def _match(segments: tuple[str, ...], parts: list[str]) -> list[str] | None:
    values: list[str] = []
    for segment, part in zip(segments, parts, strict=True):
        if segment == "{}":
            values.append(part)
        elif segment.lower() != part.lower():
            return None
    return values
