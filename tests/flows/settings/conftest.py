"""The settings page of the company whose flows are run."""

from __future__ import annotations

from tests.web.settings_page import lines, sheet

__all__ = ["lines", "sheet"]
