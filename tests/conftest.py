"""Fixtures and options that every kind of test may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from lagerbro.app.memory import settle
from tests.world import company, systems

__all__ = ["company", "systems"]

# Timing decides no test: a machine that does something else meanwhile is no counterexample.
settings.register_profile("lagerbro", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lagerbro")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", default="", help="live through these histories, e.g. 0-499 (make simulate SEEDS=0-499)")
    parser.addoption("--size", default="short", choices=("short", "long"), help="how much happens in each of them")
    parser.addoption("--bench", action="store_true", help="measure (make bench)")
    parser.addoption("--rounds", default="1", help="rounds of kills (make crash ROUNDS=10)")
    parser.addoption("--pictures", action="store_true", help="every page in every dress (make screenshots)")


def pytest_collection_finish() -> None:
    settle()


@pytest.fixture(autouse=True)
def house_language() -> Iterator[None]:
    """A request leaves its reader's language behind in the thread; the next test starts in the house's own."""
    yield
    translation.deactivate()
