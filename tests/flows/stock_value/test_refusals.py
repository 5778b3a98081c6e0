"""What can stand between the stock value and the journal: named, nothing half-written, and mended by what is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import AGREEMENT, API, CONTRA, JOURNAL, OPENING, STOCK, Shop

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
NEEDS = TransferState.NEEDS_YOU
Change = Callable[[dict[str, Any]], None]


def change(shop: Shop, kind: str, key: str | int, act: Change) -> Callable[[], None]:
    """Change a record of e-conomic; answers how to put it back."""
    store = shop.company.systems.economic.store
    before = store.get(AGREEMENT, kind, str(key))
    assert before is not None
    after = {**before, **({"settings": {**before["settings"]}} if "settings" in before else {})}
    act(after)
    store.put(AGREEMENT, kind, key, after)
    return lambda: store.put(AGREEMENT, kind, key, before)


@pytest.mark.parametrize(
    ("kind", "key", "act", "code", "named"),
    [
        ("accounts", STOCK, lambda row: row.update(barred=True), "stock_account_barred", {"account": "5820"}),
        ("accounts", CONTRA, lambda row: row.update(barred=True), "stock_account_barred", {"account": "1350"}),
        (
            "accounts",
            CONTRA,
            lambda row: row.update(blockDirectEntries=True),
            "stock_account_blocked",
            {"account": "1350"},
        ),
        (
            "accounts",
            STOCK,
            lambda row: row.update(accountType="heading"),
            "stock_account_unusable",
            {"account": "5820"},
        ),
        (
            "journals",
            JOURNAL,
            lambda row: row["settings"].update(entryTypeRestrictedTo="supplierInvoice"),
            "stock_journal_restricted",
            {"journal": "2"},
        ),
        ("accounting-years", "2026", lambda row: row.update(closed=True), "stock_year_closed", {"date": "2026-11-24"}),
        (
            "accounting-years",
            "2026",
            lambda row: row.update(barredPeriods=["2026-11"]),
            "stock_period_closed",
            {"date": "2026-11-24"},
        ),
    ],
)
def test_what_e_conomic_refuses_is_named_and_recovers(
    shop: Shop, kind: str, key: str | int, act: Change, code: str, named: dict[str, str]
) -> None:
    mend = change(shop, kind, key, act)
    transfer = shop.run(DAY, OPENING + 10)
    assert (transfer.state, transfer.code) == (NEEDS, code)
    assert named.items() <= transfer.details.items()
    assert shop.drafts() == []
    mend()
    assert shop.run(DAY).state == TransferState.DRAFTED
    assert shop.amounts() == [10]


@pytest.mark.parametrize(
    ("value", "posted"),
    [("0.005", "0.01"), ("0.00499999", "0.00"), ("-123.45678901", "-123.46"), ("1E+3", "1000.00")],
)
def test_a_value_with_many_decimals_is_rounded_once(shop: Shop, value: str, posted: str) -> None:
    shop.run(DAY, OPENING + D(value))
    assert shop.amounts() == ([D(posted)] if D(posted) else [])


def test_a_negative_stock_value_is_posted(shop: Shop) -> None:
    shop.run(DAY, "-1234.50")
    assert shop.total() == D("-1234.50")


def test_a_value_that_no_stock_has_is_held(shop: Shop) -> None:
    transfer = shop.run(DAY, OPENING + 10**12)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_value_too_large")
    assert shop.drafts() == []
    shop.run(DAY, OPENING + 1)
    assert shop.amounts() == [1]


def test_f15_another_base_currency_is_held(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rackbeat, "base_currency", lambda _self: "SEK")
    transfer = shop.run(DAY, OPENING + 1)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_currency_differs")
    assert shop.drafts() == []
    monkeypatch.setattr(Rackbeat, "base_currency", lambda _self: "DKK")
    assert shop.run(DAY).state == TransferState.DRAFTED


def test_a_draft_of_ours_that_got_a_vat_code_is_asked_about(shop: Shop) -> None:
    shop.run(DAY, OPENING + 100)
    entry = shop.drafts()[0]["entryNumber"]
    shop.edit(entry, contraVatCode="I25")
    transfer = shop.run(date(2026, 11, 25))
    assert (transfer.state, transfer.code) == (NEEDS, "stock_draft_unclear")
    shop.delete(entry)
    shop.run(date(2026, 11, 25))
    assert shop.amounts() == [100]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("no connection", method="POST", path=f"{API}/draft-entries", drop_connection=True),
        Fault("no answer", method="POST", path=f"{API}/draft-entries", lose_answer=True),
        Fault("failed", method="POST", path=f"{API}/draft-entries", status=502, after=True),
    ],
    ids=lambda fault: fault.name,
)
def test_an_answer_that_was_lost_makes_no_second_voucher(shop: Shop, fault: Fault) -> None:
    shop.company.systems.economic.faults.set(fault)
    assert shop.run(DAY, OPENING + 10).state == TransferState.WAITING
    for _ in range(8):
        shop.company.systems.clock.sleep_s(120)
        shop.company.drain()
    assert shop.company.transfer("stock_value", DAY).state == TransferState.DRAFTED
    assert shop.amounts() == [10]


def test_a_journal_that_asks_for_approval_keeps_the_draft(shop: Shop) -> None:
    shop.company.decide(stock_book=True)
    faults = shop.company.systems.economic.faults
    faults.set(Fault("refuse", method="POST", path=f"{API}/journals/*/bookdraftentries", status=400, times=1))
    transfer = shop.run(DAY, OPENING + 10)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_not_booked")
    assert shop.amounts() == [10]
    shop.run(DAY)
    assert (shop.amounts(), shop.booked()) == ([], OPENING + 10)
