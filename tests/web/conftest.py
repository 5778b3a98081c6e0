"""Fixtures of the pages' tests."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.web.settings_page import factory, sheet

__all__ = ["factory", "sheet"]


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    """Sign-in counts tries by address, and all tests come from the same one."""
    cache.clear()
