"""Threads under a baton: one runs at a time, and a seed says which is next. Time moves when nobody can run.

A thread gives the baton back at named points only: around calls, after commits, when it sleeps or waits for others;
never inside a transaction. So a history replays to the letter.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import connection, connections

from tests.sandboxes import TestClock

Body = Callable[[], None]


class Hands:
    """Threads that live as long as the test, each with its own connection to the database."""

    def __init__(self) -> None:
        self._idle: list[queue.SimpleQueue[Body | None]] = []
        self._all: list[tuple[threading.Thread, queue.SimpleQueue[Body | None]]] = []

    def do(self, body: Body) -> None:
        if not self._idle:
            jobs: queue.SimpleQueue[Body | None] = queue.SimpleQueue()
            thread = threading.Thread(target=self._work, args=(jobs,), daemon=True)
            self._all.append((thread, jobs))
            thread.start()
            self._idle.append(jobs)
        jobs = self._idle.pop()
        jobs.put(lambda: self._done(body, jobs))

    def close(self) -> None:
        for thread, jobs in self._all:
            jobs.put(None)
            thread.join(20)

    def _done(self, body: Body, jobs: queue.SimpleQueue[Body | None]) -> None:
        body()
        self._idle.append(jobs)

    @staticmethod
    def _work(jobs: queue.SimpleQueue[Body | None]) -> None:
        while (body := jobs.get()) is not None:
            body()
        connections.close_all()


class Hub:
    """Who may run. `trace` is what happened, in order."""

    def __init__(self, random: Random, clock: TestClock, hands: Hands) -> None:
        self.random = random
        self.clock = clock
        self.trace: list[str] = []
        self._hands = hands
        self._baton: dict[str, threading.Lock] = {}
        self._ready: list[str] = []
        self._sleeping: dict[str, datetime] = {}
        self._waiting: dict[str, set[str]] = {}
        self._over = _shut()
        self._running = ""
        self._fault: BaseException | None = None

    def spawn(self, name: str, body: Body) -> None:
        """A new thread, ready to run."""
        self._baton[name] = _shut()
        self._ready.append(name)
        self._hands.do(lambda: self._live(name, body))

    def run(self) -> None:
        """Pass the baton until every thread has ended; raises the first fault that one of them ended with."""
        self._open(self._following())
        self._over.acquire()
        if self._fault is not None:
            raise self._fault
        assert not self._waiting, "threads wait for each other"

    def step(self) -> None:
        """Let somebody else run, perhaps."""
        self._ready.append(self._running)
        self._pass_on()

    def sleep_s(self, seconds: float) -> None:
        self._sleeping[self._running] = self.clock.now() + timedelta(seconds=seconds)
        self._pass_on()

    def rouse(self, names: Sequence[str]) -> None:
        """Whoever of these sleeps need not sleep any longer."""
        for name in names:
            if self._sleeping.pop(name, None) is not None:
                self._ready.append(name)

    def wait_for(self, names: Sequence[str]) -> None:
        """Until all of these have ended."""
        self._waiting[self._running] = set(names)
        self._pass_on()

    def _live(self, name: str, body: Body) -> None:
        self._baton[name].acquire()
        try:
            body()
        except BaseException as fault:  # noqa: BLE001 - a test's assertion, or a fault of ours: the one who turns the hub gets it
            self._fault = self._fault or fault
        self._end(name)
        self._open(self._following())

    def _end(self, name: str) -> None:
        del self._baton[name]
        for waiter in sorted(self._waiting):
            self._waiting[waiter].discard(name)
            if not self._waiting[waiter]:
                del self._waiting[waiter]
                self._ready.append(waiter)

    def _pass_on(self) -> None:
        """Hand the baton straight to whoever is next; who is next themselves just goes on."""
        assert not connection.in_atomic_block, "the baton is never passed inside a transaction"
        mine = self._running
        if self._following() != mine:
            self._open(self._running)
            self._baton[mine].acquire()

    def _following(self) -> str:
        """Who runs now, by the seed; nobody ("") when all have ended or wait for each other."""
        if not self._ready and self._sleeping:
            self._to_the_next_waker()
        self._ready.sort()
        self._running = self._ready.pop(self.random.randrange(len(self._ready))) if self._ready else ""
        return self._running

    def _open(self, name: str) -> None:
        (self._baton[name] if name else self._over).release()

    def _to_the_next_waker(self) -> None:
        name, when = min(self._sleeping.items(), key=lambda pair: (pair[1], pair[0]))
        del self._sleeping[name]
        self.clock.go_to(when)
        self._ready.append(name)


def _shut() -> threading.Lock:
    """A gate that one passes when another has opened it: the cheapest way for two threads to take turns."""
    gate = threading.Lock()
    gate.acquire()
    return gate
