"""Daglig lagerværdi opdatering, A26–A31 with H27: stored, shown, and checked against e-conomic."""

from __future__ import annotations

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
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


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
