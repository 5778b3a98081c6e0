"""Fixtures of the pages' tests."""

from __future__ import annotations

from tests.web.settings_page import factory, sheet

__all__ = ["factory", "sheet"]
