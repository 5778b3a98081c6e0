"""The real world that drains run in: the machine's clock, true chance, lines to the addresses the operator named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import SystemRandom
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.sync.drain import Drained, drain
from lagerbro.sync.due import Known, agreements_with_due_work
from lagerbro.sync.lines import present_lines
from lagerbro.sync.runners.runner import THREADS, Drain, Due
from lagerbro.sync.world import World
from lagerbro.wire.clock import SystemClock

SIDE_BY_SIDE: Final = 4
"""Transfers of one agreement at one time (economic-api 4.2). Every drain has so many hands of its own, so that the
backlog of one agreement never makes the documents of another wait for a hand."""


@contextmanager
def real_world() -> Iterator[World]:
    """The world, with a pool of hands for what may be done side by side."""
    clock = SystemClock()
    with ThreadPoolExecutor(SIDE_BY_SIDE * THREADS, thread_name_prefix="transfer") as pool:

        def side_by_side(jobs: Sequence[Callable[[], None]]) -> None:
            lanes = [jobs[lane::SIDE_BY_SIDE] for lane in range(min(SIDE_BY_SIDE, len(jobs)))]
            list(pool.map(_call, lanes))  # waits for all of them and raises the first fault

        yield World(
            environment=settings.LAGERBRO_ENVIRONMENT,
            clock=clock,
            random=SystemRandom(),
            connect=present_lines().connect,
            flows=FLOWS,
            routines=ROUTINES,
            side_by_side=side_by_side,
        )


def _call(lane: Sequence[Callable[[], None]]) -> None:
    """A thread of ours sees to its own connection: one that died in the meantime is replaced."""
    for job in lane:
        close_old_connections()
        job()


def drains(world: World) -> Drain:
    """What a runner calls to drain an agreement."""

    def drained(agreement_id: int, stopping: Callable[[], bool]) -> Drained:
        return drain(agreement_id, world, stopping)

    return drained


def due_work(world: World) -> Due:
    """What a runner asks for agreements that have something to do."""
    known = Known(tuple(world.flows), tuple(world.routines))
    return lambda one: agreements_with_due_work(world.clock.now(), one, known=known)
