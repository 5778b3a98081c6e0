"""The real world that drains run in: the machine's clock, true chance, lines to the addresses the operator named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import SystemRandom

from django.conf import settings
from django.db import close_old_connections

from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.sync.drain import Drained, drain
from lagerbro.sync.due import agreements_with_due_work
from lagerbro.sync.lines import present_lines
from lagerbro.sync.runners.runner import Drain, Due
from lagerbro.sync.world import World
from lagerbro.wire.clock import SystemClock

SIDE_BY_SIDE = 4


@contextmanager
def real_world() -> Iterator[World]:
    """The world, with a pool of hands for what may be done side by side."""
    clock = SystemClock()
    with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="transfer") as pool:

        def side_by_side(jobs: Sequence[Callable[[], None]]) -> None:
            list(pool.map(_call, jobs))  # waits for all of them and raises the first fault

        yield World(
            environment=settings.LAGERBRO_ENVIRONMENT,
            clock=clock,
            random=SystemRandom(),
            connect=present_lines().connect,
            flows=FLOWS,
            routines=ROUTINES,
            side_by_side=side_by_side,
        )


def _call(job: Callable[[], None]) -> None:
    """A thread of ours sees to its own connection: one that died in the meantime is replaced."""
    close_old_connections()
    job()


def drains(world: World) -> Drain:
    """What a runner calls to drain an agreement."""

    def drained(agreement_id: int, stopping: Callable[[], bool]) -> Drained:
        return drain(agreement_id, world, stopping)

    return drained


def due_work(world: World) -> Due:
    """What a runner asks for agreements that have something to do."""
    return lambda one: agreements_with_due_work(world.clock.now(), one)
