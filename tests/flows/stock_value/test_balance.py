"""What stands on the stock account at the end of a day, over years that are open, closed or closed again (H24)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import balance_at
from lagerbro_sandbox.economic.storage.entries import Entry
from tests.flows.stock_value.shop import AGREEMENT, OPENING, STOCK, Shop

NORMAL, OPENED, CARRIED = 5, 7, 8


def entry(day: str, amount: str, kind: int = NORMAL) -> AccountEntry:
    return AccountEntry(entryNumber=1, amountInBaseCurrency=D(amount), date=f"{day}T00:00:00Z", type=kind)


FIRST_YEAR = [entry("2025-01-01", "100", OPENED), entry("2025-06-30", "20"), entry("2025-12-31", "5")]
CARRIED_OVER = entry("2026-01-01", "125", CARRIED)


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
            [entry("2025-07-01", "40", OPENED), entry("2026-06-30", "2"), entry("2026-07-01", "42", CARRIED)],
            "2026-07-01",
            "42",
        ),
        ([entry("2025-01-01", "60", OPENED), entry("2025-01-01", "40", OPENED)], "2025-01-01", "100"),
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


@pytest.mark.django_db
@pytest.mark.parametrize("carried_on", [None, date(2027, 1, 1), date(2026, 7, 1)], ids=["not yet", "new year", "split"])
def test_nights_before_and_after_the_opening_is_carried_over_post_only_what_moved(
    shop: Shop, carried_on: date | None
) -> None:
    """In the local ledger, with the year closed once more after something was booked back into it."""
    shop.run(date(2026, 12, 31), OPENING + 10)
    shop.book_all()
    if carried_on is not None:
        carry_over(shop, carried_on, shop.booked(carried_on - timedelta(days=1)))
    assert shop.run(date(2027, 1, 2)).code == "stock_unchanged"
    shop.run(date(2027, 1, 3), OPENING + 15)
    assert shop.amounts() == [5]
    shop.book_all()
    shop.post(date(2026, 12, 31), "-7")
    if carried_on == date(2027, 1, 1):
        carry_over(shop, carried_on, D(-7))  # closed again
    shop.run(date(2027, 1, 4), OPENING + 15)
    assert shop.amounts() == [7]
    shop.book_all()
    assert shop.run(date(2027, 1, 5)).code == "stock_unchanged"


def carry_over(shop: Shop, day: date, amount: D) -> None:
    """*Primo*: what the year before ends with stands in the new one too."""
    store = shop.company.systems.economic.store
    entry = Entry(
        number=store.count_up(AGREEMENT, "entries", 1),
        voucher=0,
        account=STOCK,
        date=str(day),
        kind="transferredOpeningEntry",
        currency="DKK",
        amount=amount,
        base_amount=amount,
        text="Primo",
    )
    store.entries.add(AGREEMENT, [entry])
