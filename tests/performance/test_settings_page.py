"""What the settings page costs the server with 400 accounts and 60 product groups. `make bench`."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import httpx2
import pytest

from lagerbro.app.memory import settle
from tests.carrying import CoreTransport
from tests.web.settings_page import SettingsPage, factory, sheet
from tests.web.test_settings_pickers import many
from tests.world import Company

__all__ = ["factory", "sheet"]
pytestmark = [pytest.mark.timeout(0), pytest.mark.django_db, pytest.mark.usefixtures("bench")]
ACCOUNTS: Final = 400
GROUPS: Final = 60
TIMES: Final = 60
SHOWN_GOAL_MS: Final = 50
SAVED_GOAL_MS: Final = 100
OTHERS: Final = {"domestic": ("1310", "1311"), "eu": ("1320", "1321"), "abroad": ("1330", "1331")}
"""Two accounts for each column: whichever stands there, the other is a change."""
Fields = dict[str, list[str]]


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


@dataclass
class Stopwatch:
    """Times requests, without what the two systems, which run in this process, take of them."""

    systems_s: tuple[float, float] = (0.0, 0.0)
    wall_ms: list[float] = field(default_factory=list)
    own_ms: list[float] = field(default_factory=list)

    def leave_out(self, transport: CoreTransport, patch: pytest.MonkeyPatch) -> None:
        carry = transport.handle_request

        def carried(request: httpx2.Request) -> httpx2.Response:
            wall_s, own_s = time.monotonic(), time.process_time()
            try:
                return carry(request)
            finally:
                wall, own = self.systems_s
                self.systems_s = (wall + time.monotonic() - wall_s, own + time.process_time() - own_s)

        patch.setattr(transport, "handle_request", carried)

    def time(self, ask: Callable[[], Any]) -> Any:
        self.systems_s = (0.0, 0.0)
        wall_s, own_s = time.monotonic(), time.process_time()
        answer = ask()
        self.wall_ms.append(1000 * (time.monotonic() - wall_s - self.systems_s[0]))
        self.own_ms.append(1000 * (time.process_time() - own_s - self.systems_s[1]))
        return answer

    def told(self, what: str) -> float:
        """Prints the times and answers the 95th percentile of our own, in milliseconds."""
        wall, own = (statistics.quantiles(taken, n=20) for taken in (self.wall_ms, self.own_ms))
        print(f"settings page, {ACCOUNTS} accounts, {GROUPS} groups, {what}:", end=" ")
        print(f"CPU p50 {own[9]:.0f} ms, p95 {own[18]:.0f} ms; wall p50 {wall[9]:.0f} ms, p95 {wall[18]:.0f} ms")
        return own[18]


@pytest.fixture
def watch(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stopwatch]:
    """In a process that has settled as `lagerbro serve` does."""
    made = Stopwatch()
    for transport in (company.systems.to_economic, company.systems.to_rackbeat):
        made.leave_out(transport, monkeypatch)
    many(company, ACCOUNTS - 72, GROUPS - 8)
    settle()
    yield made
    gc.unfreeze()


def send(sheet: SettingsPage, fields: Fields) -> Any:
    """As a browser sends the form."""
    text = urlencode({**fields, "act": ["save"]}, doseq=True)
    return sheet.client.post(sheet.path, text, content_type="application/x-www-form-urlencoded")


def with_other_accounts(fields: Fields) -> Fields:
    """Every required cell changed."""
    changed = dict(fields)
    for name, (text, *_) in fields.items():
        one, other = OTHERS.get(name.rpartition(".")[2], ("", ""))
        if one and name.startswith("purchase_accounts:"):
            changed[name] = [other if text == one else one]
    return changed


def test_shown(sheet: SettingsPage, watch: Stopwatch) -> None:
    sheet.open()  # the registers are read and templates compiled once
    for _ in range(TIMES):
        assert watch.time(partial(sheet.client.get, sheet.path)).status_code == 200
    assert watch.told("shown") <= SHOWN_GOAL_MS


def test_saved(sheet: SettingsPage, watch: Stopwatch) -> None:
    for _ in range(TIMES):
        fields = with_other_accounts(sheet.open().fields)
        answer = watch.time(partial(send, sheet, fields))
        assert (answer.status_code, answer["Location"].partition("?")[2]) == (302, f"saved={3 * (GROUPS + 1)}#top")
    assert watch.told(f"saved with {3 * (GROUPS + 1)} changes") <= SAVED_GOAL_MS


def test_refused(sheet: SettingsPage, watch: Stopwatch) -> None:
    fields = {**with_other_accounts(sheet.open().fields), "purchase_accounts:1.eu": ["nonsense"]}
    for _ in range(TIMES):
        assert watch.time(partial(send, sheet, fields)).status_code == 422
    assert watch.told("refused for one field") <= SAVED_GOAL_MS
