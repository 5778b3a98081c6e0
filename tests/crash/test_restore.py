"""A copy from an hour ago is put back in the middle of traffic, and e-conomic has forgotten every key: real processes
and real SIGKILL. Nothing is doubled and nothing is lost, whatever *Nummer optaget* says, and in the mode of drafts too.

One of them runs in every test run; `make crash ROUNDS=10` runs as many rounds as one likes of all six.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from lagerbro.demo import supervisor
from lagerbro.demo.children import Children
from tests.crash import copies
from tests.crash.judging import judge, judge_drafts
from tests.crash.mortal import command
from tests.crash.running import Configuration, Running, new_database

pytestmark = pytest.mark.timeout(0)
HOUR_S: Final = 3600
KILLS: Final = 2
CHOICES: dict[str, dict[str, Any]] = {
    "stop": {"number_taken": "stop"},
    "next": {"number_taken": "next"},
    "drafts": {"book_on_booking": False},
}
AT_REST = {name: frozenset({"transferred", "drafted"} if name == "drafts" else {"transferred"}) for name in CHOICES}
ALWAYS: Final = ("file-next",)
NAMES = [f"{database}-{choice}" for database in ("file", "postgres") for choice in CHOICES]


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    name = request.param
    if name not in ALWAYS and request.config.getoption("--rounds") == "1":
        pytest.skip("only with rounds: make crash ROUNDS=10")
    database, _, choice = name.partition("-")
    address = ""
    if database == "postgres":
        address = new_database(request.getfixturevalue("server"), f"restored_{choice}")
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr("lagerbro.demo.children.lagerbro_command", command)
    monkeypatch.setattr(supervisor, "CHOICES", {**supervisor.CHOICES, **CHOICES[choice]})
    with Children(tmp_path / "logs") as children:
        made = Running(
            tmp_path / "demo", children, Configuration(name, address, {"kept": True}, at_rest=AT_REST[choice])
        )
        yield made
        made.hands.close()


@pytest.mark.parametrize("running", NAMES, indirect=True)
def test_an_hour_is_lost_in_the_middle_of_traffic(
    running: Running, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    rounds = int(request.config.getoption("--rounds"))
    chance = random.Random(20261128)
    booked: list[int] = []
    forgotten = 0
    for number in range(rounds):
        forgotten += _round(running, booked, chance, tmp_path / f"copy-{number}", settles=rounds > 1)
        running.settle(len(booked))
        (judge_drafts if running.configuration.name.endswith("drafts") else judge)(running, booked)
    # what the copy did not know had reached e-conomic, or the test would show nothing
    assert forgotten > 0
    print(
        f"{running.configuration.name}: {rounds} copies put back, {rounds * (KILLS + 1)} kills, {len(booked)}"
        f" documents, {forgotten} of which the program had forgotten: 0 lost, 0 doubled"
    )


def _round(running: Running, booked: list[int], chance: random.Random, copy: Path, *, settles: bool) -> int:
    """Answers how many documents e-conomic had that the copy knew nothing of. `settles`: now and then everything has
    arrived before it is lost."""
    _book(running, booked)
    time.sleep(chance.random() * 0.5)
    copies.take(running, copy)
    known = _arrived(running)
    for _ in range(KILLS):
        _book(running, booked)
        time.sleep(chance.random() * 0.4)
        running.kill(chance.choice(running.mortals))
        running.in_sandbox("economic", "idempotency/forget", {})
    if settles and chance.random() < 0.5:
        running.settle(len(booked))
    _book(running, booked)
    _some_arrive(running, known)
    with running.killed():
        # An hour in e-conomic: what a key was answered is forgotten.
        running.in_sandbox("economic", "clock/advance", {"seconds": HOUR_S})
        running.in_sandbox("economic", "idempotency/forget", {})
        forgotten = _arrived(running) - known
        copies.put_back(running, copy)
        _book(running, booked)
    _book(running, booked)
    return forgotten


def _book(running: Running, booked: list[int]) -> None:
    running.let_pass(60)
    booked += running.hands.book_invoices()


def _arrived(running: Running) -> int:
    return len(running.read("/invoices/booked")) + len(running.read("/invoices/drafts"))


def _some_arrive(running: Running, known: int) -> None:
    ends_at = time.monotonic() + 60
    while _arrived(running) <= known:
        assert time.monotonic() < ends_at, "nothing arrives"
        time.sleep(0.1)
