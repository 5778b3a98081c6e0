"""What the small flows' tests do to the local e-conomic: look into its journal, hide it, change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import to_json
from tests.sandboxes import Sandboxes

JOURNAL = "/journals/2"
DRAFTS = "/journalsapi/v15.0.0/draft-entries"
DOCUMENTS = "/documentsapi/v4.0.1/AttachedDocuments"


@dataclass
class LateLists:
    """A core in front of e-conomic's own. `hidden`: so many lists of entries do not show yet what is there."""

    core: EconomicSandbox
    hidden: int = 0

    def handle(self, request: Request) -> Response:
        if self.hidden and request.method == "GET" and request.path.endswith("/entries"):
            self.hidden -= 1
            empty = to_json({"collection": [], "pagination": {"results": 0}})
            return Response(200, {"Content-Type": "application/json"}, empty)
        return self.core.handle(request)

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()


def entries(systems: Sandboxes) -> list[dict[str, Any]]:
    """The draft entries of the journal."""
    rows: list[dict[str, Any]] = systems.in_economic("GET", f"{JOURNAL}/entries?pagesize=1000")["collection"]
    return rows


def documents(systems: Sandboxes) -> list[dict[str, Any]]:
    """Everything that is attached to a voucher."""
    rows: list[dict[str, Any]] = systems.in_economic("GET", DOCUMENTS)["items"]
    return rows


def rewrite(systems: Sandboxes, text: str) -> None:
    """A person gives every entry of the journal another text."""
    for row in entries(systems):
        entry = systems.in_economic("GET", f"{DRAFTS}/{row['journalEntryNumber']}")
        systems.in_economic("PUT", DRAFTS, {**entry, "text": text})
