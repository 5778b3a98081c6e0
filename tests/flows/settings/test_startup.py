"""Opstarts-synk and what may be changed afterwards, A32–A34 with H3."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from tests.flows.settings.rows import ON_OFF, Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db


def test_row_a32(sheet: SettingsPage) -> None:
    saved_shown_and_checked(sheet, Row("A32", "startup_sync", ON_OFF))


def test_a34_a_change_holds_from_the_next_transfer_and_never_backwards(sheet: SettingsPage, company: Company) -> None:
    sheet.send(use_actual_quantity="off")
    first = company.systems.invoice({"item_id": "NL-100", "quantity": 2})
    company.invoiced(first)
    entries = company.systems.entries()
    sheet.send(use_actual_quantity="on", book_on_booking="off")
    company.ask("customer_invoice", first)
    company.drain()
    assert company.systems.entries() == entries
    company.invoiced(company.systems.invoice({"item_id": "NL-100", "quantity": 2}))
    (draft,) = company.systems.drafts()
    assert [line["quantity"] for line in draft["lines"]] == [D(2)]
    assert company.systems.entries() == entries
