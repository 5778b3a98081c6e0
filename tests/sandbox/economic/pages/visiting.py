"""How the tests visit the local e-conomic's pages: as a person with a browser, who reads text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.http import Request, Response

HOST = "economic.test"


@dataclass
class Visitor:
    """Keeps cookies, follows nothing by itself."""

    core: EconomicSandbox
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, user: str = "1180001.ADMIN") -> Response:
        return self.post("sign-in", user=user)

    def get(self, path: str) -> Response:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, headers: dict[str, str] | None = None, /, **form: str) -> Response:
        return self._ask("POST", path, urlencode(form).encode(), headers or {"origin": f"http://{HOST}"})

    def read(self, path: str, status: int = 200) -> str:
        """What stands on the page."""
        answer = self.get(path)
        assert answer.status == status, text_of(answer)
        return text_of(answer)

    def done(self, path: str, /, **form: str) -> str:
        """An act that succeeds: what the page after it says, and where that is."""
        answer = self.post(path, **form)
        assert answer.status == 303, text_of(answer)
        place = answer.headers["Location"]
        return self.read(place)

    def refused(self, path: str, status: int = 400, /, **form: str) -> str:
        """What the page says of an act that is refused."""
        answer = self.post(path, **form)
        assert answer.status == status, text_of(answer)
        found = re.search(r'<div class="notice problem" role="alert">(.*?)<details>', answer.body.decode(), re.DOTALL)
        assert found is not None
        return _plain(found[1])

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Response:
        bare, _, query = path.partition("?")
        bare = bare if bare.startswith("/") else f"/pages/{bare}"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.core.handle(Request(method, bare, query, {"cookie": cookie, **headers}, body, HOST))
        if "Set-Cookie" in answer.headers:
            name, _, value = answer.headers["Set-Cookie"].split(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def text_of(page: Response) -> str:
    """What a person reads: no tags, single spaces."""
    return _plain(page.body.decode("utf-8", "replace"))


def _plain(html: str) -> str:
    without = re.sub(r"<(script|style|title|datalist)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(without).split())
