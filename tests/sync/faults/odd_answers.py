"""A core in front of a sandbox's own that answers a list with something odd, and what such answers look like."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from hypothesis import strategies as st

from lagerbro_sandbox.kernel.http import Core, Request, Response
from tests.world import Company

CHANGED: Final = "updated_at_from"
"""What only the polls' and the sweep's questions hold."""


@dataclass
class OddLists:
    """`body` is answered to a GET of `path` whose query holds `asked`; None: the core answers as ever."""

    core: Core
    path: str
    asked: str = ""
    body: bytes | None = None
    status: int = 200

    def handle(self, request: Request) -> Response:
        odd = request.method == "GET" and fnmatchcase(request.path, self.path) and self.asked in request.query
        if odd and self.body is not None:
            return Response(self.status, {"Content-Type": "application/json"}, self.body)
        return self.core.handle(request)

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()


def odd_rackbeat(company: Company, path: str = "/api/*") -> OddLists:
    """Rackbeat, whose lists of what changed can be made to answer anything."""
    made = OddLists(company.systems.rackbeat, path, CHANGED)
    company.systems.to_rackbeat._core = made
    return made


def odd_economic(company: Company, path: str) -> OddLists:
    made = OddLists(company.systems.economic, path)
    company.systems.to_economic._core = made
    return made


_SCALARS: Final[st.SearchStrategy[Any]] = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=80)
)
VALUES: Final = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3)
)
RECORDS: Final = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("number", "updated_at", "booked_at", "draftInvoiceNumber", "references"), VALUES)
)
COLLECTIONS: Final = st.lists(RECORDS | VALUES, max_size=5)
RACKBEAT: Final = VALUES | st.fixed_dictionaries(
    {"customer_invoices": COLLECTIONS | VALUES}, optional={"pages": VALUES, "page": VALUES, "total": VALUES}
)
ECONOMIC: Final = VALUES | st.fixed_dictionaries(
    {"collection": COLLECTIONS | VALUES},
    optional={
        "pagination": VALUES
        | st.fixed_dictionaries({}, optional={"nextPage": VALUES | st.just("http://economic.test/invoices/drafts")})
    },
)
"""Whatever JSON a list may answer, from what is nearly right to what is nothing of the sort."""
