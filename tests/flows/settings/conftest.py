"""The settings page of the company whose flows are run."""

from __future__ import annotations

from tests.web.settings_page import factory, sheet

__all__ = ["factory", "sheet"]
