"""One visit of a page: who looks, at which account, and how a page is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from lagerbro.sandbox.kernel import pages, routing
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.rackbeat.faulty import ApiError
from lagerbro.sandbox.rackbeat.pages.words import SAID
from lagerbro.sandbox.rackbeat.session import Session

if TYPE_CHECKING:
    from lagerbro.sandbox.rackbeat.core import RackbeatSandbox

PACKAGE: Final = "lagerbro.sandbox.rackbeat.pages"
ROOT: Final = "/pages"
_TEMPLATES: Final = pages.environment(PACKAGE)


@dataclass(frozen=True)
class Visit:
    """`session` is the account that the person has chosen; the pages before the choice have none."""

    sandbox: RackbeatSandbox
    request: Request
    session: Session
    values: list[str]

    @property
    def key(self) -> str:
        return self.values[0]

    @cached_property
    def given(self) -> dict[str, str]:
        """The address's parameters."""
        return dict(self.request.parameters())

    @cached_property
    def form(self) -> dict[str, str]:
        """What was filled in; of equal names the last one."""
        return dict(pages.form(self.request))

    def page(self, template: str, status: int = 200, **known: object) -> Response:
        """A page from its template. `said` in the address shows what has just been done."""
        frame = {
            "account": self.session.company,
            "path": self.request.path,
            "root": ROOT,
            "said": SAID.get(self.given.get("said", ""), ""),
            "said_by": self.given.get("about", ""),
            "refused": None,
            **known,
        }
        return pages.html(_TEMPLATES.get_template(template).render(frame), status)

    def refused(self, error: ApiError, template: str, **known: object) -> Response:
        """The same page again, with what was filled in and why it was not done."""
        return self.page(template, error.status, refused=error, **known)


Page = Callable[[Visit], Response]
PageRouter = routing.Router[Page]


def to(path: str, said: str = "", about: str = "") -> Response:
    """On to a page that says what has been done."""
    query = f"?said={said}&about={about}" if about else f"?said={said}" if said else ""
    return pages.away(f"{ROOT}/{path}{query}")
