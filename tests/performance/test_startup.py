"""The start-up sync of a company: its calls, its time against Rackbeat's limit and against a bare loop, its memory.

`make bench`; the sizes by `LAGERBRO_STARTUP_PRODUCTS` (10 000, with 2 000 customers and 300 suppliers) and
`LAGERBRO_STARTUP_MANY` (100 000). On a busy machine `LAGERBRO_STARTUP_SCALE=10` shortens Rackbeat's minute less. Ratios
are measured in one run on one machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx2
import pytest
from django.db import connections

from lagerbro.agreements import directories
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.client import Economic, EconomicTokens, Hosts
from lagerbro.flows.registry import FLOWS
from lagerbro.flows.startup import starting
from lagerbro.flows.startup.choices import DEFAULT
from lagerbro.flows.startup.kinds import ORDER, SOURCES, Kind
from lagerbro.flows.startup.models import RunState, StartupRecord, StartupRun
from lagerbro.flows.startup.rows import content_of
from lagerbro.rackbeat.client import CALLS_AT_ONCE, CALLS_PER_SECOND, Rackbeat, RackbeatToken
from lagerbro.sync.drain import drain
from lagerbro.sync.runtime import Clients, Runtime
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BucketLimiter, SpacedLimiter
from lagerbro.wire.numbers import encode
from lagerbro.wire.transport import http_client
from tests.hosted import free_port
from tests.performance.startup_systems import APP_SECRET, BEARER, GRANT, FastClock, sizes

pytestmark = [
    pytest.mark.timeout(0),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # lines of a program that has ended
    pytest.mark.django_db(transaction=True),
]
PRODUCTS: Final = int(os.environ.get("LAGERBRO_STARTUP_PRODUCTS", "10000"))
MANY: Final = int(os.environ.get("LAGERBRO_STARTUP_MANY", "100000"))
SIDE_BY_SIDE: Final = 4
SCALE: Final = int(os.environ.get("LAGERBRO_STARTUP_SCALE", "60"))
"""How much shorter Rackbeat's minute is. The machine has to make 8 calls a second times this."""
LIMIT: Final = 480
UNSPACED: Final = 1_000_000
LATENCY_MS: Final = 50


@pytest.fixture(autouse=True)
def asked_for(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


@dataclass
class Systems:
    economic: str
    rackbeat: str

    def slow(self) -> None:
        """Every call of Rackbeat's takes that long."""
        fault = {"name": "slow", "times": None, "delay_ms": LATENCY_MS}
        httpx2.post(f"{self.rackbeat}/_sandbox/faults/set", json=fault).raise_for_status()


@contextmanager
def systems(folder: Path, products: int, scale: float = 1, limit: int = 0) -> Iterator[Systems]:
    folder.mkdir()
    ports = free_port(), free_port()
    named = {"economic": ports[0], "rackbeat": ports[1], "products": products, "scale": scale, "limit": limit}
    told = [f"--{name}={value}" for name, value in named.items()]
    command = [sys.executable, "-m", "tests.performance.startup_systems", f"--folder={folder}", *told]
    child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        made = Systems(*(f"http://127.0.0.1:{port}" for port in ports))
        until_up(made.rackbeat)
        yield made
    finally:
        child.terminate()
        child.wait(30)


def until_up(address: str, within_s: int = 120) -> None:
    for _ in range(within_s * 10):
        try:
            httpx2.get(f"{address}/api/self")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} does not answer")


@dataclass
class Bench:
    """The product against these systems, with its own clock and limit."""

    runtime: Runtime
    agreement: Agreement
    calls: dict[str, int]

    def read(self) -> float:
        with agreement_scope(self.agreement.pk):
            now = self.runtime.clock.now()
            clients = self.runtime.connect(self.agreement, lambda _exchange: None)
            directories.read_and_store_all(self.agreement, clients.rackbeat, clients.economic, now)
            self.calls.clear()
            starting.ask_dry_run(self.agreement, DEFAULT, by="bench", now=now)
        return self.until(RunState.READY)

    def run(self) -> float:
        with agreement_scope(self.agreement.pk):
            starting.begin(self.agreement, by="bench", now=self.runtime.clock.now())
        return self.until(RunState.DONE)

    def until(self, state: RunState) -> float:
        """Seconds on the machine's clock."""
        began = time.monotonic()
        while True:
            drain(self.agreement.pk, self.runtime, lambda: False)
            with agreement_scope(self.agreement.pk):
                if StartupRun.in_scope.get().state == state:
                    return time.monotonic() - began

    def bodies(self) -> list[tuple[str, bytes]]:
        """What the run will post, in its order."""
        with agreement_scope(self.agreement.pk):
            rows = StartupRecord.in_scope.filter(action="make").order_by("rank", "pk")
            return [(SOURCES[Kind(row.kind)].kept_in, _body(row)) for row in rows]


def _body(row: StartupRecord) -> bytes:
    number: Any = row.number if row.kind == Kind.PRODUCT else int(row.number)
    return encode({"number": number, **content_of(row.fields)})


