"""Layouts, A24–A25 with H14: matched layouts, the default, and what an invoice gets."""

from __future__ import annotations

import pytest

from tests.flows.settings.rows import Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
UNKNOWN = (("77", "Layout 77 findes ikke i e-conomic."),)
ROWS = (
    Row("A24", "layouts:2", (("3", 3), ("2", 2), ("", None)), UNKNOWN),
    Row("H14", "default_layout", (("2", 2), ("1", 1)), UNKNOWN),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


@pytest.mark.parametrize(("matched", "default", "layout"), [("3", "1", 3), ("2", "1", 2), ("", "1", 1), ("", "2", 2)])
def test_a24_the_layout_of_an_invoice(
    sheet: SettingsPage, company: Company, matched: str, default: str, layout: int
) -> None:
    sheet.send(layouts__2=matched, default_layout=default, book_on_booking="off")
    company.invoiced(company.systems.invoice(layout_id=2))
    (draft,) = company.systems.drafts()
    assert draft["layout"]["layoutNumber"] == layout


def test_a_layout_that_was_deleted_can_not_be_chosen(sheet: SettingsPage, company: Company) -> None:
    store = company.systems.economic.store
    store.put(1180001, "layouts", 2, {"layoutNumber": 2, "name": "Engelsk", "deleted": True})
    page = sheet.send(layouts__1="2")
    assert (page.status, "Slettet i e-conomic." in page.html) == (422, True)
    store.put(1180001, "layouts", 2, {"layoutNumber": 2, "name": "Engelsk", "deleted": False})
    assert "1 ændring er gemt." in sheet.send(opened=page).html
