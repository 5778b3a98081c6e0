"""Vouchers in journals on the REST surface (economic-api 8): made, found again, taken back entry by entry.

REST cannot book them; that is `journals.Journals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lagerbro.economic.filters import contains
from lagerbro.economic.paths import segment
from lagerbro.economic.surfaces import Rest
from lagerbro.economic.types import Entry
from lagerbro.economic.voucher_types import DraftEntry, ListedVoucher, MadeVoucher, NewVoucher
from lagerbro.wire.errors import UnreadableAnswerError

APPEARS_WITHIN_S: Final = 5
"""A voucher may be missing in the lists for a moment after it was made (economic-api 4.4, domain-rules H30)."""


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Vouchers of one agreement. A `mark` is a piece of text that only the entries of one document bear."""

    rest: Rest

    def create(self, journal: int, voucher: NewVoucher, key: str) -> MadeVoucher:
        """The answer is an array, because the server may split the entries."""
        path = f"/journals/{segment(journal)}/vouchers"
        made = self.rest.write_and_read("POST", path, voucher, key, list[ListedVoucher])
        made_voucher = _of_entries([entry for one in made for rows in one.entries.values() for entry in rows])
        if made_voucher is None:
            raise UnreadableAnswerError("e-conomic made a voucher and told no entries", outcome_unknown=True)
        return made_voucher

    def drafted(self, journal: int, mark: str) -> MadeVoucher | None:
        """The voucher whose draft entries in the journal bear the mark."""
        return _of_entries(self.marked(journal, mark))

    def marked(self, journal: int, mark: str) -> list[DraftEntry]:
        """The draft entries in the journal that bear the mark."""
        path = f"/journals/{segment(journal)}/entries"
        return list(self.rest.all(path, DraftEntry, {"filter": contains("text", mark)}))

    def booked(self, year: str, mark: str) -> MadeVoucher | None:
        """The voucher whose booked entries in the accounting year bear the mark."""
        path = f"/accounting-years/{segment(year)}/entries"
        entry = self.rest.first(path, Entry, {"filter": contains("text", mark)})
        if entry is None:
            return None
        return MadeVoucher(year=year, number=entry.voucherNumber, entries=[], is_booked=True)

    def booked_entries(self, year: str, mark: str) -> list[Entry]:
        """The booked entries in the accounting year that bear the mark."""
        path = f"/accounting-years/{segment(year)}/entries"
        return list(self.rest.all(path, Entry, {"filter": contains("text", mark)}))

    def delete_entry(self, journal: int, entry: int, key: str) -> None:
        """Take a draft entry back; with its last entry the voucher is gone."""
        self.rest.write("DELETE", f"/journals/{segment(journal)}/entries/{segment(entry)}", None, key)


def _of_entries(entries: Sequence[DraftEntry]) -> MadeVoucher | None:
    """The number is read from the entries: the voucher itself does not always tell it (economic-api 8.2). Where
    they are several, it goes by the first."""
    keys = [entry.voucher for entry in entries if entry.voucher is not None]
    if not keys:
        return None
    numbers = [entry.journalEntryNumber for entry in entries]
    split = sorted({key.voucherNumber for key in keys})
    return MadeVoucher(
        year=keys[0].accountingYear.year,
        number=split[0],
        entries=numbers,
        numbers=split if len(split) > 1 else [],
    )
