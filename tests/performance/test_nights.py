"""A night on which every agreement is due at 23:59, against the local systems: `make bench`.

1 000 agreements, `LAGERBRO_NIGHT_AGREEMENTS` for another number. The hour is not waited for: the program's clock goes
from one turn to the next, so that calls a second are those of the real hour however slow the machine is, and the turns
are worked off one after the other with the engine's own question for what is due. What the machine takes for it is
told beside, and so is its load.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest
from django.conf import settings
from django.db import connection

from lagerbro.agreements.choices import decide
from lagerbro.agreements.credentials import store_credentials
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.client import Hosts
from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.flows.stock_value.schedule import AT
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.drain import drain
from lagerbro.sync.runners.runner import THREADS
from lagerbro.sync.runtime import Clients, Runtime
from lagerbro.sync.schedules.running import schedule
from lagerbro.sync.schedules.timing import COPENHAGEN, offset
from lagerbro.sync.storage.due import agreements_with_due_work
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.transport import http_client
from tests.flows.stock_value.shop import CONTRA, JOURNAL, STOCK
from tests.hosted import free_port
from tests.performance.companies import key
from tests.performance.startup_systems import APP_SECRET, BEARER, GRANT
from tests.performance.test_startup import until_up

pytestmark = [pytest.mark.timeout(0), pytest.mark.django_db(transaction=True)]
AGREEMENTS: Final = int(os.environ.get("LAGERBRO_NIGHT_AGREEMENTS", "1000"))
FILLED_WITHIN_S: Final = 1200
CARRIED_TO: Final = 10_000
HOUR_S: Final = 3600
ALLOWED: Final = {"Rackbeat": 480, "e-conomic": 10_000}
"""Calls of one agreement that they take in a minute (rackbeat-api 1.2, economic-api 4.2)."""
ANSWERS_WITHIN_S: Final = 0.2
"""What a call of the real services is taken to last."""
ANSWERS: Final = {
    "stock_value_enabled": True,
    "stock_frequency": "daily",
    "stock_journal": JOURNAL,
    "stock_account": STOCK,
    "stock_contra_account": CONTRA,
    "stock_post_opening": True,
}


@pytest.fixture(autouse=True)
def asked_for(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


class TurnClock:
    """Goes from turn to turn; whoever sleeps moves it."""

    def __init__(self, first: datetime) -> None:
        self._now = self._first = first

    def now(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return (self._now - self._first).total_seconds()

    def sleep_s(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def go_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)


@dataclass
class Night:
    """What one night took. `calls` by system and second of the hour; `by_agreement`: the most that one made."""

    name: str
    turns: list[float] = field(default_factory=list)
    calls: dict[str, Counter[int]] = field(default_factory=lambda: {"Rackbeat": Counter(), "e-conomic": Counter()})
    by_agreement: Counter[tuple[str, int]] = field(default_factory=Counter)
    cpu_s: float = 0
    resident_mib: float = 0

    def a_turn(self, system: str) -> float:
        return self.calls[system].total() / len(self.turns)

    def tell(self) -> None:
        count, wall_s = len(self.turns), sum(self.turns)
        median, slow = (statistics.quantiles(self.turns, n=20)[at] * 1000 for at in (9, 18))
        print(
            f"\n{self.name}, {count} agreements: {wall_s:.1f} s of work, a turn {median:.0f} ms, p95 {slow:.0f} ms; "
            f"{self.cpu_s * 1000 / count:.1f} ms own CPU an agreement; {self.resident_mib:.0f} MiB resident"
        )
        for system, by_second in self.calls.items():
            by_minute = Counter[int]()
            for second, calls in by_second.items():
                by_minute[second // 60] += calls
            most = max(calls for (of, _), calls in self.by_agreement.items() if of == system)
            print(
                f"  {system}: {by_second.total()} calls, {by_second.total() / HOUR_S:.2f} a second, at most "
                f"{max(by_second.values())} in a second and {max(by_minute.values())} in a minute of all; one "
                f"agreement {most} of its {ALLOWED[system]} a minute"
            )

    def carry_on(self) -> None:
        """The model: a night of more agreements is so many times this one, each at its own turn in the hour."""
        turns = CARRIED_TO / HOUR_S
        rackbeat, economic = self.a_turn("Rackbeat"), self.a_turn("e-conomic")
        busy = (rackbeat + economic) * ANSWERS_WITHIN_S * turns
        most = max(Counter(turn // timedelta(seconds=1) for turn in map(_turn_of, range(CARRIED_TO))).values())
        print(
            f"  carried on to {CARRIED_TO}: {turns:.1f} turns a second and at most {most}, {rackbeat * turns:.1f} and "
            f"{economic * turns:.1f} calls a second and at most {rackbeat * most:.0f} and {economic * most:.0f}, "
            f"{self.cpu_s / len(self.turns) * turns:.2f} of a core; with answers after {ANSWERS_WITHIN_S} s "
            f"{busy:.1f} of the {THREADS} drains of a process are busy"
        )


class Bench:
    """The engine on one thread, with real clients, limits and keys of every agreement."""

    def __init__(self, at: Systems, first: datetime) -> None:
        self.clock = TurnClock(first)
        books = http_client(at.economic)
        self.factory = ClientFactory(self.clock, http_client(at.rackbeat), Hosts(books, books))
        routines = {"stock_value": ROUTINES["stock_value"]}
        self.runtime = Runtime("bench", self.clock, Random(1), self._connect, FLOWS, routines)
        self.agreements = [self._agreement(number) for number in range(AGREEMENTS)]
        self.night = Night("before")

    def live(self, name: str, day: date) -> Night:
        """The hour that begins on that day at 23:59."""
        begins = datetime.combine(day, AT, COPENHAGEN).astimezone(UTC)
        self.night, self.begins = Night(name), begins
        cpu_s = time.process_time()
        while (due_at := _next_due_at()) < begins + timedelta(seconds=HOUR_S):
            self.clock.go_to(due_at)
            for agreement in agreements_with_due_work(self.clock.now()):
                began_s = time.monotonic()
                assert not drain(agreement, self.runtime, lambda: False).more
                self.night.turns.append(time.monotonic() - began_s)
        self.night.cpu_s, self.night.resident_mib = time.process_time() - cpu_s, resident_mib()
        self.night.tell()
        self.night.carry_on()
        return self.night

    def _agreement(self, number: int) -> Agreement:
        now = self.clock.now()
        made = Agreement.objects.create(
            public_id=f"night-{number}",
            company_name=f"Night {number}",
            rackbeat_account_id=number + 1,
            economic_agreement_number=number + 1,
            base_currency="DKK",
            state=AgreementState.ACTIVE,
            created_at=now,
            activated_at=now,
        )
        with agreement_scope(made.pk):
            store_credentials(made, rackbeat_token=key(BEARER, number), economic_grant_token=key(GRANT, number))
            decide(made, ANSWERS, by="bench", at=now)
            schedule(made, self.runtime.routines, now, self.runtime.random)
        return made

    def _connect(self, agreement: Agreement, observe: Callable[[Exchange], None]) -> Clients:
        def seen(exchange: Exchange) -> None:
            second = int((self.clock.now() - self.begins).total_seconds())
            self.night.calls[exchange.system][second] += 1
            self.night.by_agreement[exchange.system, agreement.pk] += 1
            observe(exchange)

        return self.factory.connect(agreement, seen)


def _turn_of(number: int) -> timedelta:
    """How long after 23:59 an agreement has its turn."""
    routine = ROUTINES["stock_value"]
    return offset(routine.timing, f"night-{number}", routine.name)


def resident_mib() -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _next_due_at() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(due_at) FROM sync_schedule")
        moment = datetime.fromisoformat(str(cursor.fetchone()[0]))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Systems:
    economic: str
    rackbeat: str


@contextmanager
def systems(folder: Path, changed: date) -> Iterator[Systems]:
    ports = free_port(), free_port()
    named = {"economic": ports[0], "rackbeat": ports[1], "agreements": AGREEMENTS, "changed": changed}
    told = [f"--{name}={value}" for name, value in named.items()]
    command = [sys.executable, "-m", "tests.performance.night_systems", f"--folder={folder}", *told]
    child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        made = Systems(*(f"http://127.0.0.1:{port}" for port in ports))
        until_up(made.rackbeat, FILLED_WITHIN_S)
        yield made
    finally:
        child.terminate()
        child.wait(30)


def three_days() -> tuple[date, date, date]:
    """The latest that are over and of one month: a draft is replaced within its own only."""
    last = datetime.now(COPENHAGEN).date() - timedelta(days=1)
    while last.day < 3:
        last -= timedelta(days=1)
    return last - timedelta(days=2), last - timedelta(days=1), last


def test_a_night_of_many_agreements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "LAGERBRO_ECONOMIC_APP_SECRET", APP_SECRET)
    quiet, posting, replacing = three_days()
    noon = datetime(quiet.year, quiet.month, quiet.day, 11, tzinfo=UTC)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {resident_mib():.0f} MiB at first")
    with systems(tmp_path, posting) as at:
        bench = Bench(at, noon)
        made_mib = resident_mib()
        nights = [
            bench.live("nothing to do", quiet),
            bench.live("the first difference is posted", posting),
            bench.live("a draft is replaced", replacing),
        ]
        bench.factory.close()
    grown_kib = (nights[-1].resident_mib - made_mib) * 1024 / AGREEMENTS
    print(f"{made_mib:.0f} MiB before the nights, {grown_kib:.1f} KiB more for every agreement")
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    assert [len(night.turns) for night in nights] == [AGREEMENTS] * len(nights)
    assert [night.a_turn("Rackbeat") for night in nights] == [1, 2, 1]
    assert [night.a_turn("e-conomic") for night in nights] == [1, 4, 4]
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, COUNT(*) FROM sync_transfer GROUP BY code ORDER BY code")
        assert cursor.fetchall() == [("stock_adjusted", 2 * AGREEMENTS), ("stock_unchanged", AGREEMENTS)]
