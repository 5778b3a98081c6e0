"""A sandbox whose answers are altered on the way: what a test writes into them, byte by byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from lagerbro_sandbox.kernel.http import Core, Request, Response
from tests.world import Company


@dataclass(frozen=True)
class Raw:
    """JSON as it is to be written, whether it is any or not."""

    written: bytes


@dataclass
class AlteredCore:
    """Answers as `core` does. What was said of a path (`GET /api/customers/*`) is done to the record in the answer."""

    core: Core
    changes: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def handle(self, request: Request) -> Response:
        answer = self.core.handle(request)
        for pattern, change in self.changes.items():
            if answer.status < 400 and fnmatchcase(f"{request.method} {request.path}", pattern):
                content = json.loads(answer.body)
                change(content)
                return replace(answer, body=written(content))
        return answer

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()


def altered_rackbeat(company: Company) -> AlteredCore:
    made = AlteredCore(company.systems.rackbeat)
    company.systems.to_rackbeat._core = made
    return made


def altered_economic(company: Company) -> AlteredCore:
    made = AlteredCore(company.systems.economic)
    company.systems.to_economic._core = made
    return made


def written(content: Any) -> bytes:
    """The content with every `Raw` in it as it is."""
    raws: list[bytes] = []

    def marked(raw: Raw) -> str:
        raws.append(raw.written)
        return f"raw-{len(raws) - 1}-"

    body = json.dumps(content, default=marked).encode()
    for number, raw in enumerate(raws):
        body = body.replace(b'"raw-%d-"' % number, raw)
    return body
