"""The real program in real processes, on a file or on PostgreSQL, at hand to be killed and stopped."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx2
import psycopg

from lagerbro.demo import supervisor
from lagerbro.demo.children import Children
from lagerbro.demo.sandbox_clients import SandboxClients, is_up
from lagerbro.demo.state import DemoState, load_state
from lagerbro.wire.numbers import decode_builtins, encode
from tests.crash.mortal import ORDER
from tests.expected_vouchers import FALLBACK, GRID, JOURNAL

SETTLED_WITHIN_S = 240
DIES_WITHIN_S = 60
WORKERS = ("worker-1", "worker-2")
BOUGHT = "supplier_invoice"


@dataclass(frozen=True)
class Configuration:
    """`database`: the address of a PostgreSQL, or nothing for a file. `keys`: what e-conomic's cache does. `workers`:
    how many there are on PostgreSQL. `at_rest`: the states that transfers come to rest in."""

    name: str
    database: str
    keys: dict[str, Any]
    workers: int = len(WORKERS)
    at_rest: frozenset[str] = frozenset({"transferred"})


def new_database(server: str, name: str) -> str:
    """An empty database on the server; answers its address."""
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name}")
    return renamed(server, name)


def renamed(address: str, name: str) -> str:
    """The address of another database on the same server."""
    before, _, query = address.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


class Running:
    """The demo's processes under one configuration."""

    def __init__(self, folder: Path, children: Children, configuration: Configuration) -> None:
        self.folder = folder
        self.children = children
        self.configuration = configuration
        self._names = 0
        self.state: DemoState = load_state(folder, fresh=True)
        os.environ.pop("DATABASE_URL", None)
        if configuration.database:
            os.environ["DATABASE_URL"] = configuration.database  # inherited by every process of the program
        self.environment = supervisor._start_processes(children, folder, self.state, lambda: None)
        supervisor._connect_agreement(folder, self.state, self.environment)
        self.hands: SandboxClients = supervisor._sandbox_clients(self.state)
        self.buy()
        self.in_sandbox("economic", "idempotency", configuration.keys)
        for name in self.workers:
            children.start(name, ["worker"], self.environment)

    @property
    def workers(self) -> Sequence[str]:
        return WORKERS[: self.configuration.workers] if self.configuration.database else ()

    @property
    def mortals(self) -> Sequence[str]:
        return ("web", *self.workers)

    def process(self, name: str) -> Popen[bytes]:
        return next(child for known, child in self.children._running if known == name)

    def kill(self, name: str) -> None:
        """SIGKILL one, by the id of the process that we started, and start it again."""
        child = self.process(name)
        os.kill(child.pid, signal.SIGKILL)
        child.wait(20)
        self._again(name)

    @contextmanager
    def killed(self) -> Iterator[None]:
        """SIGKILL all of the program at once; all of it starts again when the context ends."""
        for name in self.mortals:
            os.kill(self.process(name).pid, signal.SIGKILL)
        for name in self.mortals:
            child = self.process(name)
            child.wait(20)
            self.children._running.remove((name, child))
        yield
        for name in self.mortals:
            self._start(name)

    def die_at(self, step: str, act: Callable[[], object]) -> None:
        """Let whoever comes to the step first die there, and start it again."""
        order = self.folder / "program" / ORDER
        order.with_suffix(".new").write_text(step, "ascii")
        order.with_suffix(".new").rename(order)
        act()
        ends_at = time.monotonic() + DIES_WITHIN_S
        while not (dead := [name for name in self.mortals if self.process(name).poll() is not None]):
            assert time.monotonic() < ends_at, f"nobody came to {step}"
            time.sleep(0.02)
        assert not order.exists()
        for name in dead:
            assert self.process(name).returncode == -signal.SIGKILL
            self._again(name)

    def _again(self, name: str) -> None:
        self.children._running.remove((name, self.process(name)))
        self._start(name)

    def _start(self, name: str) -> None:
        port = self.state.ports["web"]
        arguments = ["serve", "--port", str(port)] if name == "web" else ["worker"]
        self.children.start(name, arguments, self.environment)
        if name == "web":
            self.children.wait_until(lambda: is_up(port, "/"), 60)

    def freeze(self, name: str, seconds: float) -> None:
        """SIGSTOP, long enough that another takes over, and SIGCONT."""
        child = self.process(name)
        os.kill(child.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGCONT)

    def rename(self, path: str) -> None:
        """A person gives a record another name in Rackbeat."""
        self._names += 1
        body = encode({"name": f"Navn {self._names}"})
        self.hands.rackbeat.put(f"/api/{path}", content=body).raise_for_status()

    def name_of(self, path: str) -> str:
        """What Rackbeat calls a record."""
        record: dict[str, Any] = next(iter(decode_builtins(self.hands.rackbeat.get(f"/api/{path}").content).values()))
        name: str = record["name"]
        return name

    def buy(self) -> None:
        """Switch the purchase section on, with every cell of the grid decided."""
        section = {"suppliers_enabled": "true", "supplier_group_account": 6800}
        accounts = {"supplier_journal": JOURNAL, "fallback_account": FALLBACK}
        grid = {f"purchase_accounts:{cell}": account for cell, account in GRID.items()}
        for key, value in {**section, **accounts, **grid}.items():
            self.execute(
                "INSERT INTO agreements_setting (agreement_id, key, value, decided_by, decided_at) "
                f"SELECT id, '{key}', '{value}', 'test', created_at FROM agreements_agreement"
            )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        if self.configuration.database:
            with psycopg.connect(self.configuration.database, autocommit=True) as session:
                return session.execute(query).fetchall()
        path = self.folder / "program" / "lagerbro.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            return file.execute(query).fetchall()

    def execute(self, statement: str) -> None:
        """Change the program's rows behind its back."""
        if self.configuration.database:
            with psycopg.connect(self.configuration.database, autocommit=True) as session:
                session.execute(statement)
            return
        with closing(sqlite3.connect(self.folder / "program" / "lagerbro.sqlite3", timeout=20)) as file:
            file.execute(statement)
            file.commit()

    def states(self) -> Counter[tuple[str, str]]:
        return Counter(self.rows("SELECT kind, state FROM sync_transfer"))

    def _is_at_rest(self) -> bool:
        """A voucher stays a draft: a person books it."""
        at_rest = self.configuration.at_rest
        return all(state == "drafted" if kind == BOUGHT else state in at_rest for kind, state in self.states())

    def known(self, kind: str = "customer_invoice") -> int:
        count: int = self.rows(f"SELECT COUNT(*) FROM sync_transfer WHERE kind='{kind}'")[0][0]
        return count

    def read(self, path: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        while True:
            query = {"pagesize": "1000", "skippages": str(len(rows) // 1000)}
            page = decode_builtins(self.hands.economic.get(path, params=query).content)["collection"]
            rows += page
            if len(page) < 1000:
                return rows

    def in_sandbox(self, system: str, act: str, body: dict[str, Any]) -> None:
        address = f"http://127.0.0.1:{self.state.ports[system]}/_sandbox/{act}"
        httpx2.post(address, json=body, trust_env=False).raise_for_status()

    def let_pass(self, seconds: int) -> None:
        """In Rackbeat: a minute brings new requests to spend, an hour the next try of what could not be delivered."""
        self.in_sandbox("rackbeat", "clock/advance", {"seconds": seconds})

    def settle(self, documents: int, bought: int = 0) -> float:
        """Wait until everything has arrived; answers how many seconds that took. `bought`: supplier invoices."""
        began = time.monotonic()
        while self.known() < documents or self.known(BOUGHT) < bought or not self._is_at_rest():
            assert time.monotonic() < began + SETTLED_WITHIN_S, f"stuck: {self.states()} of {documents} documents"
            self.let_pass(3600)
            time.sleep(0.5)
        return time.monotonic() - began
