"""The embedded runner: one process, one drain per agreement, no lost wake, an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lagerbro.sync.drain import Drained
from lagerbro.sync.runners.embedded import AlreadyRunningError, EmbeddedRunner, SingleProcess

WITHIN_S = 20
NOTHING = Drained(0, more=False)
Drain = Callable[[int, Callable[[], bool]], Drained]


def runner(drain: Drain, due: Callable[[], list[int]] = list) -> EmbeddedRunner:
    return EmbeddedRunner(drain, due, threads=2, sweep_s=0.01)


def test_a_wake_during_a_drain_is_not_lost() -> None:
    started, go, twice = threading.Event(), threading.Event(), threading.Event()
    calls: list[int] = []

    def drain(agreement: int, _stopping: Callable[[], bool]) -> Drained:
        calls.append(agreement)
        if len(calls) == 1:
            started.set()
            assert go.wait(WITHIN_S)
        else:
            twice.set()
        return NOTHING

    running = runner(drain)
    running.start()
    running.wake(7)
    assert started.wait(WITHIN_S)
    running.wake(7)
    assert calls == [7]  # held by one thread; the other does not take it
    go.set()
    assert twice.wait(WITHIN_S)
    assert running.stop()


def test_the_sweep_finds_what_no_wake_announced_and_a_fault_does_not_end_it() -> None:
    found = threading.Event()
    calls: list[int] = []

    def drain(agreement: int, _stopping: Callable[[], bool]) -> Drained:
        calls.append(agreement)
        if len(calls) < 3:
            raise ValueError("the first two go wrong")
        found.set()
        return NOTHING

    running = runner(drain, lambda: [5])
    running.start()
    assert found.wait(WITHIN_S)
    assert running.stop()
    assert set(calls) == {5}


def test_more_work_is_taken_up_again_and_agreements_take_turns() -> None:
    done = threading.Event()
    order: list[int] = []

    def drain(agreement: int, _stopping: Callable[[], bool]) -> Drained:
        order.append(agreement)
        if order.count(1) >= 3 and 2 in order:
            done.set()
        return Drained(1, more=agreement == 1 and order.count(1) < 3)

    running = runner(drain)
    running.start()
    running.wake(1)
    running.wake(2)
    assert done.wait(WITHIN_S)
    assert running.stop()
    assert order.count(1) == 3


def test_stopping_waits_for_the_document_in_hand() -> None:
    started, finished = threading.Event(), threading.Event()

    def drain(_agreement: int, stopping: Callable[[], bool]) -> Drained:
        started.set()
        while not stopping():
            pass
        finished.set()
        return NOTHING

    running = runner(drain)
    running.start()
    running.wake(1)
    assert started.wait(WITHIN_S)
    assert running.stop()
    assert finished.is_set()


def test_there_is_one_process(tmp_path: Path) -> None:
    lock = SingleProcess(tmp_path / "runner.lock")
    with pytest.raises(AlreadyRunningError, match="LAGERBRO_HOME"):
        SingleProcess(tmp_path / "runner.lock")
    lock.close()
    SingleProcess(tmp_path / "runner.lock").close()
