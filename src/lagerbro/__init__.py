"""Lagerbro: keeps Rackbeat's stock side and Visma e-conomic's books in agreement."""

from __future__ import annotations

__version__ = "0.1.0"
