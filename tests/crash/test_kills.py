"""Real processes and real SIGKILL: the program dies in the middle of its work, again and again, and nothing is doubled.

One round of some configurations runs in every test run; `make crash ROUNDS=10` runs as many as one likes of all six.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lagerbro.demo.children import Children
from tests.crash.judging import judge
from tests.crash.mortal import command
from tests.crash.purchasing import Purchasing
from tests.crash.running import BOUGHT, Configuration, Running, new_database

pytestmark = pytest.mark.timeout(0)
KILLS = 5
FROZEN_S = 16.0
RENAMED = {
    "customer": ("customers/10001", "customers/10002", "customers/10034", "customers/10046", "customers/10054"),
    "supplier": ("suppliers/50001", "suppliers/50002", "suppliers/50006", "suppliers/50012"),
    "supplier_group": ("supplier-groups/1", "supplier-groups/2"),
    "product": ("products/NL-100", "products/EL-101", "products/BK-100", "products/HJ-105", "products/V-SERVICE"),
}
STEPS = [
    f"{write}.{moment}"
    for write in (
        "customer.put",
        "product.put",
        "supplier.put",
        "supplier_group.put",
        "customer_invoice.draft",
        "customer_invoice.book",
        "supplier_invoice.voucher",
        "supplier_invoice_document.attach",
        "supplier_invoice.move",
    )
    for moment in ("decided", "answered")
]
KEYS: dict[str, dict[str, Any]] = {
    "on": {"kept": True},
    "off": {"kept": False},
    "short": {"kept": True, "life_s": 2},
}
ALWAYS = ("file-on", "postgres-off")
"""What every test run tries; the rest only when rounds are asked for."""
NAMES = [f"{database}-{keys}" for database in ("file", "postgres") for keys in KEYS]


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    name = request.param
    if name not in ALWAYS and request.config.getoption("--rounds") == "1":
        pytest.skip("only with rounds: make crash ROUNDS=10")
    database, _, keys = name.partition("-")
    address = ""
    if database == "postgres":
        address = new_database(request.getfixturevalue("server"), name.replace("-", "_"))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr("lagerbro.demo.children.lagerbro_command", command)
    with Children(tmp_path / "logs") as children:
        made = Running(tmp_path / "demo", children, Configuration(name, address, KEYS[keys]))
        yield made
        made.hands.close()


@pytest.mark.parametrize("running", NAMES, indirect=True)
def test_killed_in_the_middle(running: Running, request: pytest.FixtureRequest) -> None:
    rounds = int(request.config.getoption("--rounds"))
    chance = random.Random(20261124)
    booked: list[int] = []
    purchasing = Purchasing(running)
    slowest_s = 0.0
    for number in range(rounds):
        _round(running, number, booked, purchasing, chance)
        slowest_s = max(slowest_s, running.settle(len(booked), len(purchasing.booked)))
        judge(running, booked)
        purchasing.judge()
        _judge_names(running)
    purchasing.judge_ledger()
    kills, stops = rounds * (KILLS + len(STEPS)), rounds if running.workers else 0
    print(
        f"{running.configuration.name}: {kills} kills, {stops} stops, {len(booked)} documents and "
        f"{len(purchasing.booked)} of suppliers: 0 lost, 0 doubled, "
        f"0 stuck; the slowest of {rounds} rounds had settled {slowest_s:.0f} s after its last document"
    )


def _round(running: Running, number: int, booked: list[int], purchasing: Purchasing, chance: random.Random) -> None:
    """Kills at random moments and at every named step, and one stop; after the last, a handful of documents more."""
    for _ in range(KILLS):
        running.let_pass(60)
        booked += running.hands.book_invoices()
        purchasing.book()
        time.sleep(chance.random() * 0.4)
        running.kill(chance.choice(running.mortals))
    for at, step in enumerate(STEPS):
        running.let_pass(60)
        running.die_at(step, _act_to(step, number * len(STEPS) + at, running, booked, purchasing))
    if running.workers:
        running.let_pass(60)
        booked += running.hands.book_invoices()
        time.sleep(chance.random() * 0.2)
        running.freeze(chance.choice(running.workers), FROZEN_S)
    booked += running.hands.book_invoices()


def _act_to(step: str, turn: int, running: Running, booked: list[int], purchasing: Purchasing) -> Callable[[], object]:
    """What has the program come to the step. Another record each time: one whose write has an outcome that is not known
    rests for a while (H30)."""
    kind, write, _ = step.split(".")
    if kind in RENAMED:
        paths = RENAMED[kind]
        return lambda: running.rename(paths[turn % len(paths)])
    if write == "move":
        number = purchasing.on_the_default_account()
        return lambda: purchasing.press_retry(number)
    return purchasing.book if kind.startswith(BOUGHT) else lambda: booked.extend(running.hands.book_invoices())


def _judge_names(running: Running) -> None:
    for kind, number in (("suppliers", "supplierNumber"), ("supplier-groups", "supplierGroupNumber")):
        names = {row[number]: row["name"] for row in running.read(f"/{kind}")}
        for path in RENAMED[kind.removesuffix("s").replace("-", "_")]:
            assert names[int(path.rsplit("/", 1)[1])] == running.name_of(path)
