"""The writes of an adjustment: one entry made, replaced, withdrawn or booked. Each is made exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.economic.client import Economic
from lagerbro.economic.finance_entries import EntryNumber, FinanceEntryRow, NewFinanceEntry
from lagerbro.economic.journals import EntryNumbers
from lagerbro.economic.vouchers import APPEARS_WITHIN_S
from lagerbro.flows.stock_value.mark import day_of
from lagerbro.sync.work import Step

POST: Final = "post"
REPLACE: Final = "replace"


@dataclass(frozen=True, slots=True)
class Steps:
    """Making or replacing the adjustment that `entry` says."""

    economic: Economic
    entry: NewFinanceEntry

    def post(self) -> Step[EntryNumber]:
        """Make the entry. An earlier try's is found by its mark and amount."""
        return Step(
            name=POST,
            answer=EntryNumber,
            request=self.entry,
            send=lambda key: self.economic.finance_entries.create(self.entry, key),
            find_existing=self._made,
            is_once_only=False,
            appears_within_s=APPEARS_WITHIN_S,
        )

    def replace(self) -> Step[EntryNumber]:
        """Let an entry of ours say what is right now; refused when somebody has changed it since it was read."""
        return Step(
            name=REPLACE,
            answer=EntryNumber,
            request=msgspec.structs.replace(self.entry, objectVersion=None),
            send=self._replaced,
            find_existing=self._standing,
            is_once_only=False,
        )

    def _made(self) -> EntryNumber | None:
        found = (row for row in self.economic.finance_entries.all() if self._says(row))
        return next((EntryNumber(row.entryNumber) for row in found), None)

    def _standing(self) -> EntryNumber | None:
        number = self.entry.entryNumber or 0
        row = self.economic.finance_entries.one(number)
        return EntryNumber(number) if row is not None and self._says(row) else None

    def _replaced(self, key: str) -> EntryNumber:
        self.economic.finance_entries.replace(self.entry, key)
        return EntryNumber(self.entry.entryNumber or 0)

    def _says(self, row: FinanceEntryRow) -> bool:
        return (
            day_of(row.text) == day_of(self.entry.text)
            and row.amount == self.entry.amount
            and row.accountNumber == self.entry.accountNumber
            and row.journalNumber == self.entry.journalNumber
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


def booking(economic: Economic, row: FinanceEntryRow) -> Step[EntryNumbers]:
    """Book this entry and no other, in the journal where it stands (domain-rules C9j)."""
    numbers = EntryNumbers([row.entryNumber])
    return Step(
        name="book",
        answer=EntryNumbers,
        request=numbers,
        send=lambda key: economic.journals.book(row.journalNumber, numbers.entryNumbers, key),
        find_existing=lambda: numbers if economic.finance_entries.one(row.entryNumber) is None else None,
        is_once_only=False,
    )
