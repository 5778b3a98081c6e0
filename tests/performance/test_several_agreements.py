"""Documents of several companies at once: how many a second, with one worker and with two. `make bench`.

One agreement is drained by one worker at a time, so what a second worker brings shows with several agreements only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from lagerbro.demo import children, supervisor
from lagerbro.demo.sandbox_clients import SandboxClients, sandbox_client
from tests.crash.running import Running
from tests.performance import __main__ as unspaced
from tests.performance.companies import COUNT, key
from tests.performance.programs import book, cpu_s, programs, until

pytestmark = pytest.mark.timeout(0)
EACH = 100
"""Documents of every company."""


@dataclass(frozen=True)
class Measured:
    name: str
    per_second: float
    cpu_ms: float


def command(*arguments: str) -> list[str]:
    """As the other measurements do, but for the sandboxes, which have several companies."""
    if arguments[0] == "sandbox":
        start = "import sys; from tests.performance.companies import main; sys.exit(main())"
        return [sys.executable, "-c", start, *arguments]
    return unspaced.command(*arguments)


@pytest.fixture
def each(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Iterator[Running]]:
    yield from programs(tmp_path, request, monkeypatch, command)


def test_several_agreements(each: Iterator[Running]) -> None:
    found = [_measured(running) for running in each]
    print()
    for row in found:
        print(f"{row.name:12} {row.per_second:6.1f} documents/s of {COUNT} agreements, {row.cpu_ms:.1f} ms own CPU")
    _file, one, two = found
    print(f"two workers / one, {COUNT} agreements: {two.per_second / one.per_second:.2f}")
    assert min(row.per_second for row in found) > 0


def _measured(running: Running) -> Measured:
    with ExitStack() as opened:
        hands = [running.hands]
        for number in range(1, COUNT):
            _connect_agreement(running, number)
            hands.append(opened.enter_context(closing(_sandbox_clients(running, number))))
        for each in hands:
            book(running, each, 1)
        until(running, COUNT)  # customers and products are there, connections are made
        running.execute("UPDATE agreements_agreement SET state = 'paused'")
        for each in hands:
            book(running, each, EACH)
        return _drained(running, COUNT * (EACH + 1))


def _drained(running: Running, documents: int) -> Measured:
    while running.known() < documents:
        running.let_pass(3600)
        time.sleep(0.05)
    running.let_pass(60)
    cpu = cpu_s(running)
    running.execute("UPDATE agreements_agreement SET state = 'active'")
    first = until(running, COUNT + 1)
    began = time.monotonic()
    until(running, documents)
    per_second = (documents - first) / (time.monotonic() - began)
    return Measured(running.configuration.name, per_second, (cpu_s(running) - cpu) * 1000 / (COUNT * EACH))


def _connect_agreement(running: Running, number: int) -> None:
    keys = {
        "rackbeat_token": key(running.state.rackbeat_token, number),
        "economic_grant_token": key(running.state.grant, number),
        "choices": supervisor.CHOICES,
    }
    done = subprocess.run(
        children.lagerbro_command("connect"),
        input=json.dumps(keys).encode(),
        env={**os.environ, **running.environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


def _sandbox_clients(running: Running, number: int) -> SandboxClients:
    state = running.state
    tokens = {"X-AppSecretToken": state.app_secret, "X-AgreementGrantToken": key(state.grant, number)}
    bearer = {"Authorization": f"Bearer {key(state.rackbeat_token, number)}"}
    return SandboxClients(
        sandbox_client(state.ports["rackbeat"], bearer), sandbox_client(state.ports["economic"], tokens)
    )
