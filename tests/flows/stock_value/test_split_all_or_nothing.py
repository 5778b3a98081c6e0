"""A split's vouchers are all made or none of them (decision 0033), with e-conomic's journal as the witness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.models import TransferState
from tests.flows.stock_value.shop import JOURNAL, OPENING, STOCK
from tests.flows.stock_value.split_shop import (
    BIKES,
    CLOTHES,
    OTHER_CONTRA,
    PARTS,
    SECOND,
    THIRD,
    SplitShop,
    open_split_shop,
)
from tests.flows.stock_value.test_failures import check_told
from tests.flows.stock_value.test_refusals import change
from tests.world import Company

pytestmark = pytest.mark.django_db
MON, TUE, WED = (date(2026, 11, day) for day in (23, 24, 25))
NEEDS, DRAFTED = TransferState.NEEDS_YOU, TransferState.DRAFTED
ACCOUNTS = "GET /accounts"
Act = Callable[[dict[str, Any]], object]


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> SplitShop:
    shop = open_split_shop(company, monkeypatch)
    shop.worth = {BIKES: D("1000000.00"), PARTS: D("300000.00"), CLOTHES: D("108304.74")}
    shop.split(g2=(SECOND, OTHER_CONTRA), g3=(THIRD, None))
    return shop


def expected(shop: SplitShop) -> dict[int, D | int | str]:
    return {STOCK: shop.worth[BIKES], SECOND: shop.worth[PARTS], THIRD: shop.worth[CLOTHES]}


@pytest.mark.parametrize(
    ("account", "act", "code"),
    [
        (THIRD, lambda row: row.update(barred=True), "stock_account_barred"),
        (OTHER_CONTRA, lambda row: row.update(blockDirectEntries=True), "stock_account_blocked"),
        (SECOND, lambda row: row.update(accountType="heading"), "stock_account_unusable"),
        (THIRD, lambda row: row.update(vatAccount={"vatCode": "I25"}), "stock_account_has_vat"),
    ],
)
def test_one_account_that_takes_none_holds_all_of_them(shop: SplitShop, account: int, act: Act, code: str) -> None:
    mend = change(shop, "accounts", account, act)  # type: ignore[arg-type]  # what it answers is not used
    transfer = shop.night(MON)
    assert (transfer.state, transfer.code, transfer.details["account"]) == (NEEDS, code, str(account))
    check_told(transfer)
    assert shop.drafts() == []
    mend()
    transfer = shop.night(MON)
    assert (transfer.state, len(shop.drafts())) == (DRAFTED, 3)
    assert shop.company.calls(transfer).count(ACCOUNTS) == 1
    shop.ties(expected(shop))


@pytest.mark.parametrize("book", [False, True])
def test_an_account_that_is_left_and_was_barred_holds_its_successor(shop: SplitShop, *, book: bool) -> None:
    """Else the stock would stand on both of them until somebody looks."""
    shop.night(MON)
    if book:
        shop.book_all()
    before = shop.drafts()
    shop.split(g3=(5860, None))
    mend = change(shop, "accounts", THIRD, lambda row: row.update(barred=True))
    transfer = shop.night(TUE, g1="1000001.00")
    code = "stock_account_barred" if book else None
    if code:
        assert (transfer.state, transfer.code, transfer.details["account"]) == (NEEDS, code, str(THIRD))
        assert shop.drafts() == before
        mend()
        shop.night(TUE)
    shop.ties({STOCK: "1000001.00", SECOND: "300000.00", THIRD: 0, 5860: "108304.74"})


def test_a_full_series_of_numbers_leaves_the_drafts_that_stand_as_they_were(shop: SplitShop) -> None:
    """Two are to be replaced and one made anew: it is the new one that e-conomic refuses, before the others."""
    shop.night(MON)
    shop.book(next(row["entryNumber"] for row in shop.drafts() if row["account"] == THIRD))
    before = shop.drafts()
    numbers = {"minimumVoucherNumber": 1, "maximumVoucherNumber": 3}
    mend = change(shop, "journals", JOURNAL, lambda row: row["settings"].update(voucherNumbers=numbers))
    more = {"g1": "1000001.00", "g2": "300002.00", "g3": "108307.74"}
    transfer = shop.night(TUE, **more)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_numbers_used_up")
    assert shop.drafts() == before
    mend()
    assert shop.night(TUE).state == DRAFTED
    shop.ties(expected(shop))


def test_one_voucher_alone_is_told_by_e_conomic_and_costs_no_look_at_the_accounts(shop: SplitShop) -> None:
    shop.night(MON)
    shop.book_all()
    assert ACCOUNTS not in shop.company.calls(shop.night(TUE, g2="300010.00"))
    shop.ties(expected(shop))


def test_another_base_currency_holds_every_account_of_the_split(
    shop: SplitShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the main account is known already and only a part is new (domain-rules F15)."""
    shop.split(g2=None, g3=None)
    shop.night(MON, g1="1000100.00")
    before = shop.drafts()
    shop.split(g2=(SECOND, OTHER_CONTRA))
    monkeypatch.setattr(Rackbeat, "base_currency", lambda _self: "SEK")
    transfer = shop.night(TUE)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_currency_differs")
    check_told(transfer)
    assert (shop.drafts(), shop.total()) == (before, OPENING + 100)
    monkeypatch.setattr(Rackbeat, "base_currency", lambda _self: "DKK")
    assert shop.night(TUE).state == DRAFTED
    shop.ties({STOCK: "1108404.74", SECOND: "300000.00"})
