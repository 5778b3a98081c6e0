"""How the tests call the local Rackbeat: as a program with a token, and as a person with a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from tests.sandboxes import BEARER

HOST = "rackbeat.test"


class Caller:
    """A program."""

    def __init__(self, core: RackbeatSandbox, token: str = BEARER) -> None:
        self.core = core
        self.token = token

    def __call__(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        answer = self.raw(method, path, body, **headers)
        return answer.status, from_json(answer.body or b"null")

    def raw(self, method: str, path: str, body: object = None, **headers: str) -> Response:
        bare, _, query = path.partition("?")
        content = b"" if body is None else to_json(body)
        sent = {"authorization": f"Bearer {self.token}", **headers}
        return self.core.handle(Request(method, bare, query, sent, content, HOST))

    def get(self, path: str) -> Any:
        """What stands in the envelope."""
        status, body = self("GET", f"/api/{path}")
        assert status in (200, 206), (status, body)
        return next(iter(body.values()))

    def send(self, method: str, path: str, body: object = None) -> Any:
        """What stands in the envelope of an act that succeeds."""
        status, answered = self(method, f"/api/{path}", {} if body is None else body)
        assert status in (200, 201), (status, answered)
        return next(iter(answered.values()), None)


@dataclass
class Browser:
    """A person: keeps cookies, follows nothing by itself."""

    core: RackbeatSandbox
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Response:
        return self._ask("GET", path, b"")

    def post(self, path: str, /, **form: str) -> Response:
        return self._ask("POST", path, urlencode(form).encode())

    def sign_in(self, account: int = 4711) -> Response:
        return self.post("/pages/sign-in", account=str(account))

    def _ask(self, method: str, path: str, body: bytes) -> Response:
        bare, _, query = path.partition("?")
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"cookie": cookie, "origin": f"http://{HOST}"}
        answer = self.core.handle(Request(method, bare, query, headers, body, HOST))
        if "Set-Cookie" in answer.headers:
            name, _, value = answer.headers["Set-Cookie"].split(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def text_of(page: Response) -> str:
    """What a person reads: no tags, single spaces."""
    without = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]*>", " ", page.body.decode(), flags=re.DOTALL)
    return " ".join(unescape(without).split())
