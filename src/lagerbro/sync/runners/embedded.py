"""The embedded runner: threads in the process that also serves the pages, on SQLite.

One process per installation, kept single by a file lock that the kernel gives back whatever happens to the process.
Inside it an agreement is drained by one thread at a time. A wake is a hint; the sweep finds what no wake announced.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from pathlib import Path

import structlog
from django.db import connections

from lagerbro.sync.runners.runner import SWEEP_INTERVAL_S, THREADS, Drain, Due

log = structlog.get_logger()


class AlreadyRunningError(RuntimeError):
    """Another process of this installation has the runner."""


class SingleProcess:
    """The lock that keeps a second process from draining the same database."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+")  # and not "w": who is refused must not wipe out the number of who has it
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise AlreadyRunningError(
                f"{path} is held by another Lagerbro process. Stop that one, or give this one its own LAGERBRO_HOME."
            ) from error
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class EmbeddedRunner:
    """Wakes become drains. `drain` is called with an agreement's id and a question whether to stop."""

    def __init__(
        self,
        drain: Drain,
        due: Due,
        *,
        threads: int = THREADS,
        sweep_s: float = SWEEP_INTERVAL_S,
    ) -> None:
        self._drain = drain
        self._due = due
        self._sweep_s = sweep_s
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._queue: deque[int] = deque()
        self._queued: set[int] = set()
        self._held: set[int] = set()
        self._again: set[int] = set()
        self._threads = [threading.Thread(target=self._work, name=f"drain-{n}") for n in range(threads)]
        self._threads.append(threading.Thread(target=self._sweep, name="sweep"))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self, agreement_id: int) -> None:
        """The agreement may have something to do."""
        with self._changed:
            if agreement_id in self._held:  # noted and not queued: a second thread would only find it taken
                self._again.add(agreement_id)
            elif agreement_id not in self._queued:
                self._queued.add(agreement_id)
                self._queue.append(agreement_id)
                self._changed.notify()

    def stop(self, timeout_s: float = 60) -> bool:
        """Finish the documents in hand and end; answers whether everything ended in time."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (agreement_id := self._next()) is not None:
            try:
                more = self._drain(agreement_id, self._stop.is_set).more
            except Exception:  # the edge of a thread: it must live on, and the sweep tries again
                log.exception("drain_failed", agreement=agreement_id)
                more = False
            self._put_back(agreement_id, more=more)
        connections.close_all()

    def _next(self) -> int | None:
        with self._changed:
            while not self._queue and not self._stop.is_set():
                self._changed.wait()
            if self._stop.is_set():
                return None
            agreement_id = self._queue.popleft()
            self._queued.discard(agreement_id)
            self._held.add(agreement_id)
            return agreement_id

    def _put_back(self, agreement_id: int, *, more: bool) -> None:
        with self._changed:
            self._held.discard(agreement_id)
            again = more or agreement_id in self._again
            self._again.discard(agreement_id)
        if again:
            self.wake(agreement_id)

    def _sweep(self) -> None:
        while not self._stop.is_set():
            try:
                for agreement_id in self._due(None):
                    self.wake(agreement_id)
            except Exception:  # the edge of a thread: the next sweep is only seconds away
                log.exception("sweep_failed")
            self._stop.wait(self._sweep_s)
        connections.close_all()
