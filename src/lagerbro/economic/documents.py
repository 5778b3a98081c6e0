"""Documents attached to vouchers (economic-api 8.3): by accounting year and voucher number, draft or booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.economic.filters import both, equal
from lagerbro.economic.surfaces import OpenApi
from lagerbro.wire.multipart import Part, multipart

DOCUMENTS: Final = "/documentsapi/v4.0.1/AttachedDocuments"
FILE_LIMIT_BYTES: Final = 9_437_184  # as e-conomic says in its answers (economic-api 4.3)
NOTE_LIMIT_CHARS: Final = 250  # economic-api 8.3
FAIL_ON_CONFLICT: Final = "1"
"""Instead of merging: what is attached already is ours, found by looking, or a person's, which is left alone."""


class FileTooLargeError(ValueError):
    """More than the 9.0 MB that e-conomic takes."""


class AttachedDocument(msgspec.Struct, kw_only=True):
    number: int
    voucherNumber: int
    accountingYear: str
    note: str | None = None
    pageCount: int | None = None


class AttachedNumber(msgspec.Struct):
    number: int


@dataclass(frozen=True, slots=True)
class Documents:
    """Attached documents of one agreement."""

    api: OpenApi

    def attach(self, year: str, voucher: int, file: Part, note: str, key: str) -> AttachedNumber:
        """Attach a PDF, JPG or PNG; raises `FileTooLargeError` before anything is sent."""
        if len(file.content) > FILE_LIMIT_BYTES:
            raise FileTooLargeError(f"{file.filename} has {len(file.content)} bytes; {FILE_LIMIT_BYTES} are taken")
        fields = {
            "AccountingYear": year,
            "VoucherNumber": str(voucher),
            "note": note[:NOTE_LIMIT_CHARS],
            "onConflict": FAIL_ON_CONFLICT,
        }
        content_type, body = multipart(fields, file)
        return self.api.read(self.api.send("POST", DOCUMENTS, content_type, body, key), AttachedNumber, wrote=True)

    def attached(self, year: str, voucher: int) -> list[AttachedDocument]:
        """What is attached to the voucher."""
        clause = both(equal("accountingYear", year), equal("voucherNumber", voucher))
        return list(self.api.all(DOCUMENTS, AttachedDocument, {"filter": clause}))
