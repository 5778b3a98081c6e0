"""The program with lines to both local systems, and a person at a browser."""

from __future__ import annotations

from tests.installing import factory, installer

__all__ = ["factory", "installer"]
