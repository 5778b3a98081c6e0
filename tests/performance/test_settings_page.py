"""What the settings page costs the server with 400 accounts and 60 product groups. `make bench`."""

from __future__ import annotations

import statistics
import time
from typing import Final

import pytest

from tests.web.settings_page import SettingsPage, lines, sheet
from tests.web.test_settings_pickers import many
from tests.world import Company

__all__ = ["lines", "sheet"]
pytestmark = [pytest.mark.timeout(0), pytest.mark.django_db]
ACCOUNTS: Final = 400
GROUPS: Final = 60
TIMES: Final = 100
GOAL_MS: Final = 50


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


@pytest.mark.usefixtures("bench")
def test_the_settings_page(sheet: SettingsPage, company: Company) -> None:
    many(company, ACCOUNTS - 72, GROUPS - 8)
    client, address = sheet.client, sheet.path
    client.get(address)  # the registers are read and templates compiled once
    wall, own = [], []
    for _ in range(TIMES):
        began, used = time.monotonic(), time.process_time()
        assert client.get(address).status_code == 200
        wall.append(1000 * (time.monotonic() - began))
        own.append(1000 * (time.process_time() - used))
    for name, taken in (("wall", wall), ("CPU", own)):
        at = statistics.quantiles(taken, n=20)
        print(f"settings page, {ACCOUNTS} accounts, {GROUPS} groups, {name}: p50 {at[9]:.0f} ms, p95 {at[18]:.0f} ms")
    assert statistics.quantiles(own, n=20)[18] <= GOAL_MS
