"""Notes on documents: how Rackbeat's own users see what became of a transfer (rackbeat-api 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.rackbeat.envelopes import content, listed, only, segment, shaped
from lagerbro.wire.numbers import encode
from lagerbro.wire.transport import ApiClient, Call

QUIETLY: Final = {"suppress_webhooks": "true"}
"""What we write ourselves is not told to us again (rackbeat-api 1.5)."""


class Note(msgspec.Struct, kw_only=True):
    id: int
    note: str | None = None
    note_text: str | None = None

    @property
    def sentence(self) -> str:
        return self.note_text or self.note or ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes on the records of one account. `kind` is the path of the documents: `customer-invoices`."""

    line: ApiClient

    def on(self, kind: str, number: str | int) -> list[Note]:
        answer = self.line.call(Call("GET", f"/api/{kind}/{segment(number)}/notes", query={"limit": "1000"}))
        return [shaped(row, Note) for row in listed(content(answer))[0]]

    def write(self, kind: str, number: str | int, text: str) -> Note:
        """Rackbeat keeps no idempotency keys: whoever tries again looks first."""
        body = encode({"note": text})
        answer = self.line.call(Call("POST", f"/api/{kind}/{segment(number)}/notes", body, QUIETLY))
        return shaped(only(content(answer)), Note)
