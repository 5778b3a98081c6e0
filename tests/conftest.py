"""Fixtures and options that every kind of test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from lagerbro.app.memory import settle
from tests.world import company, systems

__all__ = ["company", "systems"]

# Timing decides no test: a machine that does something else meanwhile is no counterexample. The examples are the same
# every time, so that a run says something of the change and not of luck; `LAGERBRO_TEST_RANDOM=1` looks for new ones.
settings.register_profile(
    "lagerbro",
    deadline=None,
    derandomize="LAGERBRO_TEST_RANDOM" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("lagerbro")

# Files that take minutes go first: side by side with the rest, and not alone at the end.
LONGEST_FIRST = (
    "tests/simulation/",
    "tests/browser/",
    "tests/crash/",
    "tests/demo/",
    "tests/flows/odd_values/",
    "tests/web/people/",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", default="", help="live through these histories, e.g. 0-499 (make simulate SEEDS=0-499)")
    parser.addoption(
        "--size",
        default="short",
        choices=("short", "long", "stock", "split", "selling", "records", "startup"),
        help="how much happens in each of them, or of what they tell",
    )
    parser.addoption("--bench", action="store_true", help="measure (make bench)")
    parser.addoption("--rounds", default="1", help="rounds of kills (make crash ROUNDS=10)")
    parser.addoption("--pictures", action="store_true", help="every page in every dress (make screenshots)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST_FIRST))


def pytest_collection_finish() -> None:
    settle()


@pytest.fixture(autouse=True)
def house_language() -> Iterator[None]:
    """A request leaves its reader's language behind in the thread; the next test starts in the house's own."""
    yield
    translation.deactivate()
