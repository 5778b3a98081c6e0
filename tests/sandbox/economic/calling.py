"""Somebody's own client of the local e-conomic: plain requests, no code of the product."""

from __future__ import annotations

from typing import Any

from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from tests.sandboxes import APP_SECRET, GRANT, Sandboxes

AUTH = {"x-appsecrettoken": APP_SECRET, "x-agreementgranttoken": GRANT, "content-type": "application/json"}


class Caller:
    """Calls with the tests' tokens unless other headers are named."""

    def __init__(self, systems: Sandboxes) -> None:
        self.core = systems.economic

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        answer = self.raw(method, path, body, **headers)
        return answer.status, from_json(answer.body) if answer.body else None

    def raw(self, method: str, path: str, body: object = None, **headers: str) -> Response:
        bare, _, query = path.partition("?")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if body is None else to_json(body)
        return self.core.handle(Request(method, bare, query, {**AUTH, **named}, content, "economic.test"))
