"""Ten thousand webhooks, eight at once, while a backlog is drained: none lost, how soon they are answered, how much
memory that takes. `make bench`.

Over one agreement and over 200. They are paused, so that what is measured is the door beside the drain of another one
and not what becomes of records that the local Rackbeat does not have.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import pytest

from tests.crash.running import Running
from tests.performance.__main__ import command
from tests.performance.programs import book, programs

pytestmark = pytest.mark.timeout(0)
HOOKS, AT_ONCE, BACKLOG = 10_000, 8, 600
P95_MAX_MS, MEMORY_MAX_MIB = 25, 120
EVENT = "customer_invoice.booked"
MAKE = """
import django, json, sys
django.setup()
from django.utils import timezone
from lagerbro.agreements.capabilities import digest, random_secret
from lagerbro.agreements.models import Agreement, AgreementState, RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
first, made, now = int(sys.argv[1]), [], timezone.now()
for number in range(first, first + int(sys.argv[2])):
    agreement = Agreement.objects.create(
        public_id=f"door-{number}", rackbeat_account_id=number, state=AgreementState.PAUSED, created_at=now
    )
    made.append((random_secret(), random_secret()))
    with agreement_scope(agreement.pk):
        RackbeatWebhook.in_scope.create(
            agreement=agreement, event="customer_invoice.booked", remote_id=number,
            address_key_hash=digest(made[-1][0]), token=made[-1][1], created_at=now,
        )
print(json.dumps(made))
"""


@dataclass(frozen=True)
class Measured:
    name: str
    agreements: int
    p50_ms: float
    p95_ms: float
    per_second: float
    lost: int
    drained: int
    memory_mib: float


@pytest.fixture
def each(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Iterator[Running]]:
    yield from programs(tmp_path, request, monkeypatch, command)


def test_ten_thousand_hooks_beside_a_backlog(each: Iterator[Running]) -> None:
    print(f"\nload before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    found = []
    for running in (running for running in each if running.configuration.workers < 2):
        found += [_measured(running, 10_000, 1), _measured(running, 20_000, 200)]
    for row in found:
        print(
            f"{row.name:11} {row.agreements:3} agreements: p50 {row.p50_ms:.1f} ms, p95 {row.p95_ms:.1f} ms,"
            f" {row.per_second:.0f}/s, {row.lost} lost, {row.drained} documents meanwhile, {row.memory_mib:.0f} MiB"
        )
    print(f"goals: 0 lost, p95 {P95_MAX_MS} ms, {MEMORY_MAX_MIB} MiB; load after: {os.getloadavg()[0]:.1f}")
    assert [row.lost for row in found] == [0] * len(found)
    assert min(row.drained for row in found) > 0


def _measured(running: Running, first: int, count: int) -> Measured:
    doors = _made(running, first, count)
    running.execute("UPDATE agreements_agreement SET state = 'paused' WHERE public_id NOT LIKE 'door-%'")
    known = running.known()
    book(running, running.hands, BACKLOG)
    while running.known() < known + BACKLOG:
        running.let_pass(3600)
        time.sleep(0.05)
    running.let_pass(60)
    done = _done(running)
    running.execute("UPDATE agreements_agreement SET state = 'active' WHERE public_id NOT LIKE 'door-%'")
    while _done(running) == done:
        time.sleep(0.05)
    done, began = _done(running), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as hands:
        lanes = list(hands.map(lambda lane: _knocked(running, doors, lane), range(AT_ONCE)))
    lasted_s, drained = time.monotonic() - began, _done(running) - done
    noted = running.rows(
        "SELECT COUNT(*) FROM sync_transfer t JOIN agreements_agreement a ON a.id = t.agreement_id"
        f" WHERE a.rackbeat_account_id BETWEEN {first} AND {first + count - 1}"
    )
    cuts = quantiles([took for lane in lanes for took in lane], n=100)
    memory = max(_peak_mib(running.process(name).pid) for name in running.mortals)
    name = running.configuration.name
    return Measured(name, count, cuts[49], cuts[94], HOOKS / lasted_s, HOOKS - int(noted[0][0]), drained, memory)


def _knocked(running: Running, doors: list[tuple[str, str]], lane: int) -> list[float]:
    """How many milliseconds each took, over one connection that is kept."""
    took = []
    line = http.client.HTTPConnection("127.0.0.1", running.state.ports["web"], timeout=60)
    for number in range(lane, HOOKS, AT_ONCE):
        address, token = doors[number % len(doors)]
        body = json.dumps({"key_name": "number", "key": str(number)})
        sent = {"Content-Type": "application/json", "Rackbeat-Webhook-Token": token, "Rackbeat-Webhook-Event": EVENT}
        began = time.monotonic()
        line.request("POST", f"/hooks/rackbeat/{address}/", body, sent)
        answer = line.getresponse()
        answer.read()
        took.append((time.monotonic() - began) * 1000)
        assert answer.status == 202
    line.close()
    return took


def _made(running: Running, first: int, count: int) -> list[tuple[str, str]]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lagerbro.app.settings", **running.environment}
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(first), str(count)],
        env=environment,
        capture_output=True,
        check=True,
        timeout=120,
    )
    return [(address, token) for address, token in json.loads(made.stdout)]


def _done(running: Running) -> int:
    return int(running.rows("SELECT COUNT(*) FROM sync_transfer WHERE state = 'transferred'")[0][0])


def _peak_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
