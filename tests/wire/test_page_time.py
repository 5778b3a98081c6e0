"""A page's time for the two systems: so many seconds, and a place among few; a drain has all of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import httpx2
import pytest

from lagerbro.sync.clients import run_in_threads
from lagerbro.wire.errors import UnreachableError
from lagerbro.wire.page_time import page_time, present_page_time
from lagerbro.wire.transport import Call
from tests.wire.lines import Played

READ = Call("GET", "/things")
WRITE = Call("POST", "/things", b"{}", key="key-1")


class Slow:
    """A system that takes `takes_s` for everything, by the clock of the line."""

    def __init__(self, takes_s: float) -> None:
        self.takes_s = takes_s
        self.played = Played(self._answer)

    def _answer(self, _request: httpx2.Request) -> httpx2.Response:
        self.played.clock.sleep_s(self.takes_s)
        return httpx2.Response(200, json={})

    def page(self, seconds: float, places: threading.Semaphore, act: Callable[[], object]) -> None:
        with page_time(seconds, places, self.played.clock.monotonic_s):
            act()


def test_a_page_asks_as_long_as_there_is_time_and_then_no_more() -> None:
    slow, places = Slow(4.0), threading.Semaphore(1)
    asked: list[int] = []

    def act() -> None:
        for number in range(10):
            slow.played.line.call(READ)
            asked.append(number)

    with pytest.raises(UnreachableError):
        slow.page(10.0, places, act)
    assert len(asked) == 2  # the third has two of its four seconds left
    assert len(slow.played.requests) == 3
    slow.played.line.call(READ)  # outside a page nothing is counted
    assert places.acquire(blocking=False)


def test_a_write_that_has_begun_has_its_whole_time_and_none_begins_late() -> None:
    slow, places = Slow(9.0), threading.Semaphore(1)

    def act() -> None:
        slow.played.line.call(WRITE)
        slow.played.line.call(WRITE)  # begun with a second left
        with pytest.raises(UnreachableError) as caught:
            slow.played.line.call(WRITE)
        assert not caught.value.outcome_unknown

    slow.page(10.0, places, act)
    assert len(slow.played.requests) == 2


def test_a_page_without_a_place_is_answered_without_the_system() -> None:
    slow, places = Slow(0.0), threading.Semaphore(1)
    places.acquire()

    def act() -> None:
        with pytest.raises(UnreachableError):
            slow.played.line.call(READ)

    began_s = time.monotonic()
    slow.page(0.05, places, act)
    assert time.monotonic() - began_s < 2
    assert slow.played.requests == []
    places.release()
    slow.page(10.0, places, lambda: slow.played.line.call(READ))
    assert places.acquire(blocking=False)  # given back


def test_a_pages_own_threads_share_its_place() -> None:
    seen: list[object] = []
    with page_time(10.0, threading.Semaphore(1)):
        run_in_threads([lambda: seen.append(present_page_time()) for _ in range(4)])
        assert seen == [present_page_time()] * 4
        assert seen[0] is not None
    assert present_page_time() is None
