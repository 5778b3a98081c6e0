"""On a file the writers of one process queue, and whatever ends a transaction lets the next one in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import OperationalError, connection, connections, transaction

from lagerbro.agreements.models import Agreement
from lagerbro.app.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own order of writers"),
]
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def _write(number: int) -> None:
    Agreement.objects.create(public_id=f"a{number}", rackbeat_account_id=number, created_at=NOW)


def _write_and_fail(number: int) -> None:
    with transaction.atomic():
        _write(number)
        raise ZeroDivisionError


def _elsewhere(act: Callable[[], None]) -> threading.Thread:
    """In a thread with a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_many_writers_lose_nothing() -> None:
    def ten(first: int) -> None:
        for number in range(first, first + 10):
            with transaction.atomic():
                _write(number)

    threads = [_elsewhere(partial(ten, first)) for first in range(0, 80, 10)]
    for thread in threads:
        thread.join()
    assert Agreement.objects.count() == 80
    assert not base._writing.locked()


def test_the_next_writer_waits_for_the_one_before() -> None:
    order: list[str] = []

    def second() -> None:
        with transaction.atomic():
            order.append("second")

    with transaction.atomic():
        thread = _elsewhere(second)
        _write(1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_refused_write_gives_the_turn_back_and_the_next_one_writes() -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(1)
    assert not base._writing.locked()
    with transaction.atomic():
        _write(2)
    assert [row.public_id for row in Agreement.objects.all()] == ["a2"]


def test_a_connection_that_is_closed_in_a_transaction_gives_the_turn_back() -> None:
    with transaction.atomic():
        _write(1)
        connection.close()
    assert not base._writing.locked()
    _write(2)
    assert [row.public_id for row in Agreement.objects.all()] == ["a2"]


def test_who_waits_in_vain_is_told_and_writes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "WITHIN_S", 0.01)
    base._writing.acquire()
    try:
        with pytest.raises(OperationalError, match="locked by another thread"), transaction.atomic():
            _write(1)
    finally:
        base._writing.release()
    assert not Agreement.objects.exists()
    with transaction.atomic():
        _write(1)
    assert Agreement.objects.count() == 1
