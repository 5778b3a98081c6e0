"""How a pure plan says that something cannot be done; the flow turns it into an outcome."""

from __future__ import annotations

from typing import Final

CONFIG: Final = "config"
REFUSED: Final = "refused"


class PlanRefusal(Exception):  # noqa: N818 - a result of a rule, not a fault
    """`code` and `details` make the sentence; `kind` says whether master data or the document is at fault."""

    def __init__(self, code: str, kind: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind
        self.details = details
