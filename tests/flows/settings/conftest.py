"""The settings page of the company whose flows are run."""

from __future__ import annotations

from tests.flows.supplier_invoices.conftest import buyer
from tests.web.settings_page import factory, sheet

__all__ = ["buyer", "factory", "sheet"]
