"""Bogføring, A11–A14 with H2, H19, H20: the default account and the grid, suggestions that are never decisions."""

from __future__ import annotations

from typing import Any

import pytest

from lagerbro.agreements.models import Setting
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED
from lagerbro.books.zones import Zone
from tests.flows.settings.rows import Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
NOT_POSTABLE = ("1300", "En overskrift eller en sum; der kan ikke bogføres på den.")
BLOCKED = ("6800", "Spærret for direkte posteringer i e-conomic.")
UNKNOWN = ("1", "Konto 1 findes ikke i e-conomic.")
ROWS = (
    Row("A11", "fallback_account", (("1390", 1390), ("1310", 1310)), (NOT_POSTABLE, BLOCKED, UNKNOWN)),
    *(
        Row(f"A12 {zone.value}", f"purchase_accounts:1.{zone.value}", values, (NOT_POSTABLE, BLOCKED, UNKNOWN))
        for zone, values in (
            (Zone.DOMESTIC, (("1310", 1310), ("Bruges ikke", NOT_USED))),
            (Zone.EU, (("1320", 1320), ("Bruges ikke", NOT_USED))),
            (Zone.ABROAD, (("1330", 1330), ("Bruges ikke", NOT_USED))),
        )
    ),
    Row(
        "H20",
        "purchase_accounts:1.domestic_exempt",
        (("1350", 1350), ("", None)),
        (("1310", "Har momskode I25; i denne kolonne skal kontoen være uden momskode."),),
    ),
    Row("D19", "closed_period", (("first_open", "first_open"), ("hold", "hold"))),
    Row("H2", "purchase_accounts:no_item.domestic", (("1340", 1340), ("Bruges ikke", NOT_USED))),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


def test_a13_suggestions_are_shown_with_their_reason_and_never_kept(sheet: SettingsPage, company: Company) -> None:
    page = sheet.open()
    assert "<em>Forslag:</em> <b>1310</b> Varekøb Danmark, cykler · I25 <i>(navnet ligner)</i>" in page.html
    assert page.fields["purchase_accounts:1.domestic"] == [""]
    sheet.send(suppliers_enabled="on")
    with agreement_scope(company.agreement.pk):
        assert not Setting.in_scope.filter(key__startswith="purchase_accounts").exists()
    assert sheet.choices().purchase_account("1", Zone.DOMESTIC) is None


@pytest.mark.parametrize(
    ("act", "count", "some"),
    [
        ("confirm:1.eu", 1, {"1.eu": 1320}),
        ("confirm:row-5", 3, {"5.domestic": 1311, "5.eu": 1321, "5.abroad": 1331}),
        ("confirm:column-abroad", 3, {"1.abroad": 1330, "5.abroad": 1331}),
        ("confirm:all", 11, {"8.domestic": 1340, "no_item.domestic": 1340}),
    ],
)
def test_a13_confirming_without_script_fills_in_and_saving_decides(
    sheet: SettingsPage, act: str, count: int, some: dict[str, int]
) -> None:
    page = sheet.send(act, suppliers_enabled="on")
    assert page.status == 200
    assert sheet.choices().purchase_accounts == {}
    assert sheet.choices().suppliers_enabled is False
    saved = sheet.send(opened=page)
    assert f"{count + 1} ændringer er gemt." in saved.html
    accounts = sheet.choices().purchase_accounts
    assert len(accounts) == count
    assert some.items() <= accounts.items()


def test_copying_a_row_fills_the_cells_that_are_empty_and_no_others(sheet: SettingsPage) -> None:
    sheet.send(
        purchase_accounts__1_dot_domestic="1310", purchase_accounts__1_dot_eu="1320", purchase_accounts__2_dot_eu="1321"
    )
    page = sheet.send("copy:1")
    assert sheet.choices().purchase_accounts == {"1.domestic": 1310, "1.eu": 1320, "2.eu": 1321}
    sheet.send(opened=page)
    accounts = sheet.choices().purchase_accounts
    assert {name: account for name, account in accounts.items() if name.endswith("eu")} == {
        **{f"{group}.eu": 1320 for group in (1, 3, 4, 5, 6, 7, 8, NO_ITEM_GROUP)},
        "2.eu": 1321,
    }
    assert not [name for name in accounts if name.endswith("abroad")]


def test_the_counter_counts_what_is_not_decided_and_not_used_counts_as_decided(sheet: SettingsPage) -> None:
    assert '<b id="undecided"' in sheet.open().html
    assert ">27</b>" in sheet.open().html
    sheet.send(purchase_accounts__1_dot_eu="1320", purchase_accounts__1_dot_domestic="Bruges ikke")
    assert ">25</b>" in sheet.open().html


@pytest.mark.parametrize(
    ("cell", "account", "flag"),
    [
        ("1_dot_eu", "1310", "Momskode I25 (Købsmoms 25 %) er ikke til køb i EU."),
        ("1_dot_domestic", "1320", "Momskode IEUV (Køb af varer i EU) er ikke til køb i Danmark."),
        ("1_dot_abroad", "1320", "Momskode IEUV (Køb af varer i EU) er ikke til køb uden for EU."),
        ("1_dot_domestic", "1010", "Momskode U25 er til salg, ikke til køb."),
        ("1_dot_eu", "1350", "Ingen momskode: momsen af EU-køb bliver ikke beregnet."),
        ("1_dot_domestic", "5820", "En statuskonto: sammen med lagerværdien ville lageret tælle dobbelt."),
    ],
)
def test_an_account_that_contradicts_its_column_is_saved_and_flagged(
    sheet: SettingsPage, cell: str, account: str, flag: str
) -> None:
    typed: dict[str, Any] = {f"purchase_accounts__{cell}": account}
    page = sheet.send(**typed)
    assert "1 ændring er gemt." in page.html
    assert flag in page.html


def test_a_product_group_that_comes_after_activation_is_an_undecided_row_and_a_notice(
    sheet: SettingsPage, company: Company
) -> None:
    sheet.send(opened=sheet.send("confirm:all", suppliers_enabled="on"))
    sheet.send(opened=sheet.send("copy:1"))
    assert "har ingen konti endnu" not in sheet.open().html
    group = {"number": 9, "name": "Ladcykler", "has_inventory": True}
    company.systems.rackbeat.store.put(4711, "product-groups", 9, group)
    page = sheet.send("refresh", stock_journal="2")
    assert "Listerne er hentet igen." in page.html
    assert page.fields["stock_journal"] == ["2"]
    assert "En varegruppe har ingen konti endnu.</strong> Ladcykler" in page.html
    assert ">3</b>" in page.html
    assert "purchase_accounts:9.eu" in page.fields
