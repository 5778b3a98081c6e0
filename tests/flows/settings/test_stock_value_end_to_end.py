"""A26–A31, the smallest difference, negative stock, own entries booked, the first difference and the split: every value
of every stock setting from end to end, Rackbeat's value → run → e-conomic's journal, booked there, and the ledger.

A test sees to it that no setting of the section and none of their values is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D
from typing import Any, Final

import pytest

from lagerbro.agreements.questions import QUESTIONS, Control, Section
from lagerbro.sync.models import TransferState
from tests.flows.stock_value.shop import AGREEMENT, OPENING
from tests.flows.stock_value.split_shop import BIKES, CLOTHES, PARTS, SplitShop, open_split_shop
from tests.flows.stock_value.test_schedule import at
from tests.world import Company

pytestmark = pytest.mark.django_db
TUE, WED = date(2026, 11, 24), date(2026, 11, 25)
Ledger = dict[int, D]
RISE: Final = {5820: D("100.00"), 1350: D("-100.00")}
OF_GROUP: Final = {5820: D("-299900.00"), 5830: D("300000.00"), 1350: D("-100.00")}
OF_GROUP_APART: Final = {**OF_GROUP, 1350: D("299900.00"), 1360: D("-300000.00")}
OF_LOCATION: Final = {5820: D("-108204.74"), 5830: D("108304.74"), 1350: D("-100.00")}
"""Location 3 has an account of its own, and group 2."""
Prepare = Callable[[SplitShop], None]


def as_it_is(_shop: SplitShop) -> None:
    pass


def by_group(shop: SplitShop) -> None:
    shop.split(g2=(5830, None))


def by_group_with_contra(shop: SplitShop) -> None:
    shop.split(g2=(5830, 1360))


def with_rows_of_both(shop: SplitShop) -> None:
    shop.company.decide(**{"stock_split_accounts:group.2.stock": 5830, "stock_split_accounts:location.3.stock": 5830})


def with_negative_stock(shop: SplitShop) -> None:
    shop.negative = {PARTS: D("-40.00")}


@dataclass(frozen=True)
class Row:
    """`ledger`: what is booked in the end, empty where nothing may move; `booked_by_us`: nobody else has to book it.
    `days`: on which the routine runs by itself from the 26th to the month's end; None where it is asked for."""

    row: str
    setting: str
    value: Any
    ledger: Ledger
    code: str = "stock_adjusted"
    state: TransferState = TransferState.DRAFTED
    prepare: Prepare = as_it_is
    journal: int = 2
    booked_by_us: bool = False
    days: list[str] | None = None
    details: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.row} {self.setting} {self.value}"


NEEDS, DONE = TransferState.NEEDS_YOU, TransferState.TRANSFERRED
ROWS: Final = (
    Row("A26", "stock_value_enabled", True, RISE),
    Row("A26", "stock_value_enabled", False, {}, "stock_value_off", TransferState.CANCELLED),
    Row("A27", "stock_frequency", "daily", RISE, days=[f"2026-11-{day}" for day in range(26, 31)]),
    Row("A27", "stock_frequency", "weekly", RISE, days=["2026-11-29"]),
    Row("A27", "stock_frequency", "monthly", RISE, days=["2026-11-30"]),
    Row("A27", "stock_frequency", None, {}, days=[]),
    Row("A28", "stock_journal", 2, RISE),
    Row("A28", "stock_journal", 1, RISE, journal=1),
    Row("A28", "stock_journal", None, {}, "stock_settings_missing", NEEDS),
    Row("A29", "stock_account", 5820, RISE),
    Row("A29", "stock_account", 5830, {5830: OPENING + 100, 1350: -OPENING - 100}),
    Row("A29", "stock_account", None, {}, "stock_settings_missing", NEEDS),
    Row("A30", "stock_contra_account", 1350, RISE),
    Row("A30", "stock_contra_account", 1360, {5820: D("100.00"), 1360: D("-100.00")}),
    Row("A30", "stock_contra_account", None, {}, "stock_settings_missing", NEEDS),
    Row("F29", "stock_split", "none", RISE, prepare=with_rows_of_both),
    Row("F29", "stock_split", "group", OF_GROUP, prepare=with_rows_of_both),
    Row("F29", "stock_split", "location", OF_LOCATION, prepare=with_rows_of_both),
    Row("F29", "stock_split_accounts:group.2.stock", 5830, OF_GROUP, prepare=by_group),
    Row("F29", "stock_split_accounts:group.2.stock", 5820, RISE, prepare=by_group),
    Row("F29", "stock_split_accounts:group.2.stock", None, RISE, prepare=by_group),
    Row("F29", "stock_split_accounts:group.2.contra", 1360, OF_GROUP_APART, prepare=by_group),
    Row("F29", "stock_split_accounts:group.2.contra", None, OF_GROUP, prepare=by_group_with_contra),
    Row("F29", "stock_split_accounts:group.2.contra", 5820, {}, "stock_contra_is_stock", NEEDS, by_group),
    Row("C9c", "stock_post_opening", True, RISE),
    Row("C9c", "stock_post_opening", False, {}, "stock_opening_difference", NEEDS, details={"difference": "100.00"}),
    Row(
        "C9c",
        "stock_post_opening",
        False,
        {},
        "stock_opening_difference",
        NEEDS,
        by_group,
        details={"account": "5820, 5830"},
    ),
    Row("F13", "stock_minimum", "0.00", RISE),
    Row("F13", "stock_minimum", "100.00", RISE),
    Row("F13", "stock_minimum", "100.01", {}, "stock_unchanged", DONE),
    Row("C9h", "stock_skip_negative", True, RISE, prepare=with_negative_stock),
    Row(
        "C9h",
        "stock_skip_negative",
        False,
        {5820: D("60.00"), 1350: D("-60.00")},
        prepare=with_negative_stock,
    ),
    Row("C9j", "stock_book", True, RISE, state=DONE, booked_by_us=True),
    Row("C9j", "stock_book", False, RISE),
)


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> SplitShop:
    shop = open_split_shop(company, monkeypatch)
    shop.worth = {BIKES: D("1000100.00"), PARTS: D("300000.00"), CLOTHES: D("108304.74")}
    return shop


