"""Leverandørfakturaer, A8–A10: stored, shown, checked against e-conomic's own accounts and journals."""

from __future__ import annotations

import pytest

from tests.flows.settings.rows import ON_OFF, Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage

ROWS = (
    Row("A8", "suppliers_enabled", ON_OFF),
    Row(
        "A9 H6",
        "supplier_group_account",
        (("6800", 6800), ("6805", 6805)),
        (
            ("1310", "Ikke en statuskonto."),
            ("6900", "En overskrift eller en sum; der kan ikke bogføres på den."),
            ("68000", "Konto 68000 findes ikke i e-conomic."),
            ("kreditor", "er ikke et nummer, vi kender"),
        ),
    ),
    Row(
        "A10",
        "supplier_journal",
        (("4", 4), ("1", 1)),
        (("2", "Tager andre poster end leverandørfakturaer."), ("99", "Kassekladde 99 findes ikke i e-conomic.")),
    ),
)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


@pytest.mark.django_db
def test_what_is_switched_off_keeps_its_answers(sheet: SettingsPage) -> None:
    sheet.send(suppliers_enabled="on", supplier_journal="4", supplier_group_account="6800", fallback_account="1390")
    sheet.send(suppliers_enabled="off")
    choices = sheet.choices()
    assert choices.suppliers_enabled is False
    assert (choices.supplier_journal, choices.supplier_group_account, choices.fallback_account) == (4, 6800, 1390)
