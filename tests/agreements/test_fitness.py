"""What can do the work of a question, what cannot and why, and what a VAT code says in the wrong column."""

from __future__ import annotations

import pytest

from lagerbro.agreements.directory import Account, Journal, Layout, VatCode, VatKind
from lagerbro.agreements.fitness import (
    account_misfits,
    journal_misfits,
    layout_misfits,
    region_of,
    vat_contradiction,
)
from lagerbro.books.zones import Zone
from tests.agreements.chart import P, S, directory

BLOCKED = Account(1399, "Låst", P, "I25", blocked=True)


@pytest.mark.parametrize(
    ("key", "number", "codes"),
    [
        ("supplier_group_account", 6800, []),  # H6: control accounts are usually blocked, and are what is wanted
        ("supplier_group_account", 5820, []),
        ("supplier_group_account", 1310, ["not_balance_sheet"]),
        ("supplier_group_account", 1000, ["not_postable"]),
        ("fallback_account", 1310, []),
        ("fallback_account", 1399, ["blocked"]),
        ("fallback_account", 1370, ["barred"]),
        ("fallback_account", 1360, ["vat_code_barred"]),
        ("fallback_account", 5820, ["balance_sheet_purchase"]),
        ("stock_account", 5820, []),
        ("stock_account", 6800, ["blocked"]),
        ("stock_account", 1350, ["not_balance_sheet"]),
        ("stock_account", 1310, ["carries_vat", "not_balance_sheet"]),  # H27
        ("stock_contra_account", 1350, []),
        ("stock_contra_account", 1310, ["carries_vat"]),
        ("stock_contra_account", 5820, ["not_profit_and_loss"]),
        ("purchase_accounts:1.domestic", 1310, []),
        ("purchase_accounts:1.domestic", 1331, []),
        ("purchase_accounts:1.domestic", 1010, ["sales_vat"]),
        ("purchase_accounts:1.domestic", 1320, ["vat_contradicts_domestic"]),
        ("purchase_accounts:1.eu", 1320, []),
        ("purchase_accounts:1.eu", 1310, ["vat_contradicts_eu"]),
        ("purchase_accounts:1.eu", 1330, ["vat_contradicts_eu"]),
        ("purchase_accounts:1.eu", 1331, ["no_vat_in_eu"]),
        ("purchase_accounts:1.abroad", 1330, []),
        ("purchase_accounts:1.abroad", 1331, []),
        ("purchase_accounts:1.abroad", 1320, ["vat_contradicts_abroad"]),
        ("purchase_accounts:1.abroad", 1310, ["vat_contradicts_abroad"]),
        ("purchase_accounts:1.domestic_exempt", 1331, []),
        ("purchase_accounts:1.domestic_exempt", 1310, ["vat_in_exempt_zone"]),  # H20
        ("purchase_accounts:1.eu", 1370, ["barred", "vat_contradicts_eu"]),
        ("purchase_accounts:1.domestic", 5820, ["balance_sheet_purchase"]),
    ],
)
def test_accounts(key: str, number: int, codes: list[str]) -> None:
    chart = directory(BLOCKED)
    assert [found.code for found in account_misfits(key, chart.accounts[number], chart)] == codes


FLAGS = {
    *("sales_vat", "no_vat_in_eu", "balance_sheet_purchase", "not_profit_and_loss"),
    *("vat_contradicts_domestic", "vat_contradicts_eu", "vat_contradicts_abroad"),
}


def test_a_contradiction_is_flagged_and_only_the_impossible_is_forbidden() -> None:
    chart = directory(BLOCKED)
    keys = ("supplier_group_account", "fallback_account", "stock_account", "stock_contra_account")
    cells = tuple(f"purchase_accounts:1.{zone.value}" for zone in Zone)
    found = [
        f for key in keys + cells for account in chart.accounts.values() for f in account_misfits(key, account, chart)
    ]
    assert {misfit.code for misfit in found if not misfit.blocks} == FLAGS
    assert not {misfit.code for misfit in found if misfit.blocks} & FLAGS


@pytest.mark.parametrize(
    ("key", "number", "codes"),
    [
        ("supplier_journal", 1, []),
        ("supplier_journal", 4, []),
        ("supplier_journal", 2, [("journal_not_for_suppliers", True)]),
        ("supplier_journal", 3, [("journal_locks_vat", False)]),
        ("stock_journal", 1, []),
        ("stock_journal", 2, []),
        ("stock_journal", 4, [("journal_not_for_finance", True)]),
        ("stock_journal", 3, [("journal_locks_vat", True)]),
        ("stock_journal", 5, [("journal_standing", False), ("journal_needs_approval", False)]),
    ],
)
def test_journals(key: str, number: int, codes: list[tuple[str, bool]]) -> None:
    journal = directory().journals[number]
    assert [(found.code, found.blocks) for found in journal_misfits(key, journal)] == codes


def test_an_unknown_entry_type_takes_nothing_of_ours() -> None:
    assert [found.code for found in journal_misfits("stock_journal", Journal(9, "Ny", "other"))] == [
        "journal_not_for_finance"
    ]


def test_a_deleted_layout_cannot_be_chosen() -> None:
    assert [found.code for found in layout_misfits(Layout(2, "x", deleted=True))] == ["layout_deleted"]
    assert layout_misfits(Layout(1, "x")) == ()


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("IEUV", "Køb af varer i EU", Zone.EU),
        ("IEUY", "Ydelser", Zone.EU),
        ("IVV", "Køb af varer uden for EU", Zone.ABROAD),
        ("OM", "Omvendt betalingspligt", None),
    ],
)
def test_the_region_that_a_name_tells(code: str, name: str, region: Zone | None) -> None:
    assert region_of(VatCode(code, name, "25", VatKind.REVERSE_CHARGE)) is region
    assert region_of(VatCode(code, name, "25", VatKind.PURCHASES)) is None


def test_a_code_of_an_unknown_kind_is_not_called_wrong() -> None:
    assert vat_contradiction(VatCode("NY", "Ny kode", "12"), Zone.EU) is None


def test_status_accounts_are_known() -> None:
    assert Account(5820, "Varelager", S).takes_entries
    assert not Account(1299, "I alt", "sumInterval").takes_entries
