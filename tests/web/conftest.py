"""Fixtures of the pages' tests."""

from __future__ import annotations

from tests.web.settings_page import lines, sheet

__all__ = ["lines", "sheet"]
