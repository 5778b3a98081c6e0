"""Fixtures that every kind of test may use."""

from __future__ import annotations

from tests.world import company, systems

__all__ = ["company", "systems"]
