from __future__ import annotations

import pytest

from tests.flows.orders.selling import Seller
from tests.web.settings_page import factory, sheet
from tests.world import Company

__all__ = ["factory", "sheet"]


@pytest.fixture
def seller(company: Company) -> Seller:
    """Customer and items stand in both systems, as they do when somebody writes an order."""
    for kind, key in (("customer", 10001), ("product", "NL-100"), ("product", "GEBYR")):
        company.ask(kind, key)
    company.drain()
    return Seller(company)
