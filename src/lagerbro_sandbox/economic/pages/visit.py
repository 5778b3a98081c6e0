"""One visit of a page: who looks, at which agreement, and how a page is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote

from lagerbro_sandbox.economic import admin, api
from lagerbro_sandbox.economic.pages import rights
from lagerbro_sandbox.economic.pages.refusals import Refusal, refusal_of
from lagerbro_sandbox.economic.pages.words import SAID
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.services.versions import VERSIONS
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.state import EconomicState
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel import pages, routing
from lagerbro_sandbox.kernel.admin import PREFIX as ADMIN
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.records import Record

PACKAGE: Final = "lagerbro_sandbox.economic.pages"
ROOT: Final = "/pages"
_TEMPLATES: Final = pages.environment(PACKAGE)
_JSON: Final = {"content-type": "application/json"}


@dataclass(frozen=True)
class Visit(routing.Addressed):
    """`session` is the agreement and `user` the person that were chosen; the pages before the choice have neither."""

    state: EconomicState
    session: Session
    user: Record

    @cached_property
    def form(self) -> dict[str, str]:
        """What was filled in; of equal names the last one."""
        return {name: value.strip() for name, value in pages.form(self.request)}

    def api(self, method: str, path: str, body: Record | None = None) -> Any:  # noqa: ANN401 - JSON
        """What the API answers this person; ApiError or ServiceError where it refuses."""
        answer = self.raw(method, path, body)
        return from_json(answer.body) if answer.body else None

    def raw(self, method: str, path: str, body: Record | None = None) -> Response:
        """The API's own answer: pages can do what programs can, and in the same way. A path that begins with a service
        is asked under its first version."""
        bare, _, query = path.partition("?")
        first, _, rest = bare.strip("/").partition("/")
        if first in VERSIONS:
            bare = f"/{first}/v{VERSIONS[first][0]}/{rest}"
        rights.check(self.user, bare)
        content = b"" if body is None else to_json(body)
        return api.answer(self.session, Request(method, bare, query, _JSON, content, self.request.host))

    def admin(self, act: str, **body: object) -> Record:
        """An act of the admin door, for what the API has no way to do; ValueError where it is not taken."""
        answer = admin.answer(self.state, Request("POST", f"{ADMIN}{act}", "", {}, to_json(body)))
        content = from_json(answer.body)
        assert isinstance(content, dict)
        if answer.status != 200:
            raise ValueError(content["error"])
        return content

    def page(self, template: str, status: int = 200, **known: object) -> Response:
        """A page from its template. `said` in the address shows what has just been done."""
        frame = {
            "company": self.session.company.get("company", {}),
            "agreement": self.session.agreement,
            "user": self.user,
            "base_currency": self.session.base_currency,
            "path": self.request.path,
            "root": ROOT,
            "given": self.given,
            "said": SAID.get(self.given.get("said", ""), ""),
            "said_by": self.given.get("about", ""),
            "refused": None,
            **known,
        }
        return pages.html(_TEMPLATES.get_template(template).render(frame), status)

    def refused(self, error: ApiError | ServiceError, what: str) -> Refusal:
        """Why the act was not done, in words; `what` was not done."""
        return refusal_of(error, what, str(self.user["name"]))


Page = Callable[[Visit], Response]
PageRouter = routing.Router[Page]


def to(path: str, notice: str = "", about: object = "") -> Response:
    """On to a page that says what has been done."""
    query = f"?said={notice}" if notice else ""
    if notice and about:
        query += f"&about={quote(str(about), safe='')}"
    return pages.redirect(f"{ROOT}/{path}{query}")
