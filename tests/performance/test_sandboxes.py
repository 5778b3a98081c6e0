"""The sandboxes' throughput over loopback on one core. `make bench`.

The server has a core of its own and the load is another process; several connections are kept alive, so that the
server always has work. Besides what passed in a second of wall time, what a second of the server's own CPU did is
shown: that is the same when the machine is busy with something else, and the goals are held against it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from lagerbro.wire.numbers import encode

pytestmark = pytest.mark.timeout(0)
CONNECTIONS: Final = 4
WARM_UP, COUNT_MAX, TIME_MAX_S = 200, 6_000, 10.0
READY_S: Final = 30.0
TICKS_S: Final = os.sysconf("SC_CLK_TCK")
ECONOMIC: Final = {"X-AppSecretToken": "demo-app-secret", "X-AgreementGrantToken": "demo-grant"}
RACKBEAT: Final = {"Authorization": "Bearer demo-rackbeat-token"}
CUSTOMER: Final = {
    "customerNumber": 10001,
    "name": "Cykelhjørnet",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}
PRODUCTS: Final = tuple(
    {"productNumber": number, "name": number, "productGroup": {"productGroupNumber": group}}
    for number, group in (("NL-100", 1), ("FRAGT", 8))
)
DRAFT: Final = {
    "date": "2026-11-24",
    "currency": "DKK",
    "customer": {"customerNumber": 10001},
    "recipient": {"name": "Cykelhjørnet", "vatZone": {"vatZoneNumber": 1}},
    "layout": {"layoutNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "lines": [
        {"product": {"productNumber": "NL-100"}, "quantity": 2, "unitNetPrice": 3196, "description": "Cykel"},
        {"product": {"productNumber": "FRAGT"}, "quantity": 1, "unitNetPrice": 79, "description": "Fragt"},
    ],
}


@dataclass(frozen=True)
class Measured:
    name: str
    count: int
    wall_s: float
    cpu_s: float

    @property
    def per_cpu_second(self) -> float:
        return self.count / self.cpu_s

    def __str__(self) -> str:
        return (
            f"{self.name:34} {self.count / self.wall_s:7.0f}/s, {self.per_cpu_second:7.0f} per second of CPU"
            f" ({self.count} in {self.wall_s:.1f} s)"
        )


class Wire:
    """One connection that is kept alive: bytes out, one answer in."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def status(self) -> int:
        while (ends := self._left.find(b"\r\n\r\n")) < 0:
            self._left += self._socket.recv(65536)
        head = self._left[:ends].lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(self._left) < ends + 4 + length:
            self._left += self._socket.recv(65536)
        self._left = self._left[ends + 4 + length :]
        return int(head[9:12])

    def close(self) -> None:
        self._socket.close()


@dataclass(frozen=True)
class Server:
    """A sandbox in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_S

    def asked(self, request: bytes) -> int:
        with closing(Wire(self.port)) as wire:
            wire.send(request)
            return wire.status()


def wired(method: str, path: str, headers: dict[str, str], body: object = None) -> bytes:
    """The bytes of a request."""
    content = b"" if body is None else encode(body)
    lines = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(content)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


@contextmanager
def serving(system: str, state: Path) -> Iterator[Server]:
    """The sandbox on the first core, the caller on the others, where cores can be chosen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", f"lagerbro_sandbox.{system}", "--port", str(port), "--state", str(state)]
    process = subprocess.Popen(command)
    mine = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    try:
        _wait(port)
        if len(mine) > 1:
            os.sched_setaffinity(process.pid, {min(mine)})
            os.sched_setaffinity(0, mine - {min(mine)})
        yield Server(process, port)
    finally:
        if mine:
            os.sched_setaffinity(0, mine)
        process.terminate()
        process.wait(READY_S)


def _wait(port: int) -> None:
    ends_at = time.monotonic() + READY_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < ends_at, "the sandbox did not come up"
            time.sleep(0.05)
        else:
            return


def measured(server: Server, name: str, request: bytes, status: int) -> Measured:
    """Send the same request over several connections until the count or the time is reached."""
    with ExitStack() as kept:
        wires = [kept.enter_context(closing(Wire(server.port))) for _ in range(CONNECTIONS)]
        _round(wires, request, status, WARM_UP, TIME_MAX_S)
        before, began = server.cpu_s(), time.monotonic()
        count = _round(wires, request, status, COUNT_MAX, TIME_MAX_S)
        found = Measured(name, count, time.monotonic() - began, server.cpu_s() - before)
    print(found)
    return found


def _round(wires: list[Wire], request: bytes, status: int, count_max: int, time_max_s: float) -> int:
    ends_at, count = time.monotonic() + time_max_s, 0
    while count < count_max and time.monotonic() < ends_at:
        for wire in wires:
            wire.send(request)
        for wire in wires:
            assert wire.status() == status
        count += len(wires)
    return count


@pytest.mark.usefixtures("bench")
def test_the_local_economic(tmp_path: Path) -> None:
    print()
    with serving("economic", tmp_path / "economic.sqlite3") as server:
        assert server.asked(wired("POST", "/_sandbox/bucket", {}, {"size": 10**9})) == 200
        for path, body in (("/customers", CUSTOMER), *(("/products", each) for each in PRODUCTS)):
            assert server.asked(wired("POST", path, ECONOMIC, body)) == 201
        one = measured(server, "e-conomic: a customer", wired("GET", "/customers/10001", ECONOMIC), 200)
        page = measured(server, "e-conomic: 20 accounts", wired("GET", "/accounts", ECONOMIC), 200)
        draft = measured(server, "e-conomic: a draft is made", wired("POST", "/invoices/drafts", ECONOMIC, DRAFT), 201)
    print(f"a page of 20 / one: {one.per_cpu_second / page.per_cpu_second:.1f} times the work")
    assert one.per_cpu_second >= 1000
    assert draft.per_cpu_second >= 400


@pytest.mark.usefixtures("bench")
def test_the_local_rackbeat(tmp_path: Path) -> None:
    print()
    with serving("rackbeat", tmp_path / "rackbeat.sqlite3") as server:
        assert server.asked(wired("POST", "/_sandbox/limit", {}, {"per_minute": 10**9})) == 200
        one = measured(server, "Rackbeat: a customer", wired("GET", "/api/customers/10001", RACKBEAT), 200)
        item = measured(server, "Rackbeat: a product", wired("GET", "/api/products/NL-100", RACKBEAT), 200)
        page = measured(server, "Rackbeat: 20 products", wired("GET", "/api/products", RACKBEAT), 206)
        body = {"customer_id": 10001, "lines": [{"item_id": "NL-100", "quantity": 1}]}
        measured(server, "Rackbeat: a draft is made", wired("POST", "/api/customer-invoices", RACKBEAT, body), 201)
    print(f"a page of 20 / one: {item.per_cpu_second / page.per_cpu_second:.1f} times the work")
    assert one.per_cpu_second >= 1000
    assert item.per_cpu_second >= 1000
