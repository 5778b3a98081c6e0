"""The runners under one test: what each needs to be made and to be turned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.conf import settings

from lagerbro.app.databases import is_postgresql
from lagerbro.sync.runners.embedded import EmbeddedRunner
from lagerbro.sync.runners.runner import Drain, Due, Runner

WITHIN_S = 30
SWEEP_S = 0.05


def runner(drain: Drain, due: Due = lambda _one: []) -> Runner:
    """The runner of the database that the tests have."""
    if not is_postgresql(settings.DATABASES["default"]):
        return EmbeddedRunner(drain, due, threads=2, sweep_s=SWEEP_S)
    from lagerbro.sync.runners.distributed import DistributedRunner

    return DistributedRunner(drain, due, threads=2, sweep_s=SWEEP_S)


def running(drain: Drain, due: Due = lambda _one: []) -> AbstractContextManager[Runner]:
    """A runner at work, ended in an orderly way."""
    return at_work(runner(drain, due))


@contextmanager
def at_work(made: Runner) -> Iterator[Runner]:
    """Any runner at work, ended in an orderly way."""
    made.start()
    try:
        yield made
    finally:
        assert made.stop(WITHIN_S)