def ledger(shop: SplitShop) -> Ledger:
    """What is booked on each account beside what stood there before."""
    found: Ledger = {}
    for entry in shop.company.systems.economic.store.entries.between(AGREEMENT, "2026-11-20", "2099-12-31"):
        found[entry.account] = found.get(entry.account, D(0)) + entry.base_amount
    return {account: amount for account, amount in found.items() if amount}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(shop: SplitShop, row: Row) -> None:
    row.prepare(shop)
    shop.company.decide(**{row.setting.replace(":", "__"): row.value})
    before = ledger(shop)
    if row.days is None:
        transfer = shop.run(TUE)
        assert (transfer.state, transfer.code) == (row.state, row.code), transfer.details
        assert row.details.items() <= transfer.details.items()
    else:
        for day in range(26, 31):
            at(shop, date(2026, 11, day))
        assert [key for key, _ in shop.transfers()] == row.days
    drafts = shop.drafts()
    assert all(not row.get("vat") and not row.get("contraVat") for row in drafts)
    assert bool(drafts) == (bool(row.ledger) and not row.booked_by_us)
    if not row.booked_by_us:
        assert ledger(shop) == before, "nothing is booked by us"
    if drafts:
        shop.book(*[one["entryNumber"] for one in drafts], journal=row.journal)
    made = {account: amount - before.get(account, D(0)) for account, amount in ledger(shop).items()}
    assert {account: amount for account, amount in made.items() if amount} == row.ledger
    if row.days is None and row.ledger:
        assert shop.run(WED).code == "stock_unchanged"
        assert shop.drafts() == []


def test_every_setting_of_the_section_is_here_with_every_value() -> None:
    tried: dict[str, set[Any]] = {}
    for row in ROWS:
        tried.setdefault(row.setting.partition(":")[0], set()).add(row.value)
    of_the_section = {one.key: one for one in QUESTIONS if one.section is Section.STOCK_VALUE}
    assert tried.keys() == of_the_section.keys()
    for key, question in of_the_section.items():
        match question.control:
            case Control.SWITCH:
                assert tried[key] == {True, False}
            case Control.OPTION:
                assert tried[key] - {None} == set(question.options)
                assert (None in tried[key]) == (question.default is None)
            case Control.ACCOUNT | Control.JOURNAL:
                assert None in tried[key]
                assert len(tried[key]) >= 3, "two that are chosen, and none"
            case Control.AMOUNT:
                assert {str(question.default)} < tried[key], "none, one that is met, and one that is not"
                assert len(tried[key]) >= 3
            case Control.SPLIT:
                assert {None, 5820, 5830} <= tried[key]
            case _:
                pytest.fail(f"{key} is asked in a way that this table does not know")
    sides = {row.setting.rpartition(".")[2] for row in ROWS if row.setting.startswith("stock_split_accounts")}
    assert sides == {"stock", "contra"}
    assert {one.row for one in of_the_section.values()} <= {row.row for row in ROWS}
