"""A company before its activation."""

from __future__ import annotations

import pytest

from tests.connections.setting import Setting, before_activation
from tests.world import Company


@pytest.fixture
def setting(company: Company) -> Setting:
    return before_activation(company)
