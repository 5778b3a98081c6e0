"""Daglig lagerværdi opdatering, A26–A31 with H27: stored, shown, and checked against e-conomic."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from lagerbro_sandbox.economic.wire.extras import EXTRAS
from tests.flows.settings.rows import ON_OFF, Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
ROWS = (
    Row("A26", "stock_value_enabled", ON_OFF),
    Row(
        "A27",
        "stock_frequency",
        (("daily", "daily"), ("weekly", "weekly"), ("monthly", "monthly"), ("", None)),
        (("hourly", "er ikke en af valgmulighederne"),),
    ),
    Row(
        "A28",
        "stock_journal",
        (("2", 2), ("1", 1)),
        (("4", "Kan ikke indeholde finansbilag."), ("9", "Kassekladde 9 findes ikke i e-conomic.")),
    ),
    Row(
        "A29 H27",
        "stock_account",
        (("5820", 5820), ("5830", 5830)),
        (
            ("1350", "Ikke en statuskonto."),
            ("5600", "Spærret for direkte posteringer i e-conomic."),
            ("5800", "En overskrift eller en sum"),
        ),
    ),
    Row(
        "A30 H27",
        "stock_contra_account",
        (("1350", 1350), ("1360", 1360)),
        (("1310", "Har momskode I25; lagerværdien skal bogføres uden moms."), ("6902", "Spærret for direkte")),
    ),
    Row(
        "F29",
        "stock_split",
        (("none", "none"), ("group", "group"), ("location", "location")),
        (("supplier", "er ikke en af valgmulighederne"),),
    ),
    Row("C9c", "stock_post_opening", ON_OFF),
    Row(
        "F13",
        "stock_minimum",
        (("5,00", D("5.00")), ("0,00", D("0.00"))),
        (("-1", "Skriv et beløb fra 0,00 til 10.000,00"), ("1.000", "Skriv et beløb fra 0,00 til 10.000,00")),
    ),
    Row("C9h", "stock_skip_negative", ON_OFF),
    Row("C9j", "stock_book", ON_OFF),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


@pytest.fixture
def split(sheet: SettingsPage) -> SettingsPage:
    """By product group, with the main pair chosen: the rows are on the page."""
    assert sheet.send(stock_value_enabled="on", stock_account="5820", stock_contra_account="1350").status == 200
    assert sheet.send(stock_split="group").status == 200
    return sheet


STOCK_1, CONTRA_1, STOCK_2, CONTRA_2 = (
    f"stock_split_accounts__group_dot_{number}_dot_{side}" for number in (1, 2) for side in ("stock", "contra")
)


def cells(sheet: SettingsPage) -> dict[str, int]:
    return dict(sheet.choices().stock_split_accounts)


def test_the_rows_are_the_product_groups_and_stay_when_nothing_is_split(split: SettingsPage) -> None:
    page = split.open()
    assert "Alt andet" in page.html
    assert {key for key in page.fields if key.startswith("stock_split_accounts:group.")} == {
        f"stock_split_accounts:group.{number}.{side}" for number in range(1, 9) for side in ("stock", "contra")
    }
    typed: dict[str, Any] = {STOCK_1: "5830", CONTRA_1: "1360", STOCK_2: "5830", CONTRA_2: "1360"}
    assert split.send(**typed).status == 200
    assert cells(split) == {
        "group.1.stock": 5830,
        "group.1.contra": 1360,
        "group.2.stock": 5830,
        "group.2.contra": 1360,
    }
    split.send(stock_split="none")
    assert "stock_split_accounts:group.1.stock" not in split.open().fields
    split.send(stock_split="group")
    assert cells(split)["group.1.stock"] == 5830
    emptied: dict[str, Any] = {STOCK_1: "", CONTRA_1: ""}
    assert split.send(**emptied).status == 200
    assert cells(split) == {"group.2.stock": 5830, "group.2.contra": 1360}


def test_the_rows_of_a_split_that_is_not_saved_yet_are_shown_when_asked_for(sheet: SettingsPage) -> None:
    page = sheet.send(act="rows", stock_value_enabled="on", stock_split="location")
    assert "Lokation i Rackbeat" in page.html
    assert sheet.choices().stock_split == "none"
    assert sheet.send(opened=page, stock_split_accounts__location_dot_1_dot_stock="5830").status == 200
    assert (sheet.choices().stock_split, cells(sheet)) == ("location", {"location.1.stock": 5830})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({STOCK_1: "1360"}, "Ikke en statuskonto."),
        ({STOCK_1: "5600"}, "Spærret for direkte posteringer i e-conomic."),
        ({STOCK_1: "9"}, "Konto 9 findes ikke i e-conomic."),
        ({STOCK_1: "5830", CONTRA_1: "1310"}, "Har momskode I25; lagerværdien skal bogføres uden moms."),
        ({CONTRA_1: "1360"}, "Rækken har en modkonto og ingen lagerkonto."),
        ({STOCK_1: "5830", CONTRA_1: "5820"}, "Konto 5820 er allerede lagerkonto; modkontoen skal være en anden."),
        ({STOCK_1: "5830", STOCK_2: "5830", CONTRA_2: "1360"}, "Lagerkonto 5830 har allerede modkonto 1350."),
        ({STOCK_1: "5820", CONTRA_1: "1360"}, "Lagerkonto 5820 har allerede modkonto 1350."),
    ],
)
def test_accounts_that_cannot_work_are_said_at_their_cells(
    split: SettingsPage, typed: dict[str, Any], said: str
) -> None:
    page = split.send(**typed)
    assert page.status == 422
    assert said in page.html
    assert cells(split) == {}


def test_a_row_of_a_group_that_is_gone_can_be_emptied(split: SettingsPage) -> None:
    split.company.decide(**{"stock_split_accounts:group.99.stock": 5830})
    page = split.open()
    assert "Findes ikke mere i Rackbeat; tøm rækken." in page.html
    assert split.send(opened=page, stock_split_accounts__group_dot_99_dot_stock="").status == 200
    assert cells(split) == {}


def test_the_contra_account_is_another_account(sheet: SettingsPage) -> None:
    page = sheet.send(stock_account="5820", stock_contra_account="5820")
    assert page.status == 422
    assert "Modkontoen skal være en anden konto end lagerkontoen." in page.html
    assert sheet.choices().stock_account is None
    assert "2 ændringer er gemt." in sheet.send(opened=page, stock_contra_account="1350").html


@pytest.mark.parametrize(
    ("flag", "status"), [("lockVatCodes", 422), ("requireAdminApproval", 200), ("isStandingJournal", 200)]
)
def test_h27_a_journal_that_locks_vat_codes_is_refused_and_others_are_told(
    sheet: SettingsPage, company: Company, flag: str, status: int
) -> None:
    store = company.systems.economic.store
    journal = store.get(1180001, "journals", "1") or {}
    store.put(1180001, "journals", 1, {**journal, EXTRAS: {flag: True}})
    page = sheet.send(stock_journal="1")
    assert page.status == status
    said = {
        "lockVatCodes": "Momskoder er låst i denne kassekladde.",
        "requireAdminApproval": "Posterne skal godkendes i e-conomic, før de kan bogføres.",
        "isStandingJournal": "En stående kassekladde",
    }
    assert said[flag] in page.html
    assert sheet.choices().stock_journal == (1 if status == 200 else None)
