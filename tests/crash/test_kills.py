"""Real processes and real SIGKILL: the program dies in the middle of its work, again and again, and nothing is doubled.

One round runs in every test run; `make crash ROUNDS=10` runs as many as one likes.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from lagerbro.demo import supervisor
from lagerbro.demo.children import Children
from lagerbro.demo.hands import Hands, is_up
from lagerbro.demo.state import DemoState, opened
from lagerbro.wire.numbers import decode_builtins

pytestmark = pytest.mark.timeout(0)
KILLS = 5
SETTLED_WITHIN_S = 240


class Running:
    """The demo's processes, with the program at hand to be killed."""

    def __init__(self, folder: Path, children: Children) -> None:
        self.folder = folder
        self.children = children
        self.state: DemoState = opened(folder, fresh=True)
        self.environment = supervisor._start(children, folder, self.state, lambda: None)
        supervisor._connect(folder, self.state, self.environment)
        self.hands: Hands = supervisor._hands(self.state)

    def kill(self) -> None:
        """SIGKILL the program, by the id of the process that we started, and start it again."""
        (name, child) = next(pair for pair in self.children._running if pair[0] == "web")
        os.kill(child.pid, signal.SIGKILL)
        child.wait(20)
        self.children._running.remove((name, child))
        port = self.state.ports["web"]
        self.children.start("web", ["serve", "--port", str(port)], self.environment)
        self.children.wait_until(lambda: is_up(port, "/"), 60)

    def states(self) -> Counter[str]:
        path = self.folder / "program" / "lagerbro.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as rows:
            return Counter(row[0] for row in rows.execute("SELECT state FROM sync_transfer"))

    def known(self) -> int:
        path = self.folder / "program" / "lagerbro.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as rows:
            query = "SELECT COUNT(*) FROM sync_transfer WHERE kind='customer_invoice'"
            count: int = rows.execute(query).fetchone()[0]
            return count

    def read(self, path: str) -> list[dict[str, Any]]:
        answer = self.hands.economic.get(path, params={"pagesize": "1000"})
        rows: list[dict[str, Any]] = decode_builtins(answer.content)["collection"]
        return rows

    def let_pass(self, seconds: int) -> None:
        """In Rackbeat: a minute brings new requests to spend, an hour the next try of what could not be delivered."""
        address = f"http://127.0.0.1:{self.state.ports['rackbeat']}/_sandbox/clock/advance"
        httpx2.post(address, content=b'{"seconds":%d}' % seconds, trust_env=False)

    def settle(self, documents: int) -> None:
        ends_at = time.monotonic() + SETTLED_WITHIN_S
        while self.known() < documents or set(self.states()) != {"transferred"}:
            assert time.monotonic() < ends_at, f"stuck: {self.states()} of {documents} documents"
            self.let_pass(3600)
            time.sleep(1)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with Children(tmp_path / "logs") as children:
        made = Running(tmp_path / "demo", children)
        yield made
        made.hands.close()


def test_killed_in_the_middle(running: Running, request: pytest.FixtureRequest) -> None:
    rounds = int(request.config.getoption("--rounds"))
    chance = random.Random(20261124)
    booked: list[int] = []
    for _ in range(rounds * KILLS):
        running.let_pass(60)
        booked += running.hands.book_invoices()
        time.sleep(chance.random() * 0.4)
        running.kill()
    booked += running.hands.book_invoices()
    running.settle(len(booked))
    numbers = [row["bookedInvoiceNumber"] for row in running.read("/invoices/booked")]
    assert sorted(numbers) == sorted(booked)
    assert running.read("/invoices/drafts") == []
    vouchers: Counter[int] = Counter()
    for entry in running.read(f"/accounting-years/{time.localtime().tm_year}/entries"):
        vouchers[entry["voucherNumber"]] += Decimal(entry["amountInBaseCurrency"])  # type: ignore[assignment]
    assert dict(vouchers) == dict.fromkeys(booked, 0)
    print(f"{rounds * KILLS} kills, {len(booked)} documents: 0 lost, 0 doubled, 0 stuck")
