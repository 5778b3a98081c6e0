"""Documents end to end: how many a second, at what own cost, how soon after the webhook. `make bench`.

Figures depend on the machine and on what else runs; the ratios between configurations measured in one run do less.
The throughput of the sandboxes and the making of worlds are measured beside this, in files of their own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from lagerbro.wire.numbers import encode
from tests.crash.running import Running
from tests.performance.__main__ import command
from tests.performance.programs import book, cpu_s, programs, until

pytestmark = pytest.mark.timeout(0)
DOCUMENTS = 200
ONE_BY_ONE = 30


@dataclass(frozen=True)
class Measured:
    name: str
    per_second: float
    cpu_ms: float
    p50_ms: float
    p95_ms: float


@pytest.fixture
def each(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Iterator[Running]]:
    yield from programs(tmp_path, request, monkeypatch, command)


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
    book(running, running.hands, 5)
    until(running, 5)  # customers and products are there, connections are made
    soon = sorted(_soon(running) for _ in range(ONE_BY_ONE))
    before = 5 + ONE_BY_ONE
    running.execute("UPDATE agreements_agreement SET state = 'paused'")
    book(running, running.hands, DOCUMENTS)
    while running.known() < before + DOCUMENTS:
        running.let_pass(3600)
        time.sleep(0.05)
    running.let_pass(60)
    used_s = cpu_s(running)
    running.execute("UPDATE agreements_agreement SET state = 'active'")
    first = until(running, before + 1)
    began = time.monotonic()
    until(running, before + DOCUMENTS)
    took_s = time.monotonic() - began
    return Measured(
        running.configuration.name,
        (before + DOCUMENTS - first) / took_s,
        (cpu_s(running) - used_s) * 1000 / DOCUMENTS,
        soon[len(soon) // 2] * 1000,
        soon[int(len(soon) * 0.95)] * 1000,
    )


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
