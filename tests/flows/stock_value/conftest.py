"""The shop whose stock value is transferred."""

from __future__ import annotations

import pytest

from tests.flows.stock_value.shop import Shop, open_shop, valued_by
from tests.world import Company


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> Shop:
    return valued_by(open_shop(company), monkeypatch)
