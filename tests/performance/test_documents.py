"""Documents end to end: how many a second, at what own cost, how soon after the webhook. `make bench`.

Figures depend on the machine and on what else runs; the ratios between configurations measured in one run do less.
The throughput of the sandboxes and the making of worlds are measured beside this, in files of their own.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from lagerbro.demo.children import Children
from lagerbro.wire.numbers import encode
from tests.crash.running import Configuration, Running
from tests.crash.test_kills import _database
from tests.performance.__main__ import command
from tests.postgres import started

pytestmark = pytest.mark.timeout(0)
DOCUMENTS = 200
ONE_BY_ONE = 30
A_MINUTE = 150
"""Documents after which Rackbeat's minute is let pass."""
KEPT = {"kept": True}
CONFIGURATIONS = (("file", 0), ("postgres", 1), ("postgres", 2))
TICKS_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    name: str
    per_second: float
    cpu_ms: float
    p50_ms: float
    p95_ms: float


@pytest.fixture
def each(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr("lagerbro.demo.children.command", command)
    return _each(tmp_path)


def _each(folder: Path) -> Iterator[Running]:
    server = started(Path(tempfile.mkdtemp(prefix="lagerbro-postgres-")) / "data")
    for kind, workers in CONFIGURATIONS:
        name = f"{kind}_{workers}" if workers else kind
        address = _database(server, name) if workers else ""
        with Children(folder / f"logs-{name}") as children:
            configuration = Configuration(name, address, KEPT, workers)
            running = Running(folder / name, children, configuration)
            yield running
            running.hands.close()


def test_documents(each: Iterator[Running]) -> None:
    found = [_measured(running) for running in each]
    print()
    for row in found:
        print(
            f"{row.name:12} {row.per_second:6.1f} documents/s, {row.cpu_ms:5.1f} ms own CPU each,"
            f" webhook to booked p50 {row.p50_ms:.0f} ms p95 {row.p95_ms:.0f} ms"
        )
    file, one, two = found
    print(f"PostgreSQL with one worker / file: {one.per_second / file.per_second:.2f}")
    print(f"two workers / one, one agreement: {two.per_second / one.per_second:.2f}")
    assert min(row.per_second for row in found) > 0


def _measured(running: Running) -> Measured:
    _book(running, 5)
    _until(running, 5)  # customers and products are there, connections are made
    soon = sorted(_soon(running) for _ in range(ONE_BY_ONE))
    before = 5 + ONE_BY_ONE
    running.execute("UPDATE agreements_agreement SET state = 'paused'")
    _book(running, DOCUMENTS)
    while running.known() < before + DOCUMENTS:
        running.let_pass(3600)
        time.sleep(0.05)
    running.let_pass(60)
    cpu_s = _cpu_s(running)
    running.execute("UPDATE agreements_agreement SET state = 'active'")
    first = _until(running, before + 1)
    began = time.monotonic()
    _until(running, before + DOCUMENTS)
    took_s = time.monotonic() - began
    return Measured(
        running.configuration.name,
        (before + DOCUMENTS - first) / took_s,
        (_cpu_s(running) - cpu_s) * 1000 / DOCUMENTS,
        soon[len(soon) // 2] * 1000,
        soon[int(len(soon) * 0.95)] * 1000,
    )


def _book(running: Running, count: int) -> list[int]:
    numbers = []
    for index in range(count):
        if index % A_MINUTE == 0:
            running.let_pass(60)
        body = {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 1 + index % 9}]}
        numbers.append(running.hands._book(body))
    return numbers


def _soon(running: Running) -> float:
    """Seconds from the booking in Rackbeat to the invoice in e-conomic's books."""
    running.let_pass(60)
    body = {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 1}]}
    number = running.hands._rackbeat("POST", "customer-invoices/drafts", body)["number"]
    running.hands.rackbeat.post(f"/api/customer-invoices/{number}/book", content=encode({})).raise_for_status()
    began = time.monotonic()
    while running.hands.economic.get(f"/invoices/booked/{number}").status_code == httpx2.codes.NOT_FOUND:
        assert time.monotonic() - began < 60
        time.sleep(0.005)
    return time.monotonic() - began


def _until(running: Running, count: int) -> int:
    """Wait until so many invoices have been transferred; answers how many have."""
    query = "SELECT COUNT(*) FROM sync_transfer WHERE kind = 'customer_invoice' AND state = 'transferred'"
    ends_at = time.monotonic() + 300
    while (done := int(running.rows(query)[0][0])) < count:
        assert time.monotonic() < ends_at, f"{done} of {count} after five minutes: {running.states()}"
        time.sleep(0.02)
    return done


def _cpu_s(running: Running) -> float:
    """What the program's own processes have used so far; the database server is not among them."""
    fields = [Path(f"/proc/{running.process(name).pid}/stat").read_text().rsplit(")", 1)[1] for name in running.mortals]
    return sum(sum(map(int, line.split()[11:13])) for line in fields) / TICKS_S
