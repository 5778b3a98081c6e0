"""The writes of an adjustment: entries made, replaced, withdrawn or booked, each exactly once."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.economic.client import Economic
from lagerbro.economic.finance_entries import EntryNumber, NewFinanceEntries, NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow, EntryNumbers
from lagerbro.economic.vouchers import APPEARS_WITHIN_S
from lagerbro.sync.work import Step

POST: Final = "post"
REPLACE: Final = "replace"


@dataclass(frozen=True, slots=True)
class Steps:
    """Making or replacing the adjustment that `entry` says. `known`: the entries that answers have told us of, none of
    which a try without an answer can have made. `part`: which of several pairs of accounts it is for."""

    economic: Economic
    entry: NewFinanceEntry
    known: Set[int]
    part: str = ""

    def post(self) -> Step[EntryNumber]:
        """Make the entry. An earlier try's is found by its text, amount and accounts."""
        return Step(
            name=f"{POST}{self.part}",
            answer=EntryNumber,
            request=self.entry,
            send=lambda key: self.economic.finance_entries.create(self.entry, key),
            find_existing=self._find_posted,
            is_once_only=False,
            appears_within_s=APPEARS_WITHIN_S,
        )

    def replace(self) -> Step[EntryNumber]:
        """Let an entry of ours say what is right now; refused when somebody has changed it since it was read."""
        return Step(
            name=f"{REPLACE}{self.part}",
            answer=EntryNumber,
            request=msgspec.structs.replace(self.entry, objectVersion=None),
            send=self._send_replacement,
            find_existing=self._find_replaced,
            is_once_only=False,
        )

    def _find_posted(self) -> EntryNumber | None:
        matching = _matching_entries(self.economic, [self.entry], self.known)
        return EntryNumber(matching[0]) if matching else None

    def _find_replaced(self) -> EntryNumber | None:
        number = self.entry.entryNumber or 0
        row = self.economic.finance_entries.one(number)
        return EntryNumber(number) if row is not None and _matches(row, self.entry) else None

    def _send_replacement(self, key: str) -> EntryNumber:
        self.economic.finance_entries.replace(self.entry, key)
        return EntryNumber(self.entry.entryNumber or 0)


def post_all(economic: Economic, entries: NewFinanceEntries, known: Set[int]) -> Step[EntryNumbers]:
    """Make all of these entries, or none. An earlier try's are found as those of a single one are."""

    def find_existing() -> EntryNumbers | None:
        matching = _matching_entries(economic, entries.entries, known)
        return EntryNumbers(matching) if matching else None

    return Step(
        name=POST,
        answer=EntryNumbers,
        request=entries,
        send=lambda key: economic.finance_entries.create_all(entries, key),
        find_existing=find_existing,
        is_once_only=False,
        appears_within_s=APPEARS_WITHIN_S,
    )


def _matching_entries(economic: Economic, entries: Sequence[NewFinanceEntry], known: Set[int]) -> list[int]:
    """The numbers of rows that say what these say, one for each in their order; none where one is missing."""
    rows = [row for row in economic.finance_entries.all() if row.entryNumber not in known]
    numbers: list[int] = []
    for entry in entries:
        row = next((one for one in rows if _matches(one, entry)), None)
        if row is None:
            return []
        rows.remove(row)
        numbers.append(row.entryNumber)
    return numbers


def _matches(row: DraftEntryRow, entry: NewFinanceEntry) -> bool:
    return (
        row.text == entry.text
        and row.amount == entry.amount
        and row.accountNumber == entry.accountNumber
        and row.contraAccountNumber == entry.contraAccountNumber
        and row.journalNumber == entry.journalNumber
    )


def withdrawal(economic: Economic, entry: int) -> Step[EntryNumber]:
    """Delete an entry of ours that nobody has touched."""

    def send(key: str) -> EntryNumber:
        economic.finance_entries.delete(entry, key)
        return EntryNumber(entry)

    return Step(
        name=f"withdraw.{entry}"[:32],
        answer=EntryNumber,
        request=EntryNumber(entry),
        send=send,
        find_existing=lambda: EntryNumber(entry) if economic.finance_entries.one(entry) is None else None,
        is_once_only=False,
    )


def booking(economic: Economic, journal: int, entries: Sequence[int], part: str = "") -> Step[EntryNumbers]:
    """Book these entries and no others, in the journal where they stand (domain-rules C9j)."""
    numbers = EntryNumbers(list(entries))

    def find_existing() -> EntryNumbers | None:
        standing = {row.entryNumber for row in economic.finance_entries.all()}
        return None if standing & set(entries) else numbers

    return Step(
        name=f"book{part}",
        answer=EntryNumbers,
        request=numbers,
        send=lambda key: economic.journals.book(journal, numbers.entryNumbers, key),
        find_existing=find_existing,
        is_once_only=False,
    )
