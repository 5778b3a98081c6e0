"""The program as it is measured: on a file, and on PostgreSQL with one worker and with two."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lagerbro.demo.children import Children
from lagerbro.demo.sandbox_clients import SandboxClients
from tests.crash.running import Configuration, Running, new_database
from tests.postgres import started

CONFIGURATIONS = (("file", 0), ("postgres", 1), ("postgres", 2))
KEPT = {"kept": True}
A_MINUTE = 150
"""Documents after which Rackbeat's minute is let pass."""
TICKS_S = os.sysconf("SC_CLK_TCK")
Command = Callable[..., list[str]]


def programs(
    folder: Path, request: pytest.FixtureRequest, patch: pytest.MonkeyPatch, command: Command
) -> Iterator[Iterator[Running]]:
    """For a fixture: each of the configurations, one after the other."""
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")
    patch.setenv("DATABASE_URL", "")
    patch.setattr("lagerbro.demo.children.lagerbro_command", command)
    yield _each(folder)


def _each(folder: Path) -> Iterator[Running]:
    server = started(Path(tempfile.mkdtemp(prefix="lagerbro-postgres-")) / "data")
    for kind, workers in CONFIGURATIONS:
        name = f"{kind}_{workers}" if workers else kind
        address = new_database(server, name) if workers else ""
        with Children(folder / f"logs-{name}") as children:
            configuration = Configuration(name, address, KEPT, workers)
            running = Running(folder / name, children, configuration)
            yield running
            running.hands.close()


def book(running: Running, hands: SandboxClients, count: int) -> list[int]:
    """Book so many invoices in Rackbeat; answers their numbers."""
    numbers = []
    for index in range(count):
        if index % A_MINUTE == 0:
            running.let_pass(60)
        body = {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 1 + index % 9}]}
        numbers.append(hands._book(body))
    return numbers


def until(running: Running, count: int) -> int:
    """Wait until so many invoices have been transferred; answers how many have."""
    query = "SELECT COUNT(*) FROM sync_transfer WHERE kind = 'customer_invoice' AND state = 'transferred'"
    ends_at = time.monotonic() + 300
    while (done := int(running.rows(query)[0][0])) < count:
        assert time.monotonic() < ends_at, f"{done} of {count} after five minutes: {running.states()}"
        time.sleep(0.02)
    return done


def cpu_s(running: Running) -> float:
    """What the program's own processes have used so far; the database server is not among them."""
    fields = [Path(f"/proc/{running.process(name).pid}/stat").read_text().rsplit(")", 1)[1] for name in running.mortals]
    return sum(sum(map(int, line.split()[11:13])) for line in fields) / TICKS_S
