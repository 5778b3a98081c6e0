"""The supplier's own document of a supplier invoice (rackbeat-api 3.9, 3.14): a PDF that was attached to it.

The route of attachments is not public. Where an account's Rackbeat does not have it, the PDF that it makes of the
invoice itself is taken. A file costs two reads: the list tells whether there is one, its number and its size, before
megabytes are asked for; what is public of the invoice itself tells nothing of its files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.rackbeat.envelopes import content, listed, segment, shaped
from lagerbro.wire.errors import NotFoundError
from lagerbro.wire.transport import FILE_LIMIT_BYTES, ApiClient, Call

_PATH: Final = "/api/supplier-invoices"


class Attachment(msgspec.Struct):
    """A file of an invoice. `size` in bytes, where it is told."""

    id: int
    filename: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class SupplierDocuments:
    """Documents of the supplier invoices of one account."""

    line: ApiClient

    def of(self, number: str | int) -> list[Attachment] | None:
        """What is attached to the invoice; None where this Rackbeat does not tell."""
        try:
            answer = self.line.call(Call("GET", f"{_PATH}/{segment(number)}/attachments"))
        except NotFoundError:
            return None
        return [shaped(row, Attachment) for row in listed(content(answer))[0]]

    def file(self, number: str | int, attachment: int) -> bytes:
        return self._file(f"{_PATH}/{segment(number)}/attachments/{segment(attachment)}")

    def made(self, number: str | int) -> bytes:
        """The PDF that Rackbeat makes of the invoice."""
        return self._file(f"{_PATH}/{segment(number)}.pdf")

    def _file(self, path: str) -> bytes:
        return self.line.call(Call("GET", path, limit_bytes=FILE_LIMIT_BYTES)).body
