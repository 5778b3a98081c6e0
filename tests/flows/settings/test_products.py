"""Produkter og grupper, A22 with H16 and F8: which cost price e-conomic gets, and when."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from tests.flows.settings.rows import ON_OFF, Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
ROWS = (Row("A22", "use_actual_cost", ON_OFF), Row("H16", "update_cost", ON_OFF))
STOCKED, MADE = "NL-100", "NY-1"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


def transferred(company: Company, number: str) -> D | None:
    """Transfer the product as Rackbeat has it now, and answer its cost price in e-conomic."""
    company.ask("product", number)
    company.drain()
    record = company.systems.economic.store.get(1180001, "products", number)
    assert record is not None
    return record.get("costPrice")


@pytest.mark.parametrize("actual", ["on", "off"])
def test_a22_the_cost_price_of_a_product_that_is_made(sheet: SettingsPage, company: Company, actual: str) -> None:
    sheet.send(use_actual_cost=actual)
    company.systems.economic.store.delete(1180001, "products", STOCKED)
    company.systems.in_rackbeat("PUT", f"products/{STOCKED}", {"recommended_cost_price": 60})
    cost = D(str(company.systems.in_rackbeat("GET", f"products/{STOCKED}")["cost_price"]))
    assert cost > 1000
    assert transferred(company, STOCKED) == (cost if actual == "on" else D(60))


@pytest.mark.parametrize("actual", ["on", "off"])
def test_f8_without_stock_the_suggested_price_is_sent(sheet: SettingsPage, company: Company, actual: str) -> None:
    sheet.send(use_actual_cost=actual)
    make(company, 60)
    assert transferred(company, MADE) == D(60)


@pytest.mark.parametrize(("update", "expected"), [("on", D(75)), ("off", D(60))])
def test_h16_the_cost_price_of_a_product_that_changes(
    sheet: SettingsPage, company: Company, update: str, expected: D
) -> None:
    sheet.send(update_cost=update)
    make(company, 60)
    assert transferred(company, MADE) == D(60)
    company.systems.in_rackbeat("PUT", f"products/{MADE}", {"recommended_cost_price": 75, "name": "Nyt navn"})
    assert transferred(company, MADE) == expected


def test_h16_a_zero_never_overwrites(sheet: SettingsPage, company: Company) -> None:
    sheet.send(update_cost="on", use_actual_cost="on")
    make(company, 60)
    transferred(company, MADE)
    company.systems.in_rackbeat("PUT", f"products/{MADE}", {"recommended_cost_price": 0, "name": "Nyt navn"})
    assert transferred(company, MADE) == D(60)


def make(company: Company, suggested: int) -> None:
    body = {"number": MADE, "name": "Ny cykel", "group": 1, "sales_price": 100, "recommended_cost_price": suggested}
    company.systems.in_rackbeat("POST", "products", body)
