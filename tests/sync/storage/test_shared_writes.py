"""What comes while somebody writes is written together, each is durable when its thread goes on, and none stands in
for another's fault."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NoReturn

import pytest
from django.db import OperationalError, connections, transaction

from lagerbro.agreements.models import Agreement
from lagerbro.sync.storage.shared_writes import SharedWrites, Take

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 28, tzinfo=UTC)


Write = Callable[[], None]


def in_one_transaction(take: Take[Write]) -> None:
    with transaction.atomic():
        for write in take():
            write()


def shared(at_most: int = 50, waits_s: float = 45) -> SharedWrites[Write]:
    return SharedWrites(in_one_transaction, at_most=at_most, waits_s=waits_s)


class Writers:
    """Threads that write an agreement each, and what became of them."""

    def __init__(self, shared_writes: SharedWrites[Write]) -> None:
        self.shared_writes = shared_writes
        self.written_by: dict[int, list[int]] = {}
        self.durable: set[int] = set()
        self.failed: dict[int, Exception] = {}
        self._threads: list[threading.Thread] = []

    def start(self, number: int, write: Callable[[], None] | None = None) -> None:
        thread = threading.Thread(target=self._run, args=(number, write))
        self._threads.append(thread)
        thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()

    def wait_for(self, count: int) -> None:
        """Until so many have come and nobody has begun with them."""
        until = time.monotonic() + 30
        while len(self.shared_writes._waiting) < count:
            assert time.monotonic() < until
            time.sleep(0.001)

    def write(self, number: int) -> None:
        self.written_by.setdefault(number, []).append(threading.get_ident())
        Agreement.objects.create(public_id=f"a{number}", rackbeat_account_id=number, created_at=NOW)

    def _run(self, number: int, write: Callable[[], None] | None) -> None:
        try:
            self.shared_writes.write(write or (lambda: self.write(number)))
            if Agreement.objects.filter(rackbeat_account_id=number).exists():
                self.durable.add(number)
        except Exception as error:  # noqa: BLE001 - a thread's fault is the test's to look at
            self.failed[number] = error
        finally:
            connections.close_all()


@contextmanager
def somebody_writing(writers: Writers) -> Iterator[None]:
    """Number 1 is let in to the database and does not end before the block does."""
    begun, may_end = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert may_end.wait(30)
        writers.write(1)

    writers.start(1, slowly)
    assert begun.wait(30)
    try:
        yield
    finally:
        may_end.set()


def numbers() -> list[int]:
    return sorted(Agreement.objects.values_list("rackbeat_account_id", flat=True))


def test_who_comes_while_somebody_writes_is_written_together() -> None:
    writers = Writers(shared())
    with somebody_writing(writers):
        for number in (5, 3, 4, 2):
            writers.start(number)
        writers.wait_for(4)
        assert (writers.durable, numbers()) == (set(), [])
    writers.join()
    assert (writers.failed, writers.durable, numbers()) == ({}, {1, 2, 3, 4, 5}, [1, 2, 3, 4, 5])
    together = [thread for number in (2, 3, 4, 5) for thread in writers.written_by[number]]
    assert len(together) == 4
    assert len(set(together)) == 1


def test_a_batch_has_an_end() -> None:
    writers = Writers(shared(at_most=3))
    with somebody_writing(writers):
        for number in (2, 3, 4, 5):
            writers.start(number)
        writers.wait_for(4)
    writers.join()
    assert (writers.failed, numbers()) == ({}, [1, 2, 3, 4, 5])
    by_thread = Counter(thread for number in (2, 3, 4, 5) for thread in writers.written_by[number])
    assert sorted(by_thread.values()) == [1, 3]


def test_one_that_fails_fails_alone_and_the_next_goes_on() -> None:
    writers = Writers(shared())

    def badly() -> None:
        writers.write(3)
        raise ZeroDivisionError

    with somebody_writing(writers):
        writers.start(2)
        writers.wait_for(1)
        writers.start(3, badly)
        writers.start(4)
        writers.wait_for(3)
    writers.join()
    assert (list(writers.failed), numbers()) == ([3], [1, 2, 4])
    assert isinstance(writers.failed[3], ZeroDivisionError)
    again = Writers(writers.shared_writes)
    again.start(3)
    again.join()
    assert (again.failed, again.durable, numbers()) == ({}, {3}, [1, 2, 3, 4])


def test_a_database_that_lets_nobody_in_is_told_to_each_and_then_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    writers = Writers(shared())
    with monkeypatch.context() as patch:

        def refused() -> NoReturn:
            raise OperationalError("database is locked")

        with somebody_writing(writers):
            writers.start(2)
            writers.start(3)
            writers.wait_for(2)
            patch.setattr(transaction, "atomic", refused)
        writers.join()
    assert sorted(writers.failed) == [2, 3]
    assert {str(error) for error in writers.failed.values()} == {"database is locked"}
    again = Writers(writers.shared_writes)
    again.start(2)
    again.join()
    assert (again.failed, numbers()) == ({}, [1, 2])


def test_nobody_waits_for_ever_and_who_has_gone_is_not_written() -> None:
    writers = Writers(shared(waits_s=0.05))
    with somebody_writing(writers):
        writers.start(2)
        while 2 not in writers.failed:
            time.sleep(0.001)
        assert writers.shared_writes._waiting == []
    writers.join()
    assert isinstance(writers.failed[2], OperationalError)
    assert (writers.written_by.get(2), numbers()) == (None, [1])
    again = Writers(writers.shared_writes)
    again.start(2)
    again.join()
    assert (again.failed, numbers()) == ({}, [1, 2])


def test_many_at_once_are_all_written_once() -> None:
    writers = Writers(shared())
    for number in range(1, 41):
        writers.start(number)
    writers.join()
    assert (writers.failed, writers.durable, numbers()) == ({}, set(range(1, 41)), list(range(1, 41)))
    assert {len(threads) for threads in writers.written_by.values()} == {1}
