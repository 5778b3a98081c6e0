"""The company of these tests buys."""

from __future__ import annotations

import pytest

from tests.flows.purchases.buying import switched_on
from tests.world import Company


@pytest.fixture
def buyer(company: Company) -> Company:
    return switched_on(company)
