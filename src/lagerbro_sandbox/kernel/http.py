"""A request in, a response out: all that a sandbox's core knows of HTTP.

A core is `handle(request) -> response`, synchronous and without a socket, so that a server, a test and a simulation
reach the very same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

BODY_LIMIT_BYTES = 16 * 1024 * 1024
"""Larger bodies are refused by the shell; e-conomic's own attachment limit is 9 MB."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `path` is still percent-encoded, header names are lower case.

    `gone`: how many records of a list's earlier pages were deleted since those were read; no client says so, a fault
    switch does.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    host: str = "localhost"
    gone: int = 0

    def parameters(self) -> list[tuple[str, str]]:
        """The decoded query parameters in the order they were sent."""
        return parse_qsl(self.query, keep_blank_values=True)


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. Header names are written as the real systems write them."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Core(Protocol):
    """A sandbox without its socket."""

    def handle(self, request: Request) -> Response:
        """Answer one request completely: when it returns, what it did is committed."""
        ...

    def failing(self, request: Request, status: int) -> Response:
        """The answer under this status, in the system's own shape, that a fault switch asks for; nothing is done."""
        ...

    def close(self) -> None:
        """Give back the storage."""
        ...
