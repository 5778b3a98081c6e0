"""Voucher numbers: every journal has one series between its bounds (economic-api 8.1, 8.2, 8.4)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.kernel.records import Record

VOUCHER_MAX: Final = 999_999_999  # economic-api 8.2


class SeriesUsedUpError(Exception):
    """The next number is above the journal's highest."""

    def __init__(self, number: int, first: int, last: int) -> None:
        super().__init__(f"Voucher number {number} is not within {first} to {last}.")
        self.number = number


def bounds(journal: Record) -> tuple[int, int]:
    """The lowest and the highest number that the journal's vouchers may have."""
    numbers = journal["settings"].get("voucherNumbers", {})
    return numbers.get("minimumVoucherNumber", 1), numbers.get("maximumVoucherNumber", VOUCHER_MAX)


def next_number(session: Session, journal: Record) -> int:
    """The number that the next voucher gets."""
    last = session.store.counter(session.agreement, _name(journal))
    number = max(bounds(journal)[0], last + 1)
    # a draft may stand under a number that the series has not reached, or has been set back to
    while session.store.draft_entries.are_of_voucher(session.agreement, int(journal["journalNumber"]), number):
        number += 1
    return number


def take_number(session: Session, journal: Record) -> int:
    """The next number, taken. Raises SeriesUsedUpError."""
    number = next_number(session, journal)
    first, last = bounds(journal)
    if not first <= number <= last:
        raise SeriesUsedUpError(number, first, last)
    go_on_from(session, journal, number + 1)
    return number


def go_on_from(session: Session, journal: Record, number: int) -> None:
    """Let the series go on with this number."""
    last = session.store.counter(session.agreement, _name(journal))
    session.store.count_up(session.agreement, _name(journal), number - 1 - last)


def _name(journal: Record) -> str:
    return f"voucher-{journal['journalNumber']}"
