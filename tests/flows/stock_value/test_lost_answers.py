"""An answer that was lost, and a person at the draft before anybody looks again: never a second voucher (H29, H30)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D

import pytest

from lagerbro.economic.finance_entries import NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.stock_value.unanswered import recognised
from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import API, CONTRA, JOURNAL, OPENING, STOCK, Shop
from tests.flows.stock_value_backfill.asking import backfilled, begun, request

pytestmark = pytest.mark.django_db
TUE, WED, OCT = date(2026, 11, 24), date(2026, 11, 25), date(2026, 10, 31)
THEIRS = "Lagerregulering efter aftale"
LOST = Fault("no answer", method="POST", path=f"{API}/draft-entries*", lose_answer=True, times=1)
FAILED = Fault("failed", method="POST", path=f"{API}/draft-entries*", status=502, after=True, times=1)


def lost(shop: Shop, fault: Fault = LOST) -> int:
    """A night whose answer did not come, and the draft that it made all the same."""
    shop.company.systems.economic.faults.set(fault)
    assert shop.run(TUE, OPENING + 10).state == TransferState.WAITING
    (draft,) = shop.drafts()
    return int(draft["entryNumber"])


def wait(shop: Shop, seconds: int = 120) -> None:
    for _ in range(8):
        shop.company.systems.clock.sleep_s(seconds)
        shop.company.drain()


@pytest.mark.parametrize("fault", [LOST, FAILED], ids=lambda fault: fault.name)
@pytest.mark.parametrize("away_s", [120, 7200], ids=["at once", "after e-conomic has forgotten the key"])
def test_another_text_is_seen_and_nothing_is_made_beside_it(shop: Shop, fault: Fault, away_s: int) -> None:
    entry = lost(shop, fault)
    shop.edit(entry, text=THEIRS)
    shop.company.systems.clock.sleep_s(away_s)
    wait(shop)
    assert [(row["entryNumber"], row["amount"], row["text"]) for row in shop.drafts()] == [(entry, 10, THEIRS)]
    shop.edit(entry, amount=D(4), date="2026-11-20T00:00:00")  # it is known by its number from now on
    transfer = shop.run(WED, OPENING + 10)
    assert (transfer.state, transfer.code) == (TransferState.DRAFTED, "stock_drafts_touched")
    assert shop.amounts() == [4, 6]
    shop.book_all()
    assert shop.run(date(2026, 11, 26)).code == "stock_unchanged"
    assert shop.booked() == OPENING + 10


@pytest.mark.parametrize(
    ("changes", "amounts"),
    [
        ({"amount": D(4)}, [4, 6]),
        ({"date": "2026-11-20T00:00:00"}, [10]),
        ({"contraAccountNumber": 1360}, [10]),
        ({"accountNumber": 5830}, [0, 10]),
        ({"accountNumber": CONTRA, "contraAccountNumber": STOCK}, [-10, 20]),
    ],
    ids=["amount", "date", "contra account", "off the stock account", "turned"],
)
def test_one_thing_more_than_the_text_may_have_been_changed(
    shop: Shop, changes: dict[str, object], amounts: list[int]
) -> None:
    entry = lost(shop)
    shop.edit(entry, text=THEIRS, **changes)
    wait(shop)
    assert shop.amounts() == amounts
    shop.book_all()
    shop.run(WED)
    assert (shop.booked(), shop.drafts()) == (OPENING + 10, [])


@pytest.mark.parametrize("deed", [Shop.book, Shop.delete], ids=["booked", "deleted"])
def test_what_is_booked_or_deleted_under_another_text_is_what_the_ledger_says(
    shop: Shop, deed: Callable[[Shop, int], None]
) -> None:
    entry = lost(shop)
    shop.edit(entry, text=THEIRS)
    deed(shop, entry)
    wait(shop)
    assert shop.total() == OPENING + 10
    for draft in shop.drafts():
        shop.book(draft["entryNumber"])
    assert (shop.run(WED).code, shop.booked()) == ("stock_unchanged", OPENING + 10)


def test_what_was_recognised_and_is_deleted_later_leaves_its_period_with_its_value(shop: Shop) -> None:
    entry = lost(shop)
    shop.edit(entry, text=THEIRS)
    wait(shop)
    shop.run(date(2026, 11, 30))
    shop.run(date(2026, 12, 1), OPENING + 30)
    shop.delete(entry)
    shop.run(date(2026, 12, 2), OPENING + 25)
    shop.company.drain()
    assert (shop.total(date(2026, 11, 30)), shop.total()) == (OPENING + 10, OPENING + 25)


def test_a_later_night_counts_what_was_booked_while_its_answer_was_missing(shop: Shop) -> None:
    end, night = date(2026, 11, 30), date(2026, 12, 2)
    shop.run(end, OPENING + 10)
    shop.run(date(2026, 12, 1), OPENING + 30)
    shop.delete(shop.drafts()[0]["entryNumber"])
    shop.company.systems.economic.faults.set(LOST)
    shop.run(night, OPENING + 25)  # looks at the end of November again, behind itself
    shop.company.drain()
    made = next(row for row in shop.drafts() if row["date"] == str(end))
    shop.book(made["entryNumber"])
    wait(shop)
    assert (shop.total(end), shop.total()) == (OPENING + 10, OPENING + 25)


def test_an_answer_to_an_earlier_try_of_the_day_says_nothing_of_this_one(shop: Shop) -> None:
    shop.run(TUE, OPENING + 10)
    shop.book_all()
    shop.company.systems.economic.faults.set(LOST)
    assert shop.run(TUE, OPENING + 20).state == TransferState.WAITING
    shop.edit(shop.drafts()[0]["entryNumber"], text=THEIRS)
    wait(shop, 1200)
    assert shop.amounts() == [10]


def test_a_draft_of_somebody_else_is_not_taken_for_ours(shop: Shop) -> None:
    shop.company.systems.economic.faults.set(
        Fault("never arrived", method="POST", path=f"{API}/draft-entries", drop_connection=True, times=1)
    )
    assert shop.run(TUE, OPENING + 10).state == TransferState.WAITING
    body = {"entryTypeNumber": 5, "journalNumber": JOURNAL, "date": f"{TUE}T00:00:00", "amount": D(7)}
    more = {"currency": "DKK", "accountNumber": STOCK, "contraAccountNumber": 5830, "text": "Andres"}
    shop.company.systems.in_economic("POST", f"{API}/draft-entries", {**body, **more})
    wait(shop)
    assert shop.amounts() == [7, 10]


def test_a_back_fill_knows_what_it_made_under_another_text(shop: Shop) -> None:
    shop.values |= {OCT: OPENING + 100, TUE: OPENING + 120}
    shop.run(WED, OPENING + 120)
    shop.book_all()
    shop.company.systems.clock.sleep_s(3600)
    wanted = request(OCT, OCT)
    shop.company.systems.economic.faults.set(LOST)
    begun(shop, wanted)
    shop.company.drain()
    made = shop.drafts()
    assert shop.amounts() == [100, -100]
    for row in made:
        shop.edit(row["entryNumber"], text=THEIRS)
    shop.company.systems.clock.sleep_s(7200)
    wait(shop)
    assert shop.amounts() == [100, -100]
    shop.edit(made[0]["entryNumber"], amount=D(60), date="2026-10-30T00:00:00")
    assert backfilled(shop, wanted).is_finished
    assert shop.total(OCT) == OPENING + 100
    shop.run(date(2026, 11, 26))
    assert shop.total() == OPENING + 120


SENT = NewFinanceEntry(
    entryTypeNumber=5,
    journalNumber=JOURNAL,
    date="2026-11-24",
    amount=D(10),
    currency="DKK",
    accountNumber=STOCK,
    contraAccountNumber=CONTRA,
    text="Rackbeat Justering 24-11-2026 · RB-L20261124",
)


def row(
    number: int, amount: int = 10, day: str = "2026-11-24", text: str = THEIRS, contra: int = CONTRA
) -> DraftEntryRow:
    return DraftEntryRow(
        entryNumber=number,
        journalNumber=JOURNAL,
        date=f"{day}T00:00:00Z",
        amount=D(amount),
        currency="DKK",
        accountNumber=STOCK,
        contraAccountNumber=contra,
        text=text,
    )


@pytest.mark.parametrize(
    ("rows", "known", "found"),
    [
        ([row(1)], set(), [1]),
        ([row(1, amount=9), row(2)], set(), [2]),
        ([row(1, amount=9)], set(), [1]),
        ([row(1, amount=9, day="2026-11-23")], set(), []),
        ([row(1)], {1}, []),
        ([row(1), row(2, text=SENT.text)], set(), []),
        ([row(1), row(2, text=SENT.text)], {2}, [1]),
        ([row(1, text="Rackbeat Justering 23-11-2026 · RB-L20261123")], set(), []),
    ],
    ids=[
        "its text",
        "the best of two",
        "text and amount",
        "too much",
        "known",
        "its mark stands",
        "an earlier try's mark stands",
        "another day's",
    ],
)
def test_two_of_date_amount_and_accounts_have_to_agree(
    rows: list[DraftEntryRow], known: set[int], found: list[int]
) -> None:
    assert list(recognised(rows, [SENT], known)) == found
