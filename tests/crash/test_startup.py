"""A start-up sync whose real processes are killed again and again ends as one that nobody disturbed, record by record.

By hand: `make crash ROUNDS=5`, on a file and on PostgreSQL; ten kills a round.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lagerbro.demo.children import Children
from lagerbro.flows.startup.kinds import ORDER, SOURCES, Kind
from lagerbro.wire.numbers import decode_builtins, encode
from tests.crash.running import Configuration, Running, new_database
from tests.crash.starting import command

pytestmark = pytest.mark.timeout(0)
KILLS_A_ROUND = 10
RECORDS_A_ROUND = 150
"""Customers and products each that only e-conomic has."""
WITHIN_S = 600
FIRST = 70000
CUSTOMER: dict[str, Any] = {
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}


@pytest.fixture(autouse=True)
def by_hand(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--rounds") == "1":
        pytest.skip("only with rounds: make crash ROUNDS=5")


@dataclass
class Starting:
    running: Running

    def open(self, rounds: int) -> None:
        """Records that only e-conomic has, and those of the demo that both have, some under other names."""
        for number in range(FIRST, FIRST + RECORDS_A_ROUND * rounds):
            self._put(f"/customers/{number}", {"name": f"Kunde {number}", **CUSTOMER})
            product = {"name": f"Vare {number}", "productGroup": {"productGroupNumber": 1}}
            self._put(f"/products/{number}", {"productNumber": str(number), **product})
        for number in (10001, 10002, 10034):
            self._put(f"/customers/{number}", {"name": f"Ny {number}", **CUSTOMER})
        self.running.in_sandbox("rackbeat", "limit", {"per_minute": 1_000_000})

    def _put(self, path: str, body: dict[str, Any]) -> None:
        answer = self.running.hands.economic.put(path, content=encode(body))
        assert answer.status_code in (200, 201), answer.text

    def press(self, what: str) -> None:
        subprocess.run(command("press", what), env=self._environment(), check=True)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.running.environment}

    def state(self) -> str:
        ((state,),) = self.running.rows("SELECT state FROM startup_startuprun")
        return str(state)

    def until(self, state: str, chance: random.Random | None = None, kills: int = 0) -> int:
        """Wait for the state; answers how many kills there were meanwhile, at most so many."""
        ends_at, killed = time.monotonic() + WITHIN_S, 0
        while self.state() != state:
            assert time.monotonic() < ends_at, f"stuck: {self.running.states()}"
            if chance is None or killed == kills:
                time.sleep(0.3)
                continue
            time.sleep(0.1 + chance.random() * 0.6)
            if self.state() != state:
                self.running.kill(chance.choice(self.running.mortals))
                killed += 1
        return killed

    def outcomes(self) -> list[tuple[Any, ...]]:
        query = "SELECT kind, key, action, state, code, target FROM startup_startuprecord"
        return sorted(self.running.rows(query))

    def links(self) -> list[tuple[Any, ...]]:
        """With what says whether a record is as we wrote it."""
        query = "SELECT kind, rackbeat_key, economic_key, version LIKE 'startup %' FROM sync_link"
        return sorted((*row[:3], bool(row[3])) for row in self.running.rows(query) if row[0] in set(ORDER))

    def in_rackbeat(self) -> dict[Kind, dict[str, Any]]:
        found = {}
        for kind in ORDER:
            query = {"page": "1", "limit": "1000", "order_by": "number"}
            answer = self.running.hands.rackbeat.get(f"/api/{SOURCES[kind].list_path}", params=query)
            records = next(value for value in decode_builtins(answer.content).values() if isinstance(value, list))
            found[kind] = {str(row["number"]): _without_moments(row) for row in records}
        return found


def _without_moments(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("created_at", "updated_at", "id")}


@contextmanager
def begun(folder: Path, database: str, rounds: int) -> Iterator[Starting]:
    with Children(folder / "logs") as children:
        made = Starting(Running(folder / "demo", children, Configuration(folder.name, database, {"kept": True})))
        made.open(rounds)
        yield made
        made.running.hands.close()


@pytest.mark.parametrize("database", ["file", "postgres"])
def test_killed_on_the_way(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    rounds = int(request.config.getoption("--rounds"))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr("lagerbro.demo.children.lagerbro_command", command)
    ends = []
    for name, kills in (("undisturbed", 0), ("killed", KILLS_A_ROUND * rounds)):
        address = ""
        if database == "postgres":
            address = new_database(request.getfixturevalue("server"), f"startup_{name}")
        with begun(tmp_path / name, address, rounds) as starting:
            chance = random.Random(20261128)
            starting.press("dry-run")
            killed = starting.until("ready", chance, min(kills, 5))
            starting.press("begin")
            killed += starting.until("done", chance, kills - killed)
            ends.append((starting.outcomes(), starting.links(), starting.in_rackbeat()))
            print(f"\nstart-up sync on {database}, {name}: {killed} kills, {len(ends[-1][0])} records")
            assert killed >= kills // 2  # on a slow machine most of the time goes by until the killed one is back
    for undisturbed, end in zip(*ends, strict=True):
        assert [one for one in end if one not in undisturbed] == [one for one in undisturbed if one not in end] == []
    assert ends[0] == ends[1]
