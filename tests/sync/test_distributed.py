"""What only PostgreSQL can show: two workers, a lock that a dead session gives back, wakes outside transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from lagerbro.app.databases import is_postgresql
from lagerbro.sync.drain import Drained
from lagerbro.sync.runners.holding import agreement_lock, parameters
from tests.sync.running import WITHIN_S, running

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not is_postgresql(settings.DATABASES["default"]),
        reason="needs PostgreSQL: `make test` runs this with the wheel's server",
    ),
]
NOTHING = Drained(0, more=False)
Stopping = Callable[[], bool]


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM procrastinate_jobs WHERE status = 'todo'")
        row: Any = cursor.fetchone()
    return int(row[0])


def sessions_of(lock: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [lock])
        return [row[0] for row in cursor.fetchall()]


def test_one_waiting_wake_per_agreement() -> None:
    from lagerbro.sync.runners.distributed import wake

    for agreement in (1, 1, 2, 1):
        wake(agreement)
    assert jobs() == 2


def test_a_wake_inside_a_transaction_is_a_mistake() -> None:
    from lagerbro.sync.runners.distributed import wake

    with pytest.raises(AssertionError), transaction.atomic():
        wake(1)
    assert jobs() == 0
    wake(1)
    assert jobs() == 1


def test_many_are_woken_at_once_and_who_waits_already_keeps_nobody_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from lagerbro.sync.runners import distributed

    distributed.wake(2)
    distributed.wake_all([1, 2, 3])
    assert jobs() == 3
    monkeypatch.setattr(distributed, "_waiting_locks", set)  # somebody else has asked since we looked
    distributed.wake_all([3, 4])
    assert jobs() == 4
    distributed.wake_all([])
    assert jobs() == 4


def test_an_agreement_is_held_once_and_free_when_the_session_is_gone() -> None:
    with agreement_lock(7) as first, agreement_lock(7) as second, agreement_lock(8) as other:
        assert first is not None
        assert second is None
        assert other is not None
        assert not first.is_lost()
        (pid,) = sessions_of(7)
        with psycopg.connect(**parameters(), autocommit=True) as somebody:
            somebody.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        assert first.is_lost()
        with agreement_lock(7) as again:
            assert again is not None


def test_two_workers_share_agreements_and_never_one_agreement() -> None:
    held: set[int] = set()
    seen: set[int] = set()
    all_seen = threading.Event()
    lock = threading.Lock()
    twice: list[int] = []

    def drain(agreement: int, _stopping: Stopping) -> Drained:
        with lock:
            twice.extend({agreement} & held)
            held.add(agreement)
            seen.add(agreement)
        if seen == set(range(20)):
            all_seen.set()
        with lock:
            held.discard(agreement)
        return NOTHING

    with running(drain) as first, running(drain) as second:
        for agreement in range(20):
            first.wake(agreement)
            second.wake(agreement)
        assert all_seen.wait(WITHIN_S)
    assert twice == []


def test_a_drain_whose_session_is_gone_is_told_to_stop() -> None:
    started, told = threading.Event(), threading.Event()

    def drain(_agreement: int, stopping: Stopping) -> Drained:
        started.set()
        while not stopping():
            pass
        told.set()
        return NOTHING

    with running(drain) as runner:
        runner.wake(9)
        assert started.wait(WITHIN_S)
        with psycopg.connect(**parameters(), autocommit=True) as somebody:
            somebody.execute("SELECT pg_terminate_backend(%s, 5000)", (sessions_of(9)[0],))
        assert told.wait(WITHIN_S)


def test_a_worker_that_no_longer_hears_calls_itself_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    from lagerbro.sync.runners.distributed import DistributedRunner

    runner = DistributedRunner(lambda _agreement, _stopping: NOTHING, lambda _one: [], watch_s=0.5, sweep_s=0.05)
    runner.start()
    try:
        assert runner._ready.wait(WITHIN_S)
        while not runner._is_listening():
            assert not runner.broken.is_set()
        monkeypatch.setattr(runner, "_name", "nobody")
        assert runner.broken.wait(WITHIN_S)
    finally:
        assert runner.stop(WITHIN_S)
