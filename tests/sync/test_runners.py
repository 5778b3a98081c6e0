"""What every runner promises, on a file, on PostgreSQL and simulated: one drain, no lost wake, an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from lagerbro.sync.drain import Drained
from lagerbro.sync.runners.runner import Drain, Due, Runner
from tests.simulation.runner import SimulatedRunner
from tests.sync.running import WITHIN_S, at_work, runner

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = Drained(0, more=False)
Stopping = Callable[[], bool]
Running = Callable[..., AbstractContextManager[Runner]]


@pytest.fixture(params=["of the database", "simulated"])
def running(request: pytest.FixtureRequest) -> Running:
    """Makes a runner at work, which is ended in an orderly way."""

    def made(drain: Drain, due: Due = lambda _one: []) -> AbstractContextManager[Runner]:
        return at_work(SimulatedRunner(drain, due, workers=2) if request.param == "simulated" else runner(drain, due))

    return made


def test_a_wake_during_a_drain_is_not_lost(running: Running) -> None:
    started, go, again = threading.Event(), threading.Event(), threading.Event()
    due: set[int] = set()
    at_once: list[int] = []

    def drain(agreement: int, _stopping: Stopping) -> Drained:
        at_once.append(agreement)
        assert at_once == [agreement]  # never two at one time
        due.discard(agreement)
        if not started.is_set():
            started.set()
            assert go.wait(WITHIN_S)
        else:
            again.set()
        at_once.clear()
        return NOTHING

    with running(drain, lambda one: [n for n in due if one in (None, n)] if go.is_set() else []) as made:
        made.wake(7)
        assert started.wait(WITHIN_S)
        due.add(7)
        made.wake(7)
        go.set()
        assert again.wait(WITHIN_S)


def test_the_sweep_finds_what_no_wake_announced_and_a_fault_does_not_end_it(running: Running) -> None:
    found = threading.Event()
    calls: list[int] = []

    def drain(agreement: int, _stopping: Stopping) -> Drained:
        calls.append(agreement)
        if len(calls) < 3:
            raise ValueError("the first two go wrong")
        found.set()
        return NOTHING

    with running(drain, lambda one: [5] if one is None and not found.is_set() else []):
        assert found.wait(WITHIN_S)
    assert set(calls) == {5}


def test_more_work_is_taken_up_again_and_agreements_take_turns(running: Running) -> None:
    done = threading.Event()
    order: list[int] = []

    def drain(agreement: int, _stopping: Stopping) -> Drained:
        order.append(agreement)
        if order.count(1) >= 3 and 2 in order:
            done.set()
        return Drained(1, more=agreement == 1 and order.count(1) < 3)

    with running(drain) as made:
        made.wake(1)
        made.wake(2)
        assert done.wait(WITHIN_S)
    assert order.count(1) == 3


def test_stopping_waits_for_the_document_in_hand(running: Running) -> None:
    started, finished = threading.Event(), threading.Event()

    def drain(_agreement: int, stopping: Stopping) -> Drained:
        started.set()
        while not stopping():
            pass
        finished.set()
        return NOTHING

    with running(drain) as made:
        made.wake(1)
        assert started.wait(WITHIN_S)
    assert finished.is_set()