@contextmanager
def bench(at: Systems, number: int, scale: float = 1, limit: bool = False) -> Iterator[Bench]:
    clock, calls = FastClock(scale), dict[str, int]()
    agreement = Agreement.objects.create(
        public_id=f"bench-{number}",
        company_name="Bench",
        rackbeat_account_id=number,
        economic_agreement_number=number,
        state=AgreementState.STARTING,
        created_at=clock.now(),
    )
    pace = SpacedLimiter(clock, CALLS_PER_SECOND, burst=CALLS_AT_ONCE) if limit else SpacedLimiter(clock, UNSPACED)
    stock, books = http_client(at.rackbeat), http_client(at.economic)

    def counted(exchange: Exchange) -> None:
        name = f"{exchange.system} {exchange.method}"
        calls[name] = calls.get(name, 0) + 1

    def connect(_agreement: Agreement, observe: Callable[[Exchange], None]) -> Clients:
        def seen(exchange: Exchange) -> None:
            counted(exchange)
            observe(exchange)

        tokens = EconomicTokens(APP_SECRET, GRANT)
        return Clients(
            Rackbeat(stock, RackbeatToken(BEARER), clock, pace, seen),
            Economic(Hosts(books, books), tokens, clock, BucketLimiter(clock), seen),
        )

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:

        def run_all(jobs: Sequence[Callable[[], None]]) -> None:
            if len(jobs) == 1:
                jobs[0]()
                return
            lanes = [jobs[lane::SIDE_BY_SIDE] for lane in range(min(SIDE_BY_SIDE, len(jobs)))]
            list(pool.map(_each, lanes))

        yield Bench(
            Runtime("bench", clock, Random(1), connect, {"startup": FLOWS["startup"]}, {}, run_all), agreement, calls
        )
        list(pool.map(lambda _n: connections.close_all(), range(SIDE_BY_SIDE)))
    for http in (stock, books):
        http.close()


def _each(lane: Sequence[Callable[[], None]]) -> None:
    for job in lane:
        job()


def expected(products: int) -> tuple[int, int]:
    """Pages of e-conomic's lists, and records that are made; the small registers are a page each."""
    pages = sum(-(-count // 1000) for count in sizes(products).values()) + len(DEFAULT.carried) - 3
    return pages, sum(sizes(products).values())


def test_calls_and_the_time_against_the_limit(tmp_path: Path) -> None:
    with systems(tmp_path / "limited", PRODUCTS, SCALE, LIMIT) as at, bench(at, 1, SCALE, limit=True) as made:
        pages, records = expected(PRODUCTS)
        read_s = made.read()
        read = dict(made.calls)
        bodies = made.bodies()
        made.calls.clear()
        took_s = made.run()
        bound_s = len(bodies) / LIMIT * 60 / SCALE
        print(f"\nstart-up sync of {PRODUCTS} products: {len(bodies)} records, dry run {read_s:.1f} s, {read}")
        print(f"calls of the run {made.calls}; {took_s:.2f} s, bound {bound_s:.2f} s, ratio {took_s / bound_s:.3f}")
        assert read == {"e-conomic GET": pages, "Rackbeat GET": len(ORDER)}
        assert made.calls == {"Rackbeat POST": len(bodies)}
        assert len(bodies) >= records
        assert took_s / bound_s <= 1.05


def test_the_time_against_a_bare_loop(tmp_path: Path) -> None:
    with systems(tmp_path / "own", PRODUCTS) as at, bench(at, 2) as made:
        made.read()
        bodies = made.bodies()
        at.slow()
        took_s = made.run()
    with systems(tmp_path / "bare", PRODUCTS) as at:
        at.slow()
        bare_s = bare(at, bodies)
    print(f"\n{len(bodies)} records: {took_s:.2f} s, a bare loop {bare_s:.2f} s, ratio {took_s / bare_s:.3f}")
    assert took_s / bare_s <= 1.3


def bare(at: Systems, bodies: Sequence[tuple[str, bytes]]) -> float:
    """The least that somebody could do: the same bodies, as many at one time, and nothing remembered."""
    headers = {"Authorization": f"Bearer {BEARER}", "Content-Type": "application/json"}
    began = time.monotonic()
    with http_client(at.rackbeat) as http, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for kind in dict.fromkeys(path for path, _ in bodies):
            some = [body for path, body in bodies if path == kind]
            posted = pool.map(partial(_posted, http, kind, headers), some)
            assert {answer.status_code for answer in posted} == {201}
    return time.monotonic() - began


def _posted(http: httpx2.Client, kind: str, headers: Mapping[str, str], body: bytes) -> httpx2.Response:
    return http.post(f"/api/{kind}", content=body, headers=headers)


def test_memory_is_flat(tmp_path: Path) -> None:
    """The most that the process has ever taken, after so many records and after ten times as many."""
    peaks = []
    for number, products in enumerate((MANY // 10, MANY)):
        with systems(tmp_path / f"{products}", products) as at, bench(at, 10 + number) as made:
            made.read()
            made.run()
            with agreement_scope(made.agreement.pk):
                StartupRun.in_scope.all().delete()
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(f"\npeak memory: {peaks[0]:.0f} MiB at {MANY // 10}, {peaks[1]:.0f} MiB at {MANY}, {peaks[1] / peaks[0]:.3f}")
    assert peaks[1] / peaks[0] <= 1.1
