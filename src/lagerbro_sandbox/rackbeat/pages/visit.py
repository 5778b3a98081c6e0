"""One visit of a page: who looks, at which account, and how a page is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote

from lagerbro_sandbox.kernel import pages, routing
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.pages.words import SAID, sentences
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.state import RackbeatState
from lagerbro_sandbox.rackbeat.surface import routes
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

PACKAGE: Final = "lagerbro_sandbox.rackbeat.pages"
ROOT: Final = "/pages"
_TEMPLATES: Final = pages.environment(PACKAGE)


@dataclass(frozen=True)
class Visit(routing.Addressed):
    """`session` is the account that the person has chosen; the pages before the choice have none."""

    state: RackbeatState
    session: Session

    @cached_property
    def form(self) -> dict[str, str]:
        """What was filled in; of equal names the last one."""
        return dict(pages.form(self.request))

    def api(self, method: str, path: str, body: Record | None = None) -> Any:  # noqa: ANN401 - JSON
        """What the API answers this person, out of its envelope; ApiError where it refuses."""
        content = from_json(self.raw(method, path, body).body)
        assert isinstance(content, dict)
        return next(iter(content.values()), None)

    def rows(self, path: str) -> tuple[list[Record], int]:
        """One page of a list of the API, and how many there are in all."""
        content: Any = from_json(self.raw("GET", path).body)
        return next(iter(content.values())), content["total"]

    def raw(self, method: str, path: str, body: Record | None = None) -> Response:
        """The API's own answer: pages can do what programs can, and in the same way."""
        bare, _, query = path.partition("?")
        request = Request(method, f"/api/{bare}", query, {}, b"", self.request.host)
        return routes().answer(self.session, request, body or {})

    def page(self, template: str, status: int = 200, **known: object) -> Response:
        """A page from its template. `said` in the address shows what has just been done."""
        frame = {
            "account": self.session.company,
            "path": self.request.path,
            "root": ROOT,
            "said": SAID.get(self.given.get("said", ""), ""),
            "said_by": self.given.get("about", ""),
            "refused": None,
            "base_currency": self.session.company["base_currency"],
            **known,
        }
        return pages.html(_TEMPLATES.get_template(template).render(frame), status)

    def refused(self, error: ApiError, template: str, **known: object) -> Response:
        """The same page again, with what was filled in and why it was not done."""
        return self.page(template, error.status, refused=sentences(error), **known)


Page = Callable[[Visit], Response]
PageRouter = routing.Router[Page]


def to(path: str, notice: str = "", about: str = "") -> Response:
    """On to a page that says what has been done."""
    query = f"?said={notice}&about={quote(about, safe='')}" if about else f"?said={notice}" if notice else ""
    return pages.redirect(f"{ROOT}/{path}{query}")
