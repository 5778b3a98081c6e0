"""The runtime of a real program: the machine's clock, true randomness, clients of the addresses the operator named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import SystemRandom
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from lagerbro.agreements.models import AgreementState
from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.sync.clients import client_factory
from lagerbro.sync.drain import Drained, drain
from lagerbro.sync.flow import kinds_while
from lagerbro.sync.runners.runner import THREADS, Drain, Due
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.storage.due import KnownNames, agreements_with_due_work
from lagerbro.web.status.notes import note_of
from lagerbro.wire.clock import SystemClock

SIDE_BY_SIDE: Final = 4
"""Transfers of one agreement at one time (economic-api 4.2). Every drain has so many threads of its own, so that
the backlog of one agreement never makes the documents of another wait for a thread."""


@contextmanager
def system_runtime() -> Iterator[Runtime]:
    """The runtime, with a pool of threads for what may be done in parallel."""
    clock = SystemClock()
    with ThreadPoolExecutor(SIDE_BY_SIDE * THREADS, thread_name_prefix="transfer") as pool:

        def run_all(jobs: Sequence[Callable[[], None]]) -> None:
            lanes = [jobs[lane::SIDE_BY_SIDE] for lane in range(min(SIDE_BY_SIDE, len(jobs)))]
            list(pool.map(_call, lanes))  # waits for all of them and raises the first fault

        yield Runtime(
            environment=settings.LAGERBRO_ENVIRONMENT,
            clock=clock,
            random=SystemRandom(),
            connect=client_factory().connect,
            flows=FLOWS,
            routines=ROUTINES,
            run_all=run_all,
            words=note_of,
        )


def _call(lane: Sequence[Callable[[], None]]) -> None:
    """A thread of ours sees to its own connection: one that died in the meantime is replaced."""
    for job in lane:
        close_old_connections()
        job()


def drains(runtime: Runtime) -> Drain:
    """What a runner calls to drain an agreement."""

    def drained(agreement_id: int, stopping: Callable[[], bool]) -> Drained:
        return drain(agreement_id, runtime, stopping)

    return drained


def due_work(runtime: Runtime) -> Due:
    """What a runner asks for agreements that have something to do."""
    early = tuple(kinds_while(AgreementState.STARTING, runtime.flows))
    known = KnownNames(tuple(runtime.flows), tuple(runtime.routines), early)
    return lambda one: agreements_with_due_work(runtime.clock.now(), one, known=known)
