"""The company of the start-up sync's tests."""

from __future__ import annotations

import pytest

from tests.flows.startup.town import Town
from tests.installing import factory
from tests.world import Company

__all__ = ["factory"]


@pytest.fixture
def town(company: Company) -> Town:
    """Activated with the start-up sync: e-conomic has everything, Rackbeat nothing."""
    return Town.of(company)
