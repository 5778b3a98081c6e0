"""The distributed runner: any number of workers on any number of machines, joined by PostgreSQL (DESIGN 10).

Wakes travel as Procrastinate's jobs, at most one waiting per agreement. A job is a hint and never the truth, so it is
never retried: what a dead worker left is found by the sweep of another. Who drains is alone with the agreement by a
lock of the session (`holding`), never by Procrastinate's own lock, which a stalled job would keep.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

import procrastinate
import psycopg
import structlog
from django.db import close_old_connections, connection, connections
from procrastinate.contrib.django import app as web_app
from procrastinate.exceptions import AlreadyEnqueued

from lagerbro.sync.drain import Drained
from lagerbro.sync.runners.holding import agreement_lock, parameters
from lagerbro.sync.runners.runner import SWEEP_INTERVAL_S, THREADS, Drain, Due

log = structlog.get_logger()

TASK: Final = "drain"
WATCH_INTERVAL_S: Final = 2.0
STALLED_AFTER_S: Final = 30
"""A worker that has not been heard of for so long is dead; its job is deleted."""
UNANSWERED_PINGS_MAX: Final = 3
"""So many looks in a row that found no listener, and the worker is no good any more."""


def wake(agreement_id: int) -> None:
    """Ask for a drain. Never inside a transaction: a lock that is taken would poison it (stack-measurements 2)."""
    assert not connection.in_atomic_block
    _defer(_job(agreement_id))


def wake_all(agreement_ids: Collection[int]) -> None:
    """Ask for drains of those who do not wait for one already, in one statement.

    A statement with one lock that is taken is refused whole (surprises 41): where somebody else has asked since we
    looked, each is asked for alone.
    """
    if not agreement_ids:  # as a sweep finds it most of the time
        return
    assert not connection.in_atomic_block
    waiting = _waiting_locks()
    jobs = [job for job in map(_job, agreement_ids) if job.queueing_lock not in waiting]
    try:
        if jobs:
            web_app.job_manager.batch_defer_jobs(jobs)
    except AlreadyEnqueued:
        for job in jobs:
            _defer(job)


def _defer(job: procrastinate.jobs.Job) -> None:
    with suppress(AlreadyEnqueued):
        web_app.job_manager.defer_job(job)


def _job(agreement_id: int) -> procrastinate.jobs.Job:
    return web_app.configure_task(TASK, queueing_lock=f"wake:{agreement_id}").make_new_job(agreement=agreement_id)


def _waiting_locks() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s", [TASK])
        return {row[0] for row in cursor.fetchall()}


class DistributedRunner:
    """One worker. `broken` is set when it has lost the database and must be made anew."""

    def __init__(
        self,
        drain: Drain,
        due: Due,
        *,
        threads: int = THREADS,
        sweep_s: float = SWEEP_INTERVAL_S,
        watch_s: float = WATCH_INTERVAL_S,
    ) -> None:
        self._drain = drain
        self._due = due
        self._sweep_s = sweep_s
        self._watch_s = watch_s
        self._stop = threading.Event()
        self.broken = threading.Event()
        self._ready = threading.Event()
        self._name = f"lagerbro {uuid4().hex[:12]}"
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                kwargs={**parameters(), "application_name": self._name}, min_size=1, max_size=4, timeout=5
            )
        )
        self._app.task(name=TASK)(self._run_job)
        self._concurrency = threads
        self._loop: asyncio.AbstractEventLoop | None = None
        self._working: asyncio.Task[None] | None = None
        self._threads = [
            threading.Thread(target=target, name=name)
            for name, target in (("worker", self._work), ("sweep", self._sweep), ("watch", self._watch))
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self, agreement_id: int) -> None:
        wake(agreement_id)

    def stop(self, timeout_s: float = 60) -> bool:
        self._stop.set()
        self._end_worker()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _end_worker(self) -> None:
        loop, working = self._loop, self._working
        if loop is not None and working is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                # a task may be ended by its own loop only, and this is another thread
                loop.call_soon_threadsafe(working.cancel)

    def _work(self) -> None:
        try:
            asyncio.run(self._run_worker())
        except Exception:  # the edge of a thread: whatever ended the worker, a new one is made
            log.exception("worker_ended")
        if not self._stop.is_set():
            self.broken.set()

    async def _run_worker(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._working = asyncio.create_task(self._run_until_cancelled())
        if self._stop.is_set():
            self._working.cancel()
        with suppress(asyncio.CancelledError):
            await self._working

    async def _run_until_cancelled(self) -> None:
        async with self._app.open_async():
            await self._delete_finished_jobs()
            self._ready.set()
            await self._app.run_worker_async(
                concurrency=self._concurrency,
                install_signal_handlers=False,
                # a job was a hint: when it has ended it says nothing any more
                delete_jobs="always",
                fetch_job_polling_interval=self._sweep_s,
                stalled_worker_timeout=STALLED_AFTER_S,
            )

    async def _delete_finished_jobs(self) -> None:
        """Delete the jobs that dead workers had in hand: they say nothing that the sweep does not find."""
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(task_name=TASK, seconds_since_heartbeat=STALLED_AFTER_S):
            await manager.finish_job(job, status=procrastinate.jobs.Status.FAILED, delete_job=True)

    def _run_job(self, agreement: int) -> None:
        """One job: drain the agreement if nobody else does, and look once more after giving it up."""
        try:
            more = self._drain_under_lock(agreement).more
            if more and not self._stop.is_set():
                wake(agreement)
        except Exception:  # the edge of a thread: it must live on, and the sweep tries again
            log.exception("drain_failed", agreement=agreement)
        finally:
            connections.close_all()  # the thread is Procrastinate's and may be gone after this

    def _drain_under_lock(self, agreement: int) -> Drained:
        with agreement_lock(agreement) as held:
            if held is None:
                return Drained(0, more=False)  # whoever has it looks once more after giving it up
            drained = self._drain(agreement, lambda: self._stop.is_set() or held.is_lost())
        return Drained(drained.transfers, more=drained.more or agreement in self._due(agreement))

    def _sweep(self) -> None:
        while not self._stop.is_set():
            try:
                # Django closes them after a request, and this thread has none
                close_old_connections()
                wake_all(self._due(None))
            except Exception:  # the edge of a thread: the next sweep is only seconds away
                log.exception("sweep_failed")
                connections.close_all()
            self._stop.wait(self._sweep_s)
        connections.close_all()

    def _watch(self) -> None:
        """A listener never comes back by itself after an outage (stack-measurements): whoever is deaf is replaced."""
        # nobody listens before the worker has opened, so until then nobody is deaf
        self._ready.wait(30)
        deaf = 0
        while not self._stop.wait(self._watch_s):
            deaf = 0 if self._is_listening() else deaf + 1
            if deaf >= UNANSWERED_PINGS_MAX:
                log.warning("worker_deaf")
                self.broken.set()
                return

    def _is_listening(self) -> bool:
        query = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = %s AND query ILIKE 'LISTEN %%'"
        try:
            with psycopg.connect(**parameters(), autocommit=True) as session:
                row: Any = session.execute(query, (self._name,)).fetchone()
        except psycopg.Error:
            return False
        return bool(row[0])
