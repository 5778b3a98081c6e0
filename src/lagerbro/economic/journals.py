"""What only the OpenAPI services do with journals: read a draft entry by its number, and book (economic-api 8.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.paths import plain_segment
from lagerbro.economic.surfaces import OpenApi
from lagerbro.wire.errors import NotFoundError

JOURNALS: Final = "/journalsapi/v15.0.0"


class ServiceDraftEntry(msgspec.Struct, kw_only=True):
    """A draft entry as journalsapi tells it, as far as telling whose it is."""

    entryNumber: int
    journalNumber: int
    amount: Decimal
    text: str | None = None
    voucherNumber: int | None = None
    objectVersion: str | None = None


class EntryNumbers(msgspec.Struct):
    entryNumbers: list[int]


@dataclass(frozen=True, slots=True)
class Journals:
    """Journals of one agreement."""

    api: OpenApi

    def entry(self, number: int) -> ServiceDraftEntry | None:
        """The draft entry of that number, whoever made it; None when it is booked or gone."""
        try:
            return self.api.get(f"{JOURNALS}/draft-entries/{plain_segment(number)}", ServiceDraftEntry)
        except NotFoundError:
            return None

    def book(self, journal: int, entries: Sequence[int], key: str) -> EntryNumbers:
        """Book exactly these: the other ways book other people's entries too (economic-api 16.13).

        204 tells no numbers; the booked entries are found by the voucher or by their text.
        """
        body = EntryNumbers(list(entries))
        self.api.write("POST", f"{JOURNALS}/journals/{plain_segment(journal)}/bookdraftentries", body, key)
        return body
