"""Which handler answers which path: a tree of segments, the same for both sandboxes.

A handler is whatever a sandbox calls; the router only finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar
from urllib.parse import unquote

from lagerbro_sandbox.kernel.http import Request

VARYING = "{}"

HandlerT = TypeVar("HandlerT")


class NoSuchPathError(LookupError):
    """No route has this path."""


class NoSuchMethodError(LookupError):
    """The path is known, under other verbs: `allowed`."""

    def __init__(self, allowed: list[str]) -> None:
        super().__init__(", ".join(allowed))
        self.allowed = allowed


@dataclass(frozen=True)
class Addressed:
    """A request and what stands in the varying segments of its path."""

    request: Request
    values: list[str]

    @property
    def key(self) -> str:
        """What the first varying segment names."""
        return self.values[0]

    @cached_property
    def given(self) -> dict[str, str]:
        """The query's parameters; of equal names the last one."""
        return dict(self.request.parameters())


@dataclass(slots=True)
class _Node(Generic[HandlerT]):
    handlers: dict[str, HandlerT] = field(default_factory=dict)
    literal: dict[str, _Node[HandlerT]] = field(default_factory=dict)
    varying: dict[str, _Node[HandlerT]] = field(default_factory=dict)
    """By what the segment ends on: `{}.pdf` before `{}`."""


class Router(Generic[HandlerT]):
    """Paths with `{}` for what varies and `{}.pdf` for what varies before an ending. Literal segments win, unless only
    the varying one knows the verb, as where `POST /things/drafts` stands beside `GET /things/{}`."""

    def __init__(self) -> None:
        self._root: _Node[HandlerT] = _Node()

    def add(self, method: str, path: str, handler: HandlerT) -> None:
        node = self._root
        for segment in path.strip("/").lower().split("/"):
            if segment.startswith(VARYING):
                below = node.varying.setdefault(segment.removeprefix(VARYING), _Node())
                node.varying = dict(sorted(node.varying.items(), key=lambda item: -len(item[0])))
            else:
                below = node.literal.setdefault(segment, _Node())
            node = below
        node.handlers[method] = handler

    def paths(self) -> Iterator[tuple[str, str]]:
        """Every verb and path."""
        waiting = [("", self._root)]
        while waiting:
            path, node = waiting.pop()
            yield from ((method, path or "/") for method in node.handlers)
            waiting += [(f"{path}/{name}", below) for name, below in node.literal.items()]
            waiting += [(f"{path}/{VARYING}{ending}", below) for ending, below in node.varying.items()]

    def find(self, method: str, path: str) -> tuple[HandlerT, list[str]]:
        """The handler and what stands in the varying segments, decoded once; NoSuchPathError, NoSuchMethodError."""
        parts = [unquote(part) for part in path.strip("/").split("/")]
        allowed: set[str] = set()
        route = _walk(self._root, method, parts, 0, allowed)
        if route is not None:
            handler, values = route
            return handler, values[::-1]
        if allowed:
            raise NoSuchMethodError(sorted(allowed))
        raise NoSuchPathError(path)


def _walk(
    node: _Node[HandlerT], method: str, parts: list[str], at: int, allowed: set[str]
) -> tuple[HandlerT, list[str]] | None:
    """The values come back in reverse, gathered on the way up."""
    if at == len(parts):
        handler = node.handlers.get(method)
        allowed.update(node.handlers)
        return None if handler is None else (handler, [])
    part = parts[at]
    below = node.literal.get(part.lower())
    route = None if below is None else _walk(below, method, parts, at + 1, allowed)
    if route is not None:
        return route
    for ending, below in node.varying.items():
        if part.lower().endswith(ending) and len(part) > len(ending):
            route = _walk(below, method, parts, at + 1, allowed)
            if route is not None:
                route[1].append(part[: len(part) - len(ending)])
                return route
    return None
