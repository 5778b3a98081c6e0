"""What stands on the stock account at the end of a day, over years that are open, closed or closed again (H24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import balance_at

NORMAL, OPENING, CARRIED = 5, 7, 8


def entry(day: str, amount: str, kind: int = NORMAL) -> AccountEntry:
    return AccountEntry(entryNumber=1, amountInBaseCurrency=D(amount), date=f"{day}T00:00:00Z", type=kind)


FIRST_YEAR = [entry("2025-01-01", "100", OPENING), entry("2025-06-30", "20"), entry("2025-12-31", "5")]
CARRIED_OVER = entry("2026-01-01", "125", CARRIED)
SPLIT = [entry("2025-07-01", "40", OPENING), entry("2026-06-30", "2"), entry("2026-07-01", "42", CARRIED)]


@pytest.mark.parametrize(
    ("entries", "day", "balance"),
    [
        ([], "2026-01-01", "0"),
        (FIRST_YEAR, "2025-06-29", "100"),
        (FIRST_YEAR, "2025-12-31", "125"),
        ([*FIRST_YEAR, entry("2026-01-02", "-7")], "2026-01-02", "118"),
        ([*FIRST_YEAR, CARRIED_OVER, entry("2026-01-02", "-7")], "2026-01-01", "125"),
        ([*FIRST_YEAR, CARRIED_OVER, entry("2026-01-02", "-7")], "2026-01-02", "118"),
        ([*FIRST_YEAR, entry("2025-12-30", "3"), CARRIED_OVER], "2026-01-02", "128"),
        ([*FIRST_YEAR, CARRIED_OVER, entry("2026-01-01", "3", CARRIED)], "2026-01-02", "125"),
        ([CARRIED_OVER, entry("2026-01-02", "-7")], "2026-01-02", "118"),
        (
            [entry("2025-07-01", "40", OPENING), entry("2026-06-30", "2"), entry("2026-07-01", "42", CARRIED)],
            "2026-07-01",
            "42",
        ),
        ([entry("2025-01-01", "60", OPENING), entry("2025-01-01", "40", OPENING)], "2025-01-01", "100"),
    ],
    ids=[
        "nothing booked",
        "in the first year",
        "at its end",
        "before the opening is carried over",
        "on the day it is carried over",
        "after it",
        "booked back into the year before, not carried over again",
        "a year closed again",
        "a ledger that begins with what was carried over",
        "a split year",
        "two opening entries",
    ],
)
def test_each_opening_counts_once(entries: list[AccountEntry], day: str, balance: str) -> None:
    assert balance_at(entries, date.fromisoformat(day)) == D(balance)
