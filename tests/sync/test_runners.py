"""What every runner promises, on a file and on PostgreSQL: one drain per agreement, no lost wake, an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from lagerbro.sync.drain import Drained
from tests.sync.running import WITHIN_S, running

pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = Drained(0, more=False)
Stopping = Callable[[], bool]


def test_a_wake_during_a_drain_is_not_lost() -> None:
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

    with running(drain, lambda one: [n for n in due if one in (None, n)] if go.is_set() else []) as runner:
        runner.wake(7)
        assert started.wait(WITHIN_S)
        due.add(7)
        runner.wake(7)
        go.set()
        assert again.wait(WITHIN_S)


def test_the_sweep_finds_what_no_wake_announced_and_a_fault_does_not_end_it() -> None:
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


def test_more_work_is_taken_up_again_and_agreements_take_turns() -> None:
    done = threading.Event()
    order: list[int] = []

    def drain(agreement: int, _stopping: Stopping) -> Drained:
        order.append(agreement)
        if order.count(1) >= 3 and 2 in order:
            done.set()
        return Drained(1, more=agreement == 1 and order.count(1) < 3)

    with running(drain) as runner:
        runner.wake(1)
        runner.wake(2)
        assert done.wait(WITHIN_S)
    assert order.count(1) == 3


def test_stopping_waits_for_the_document_in_hand() -> None:
    started, finished = threading.Event(), threading.Event()

    def drain(_agreement: int, stopping: Stopping) -> Drained:
        started.set()
        while not stopping():
            pass
        finished.set()
        return NOTHING

    with running(drain) as runner:
        runner.wake(1)
        assert started.wait(WITHIN_S)
    assert finished.is_set()
