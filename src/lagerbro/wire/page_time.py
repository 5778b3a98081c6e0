"""What a page that somebody waits for may spend on the two systems: so many seconds, and a place among the few pages
that may be waiting for them at one time.

Drains spend nothing of it. The page's own threads inherit it (`contextvars`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from lagerbro.wire.errors import UnreachableError

PLACE_WITHIN_S: Final = 2.0
"""A page that gets no place so soon is answered without the other system."""


class PageTime:
    """Of one page. A place is taken with its first call, and given back when the page is done."""

    def __init__(self, seconds: float, places: threading.Semaphore, steady_s: Callable[[], float]) -> None:
        self._ends_s = steady_s() + seconds
        self._places, self._steady_s = places, steady_s
        self._has_place = False
        self.asks_nobody = False
        self._lock = threading.Lock()

    def remaining_s(self, system: str) -> float:
        """What is left for the next call; raises `UnreachableError` when nothing is, or there is no place."""
        if self.asks_nobody:
            raise UnreachableError(f"{system} was not asked: who reads by a link makes us ask nobody")
        remaining_s = self._ends_s - self._steady_s()
        with self._lock:
            # waited for within the lock: the threads of a page are to take one place together, not one each
            if remaining_s > 0 and not self._has_place:
                self._has_place = self._places.acquire(timeout=min(PLACE_WITHIN_S, remaining_s))
        if remaining_s <= 0 or not self._has_place:
            raise UnreachableError(f"{system} was not asked: the page's time for it was up, or too many pages wait")
        return remaining_s

    def end(self) -> None:
        with self._lock:
            if self._has_place:
                self._places.release()
            self._has_place = False


_present: ContextVar[PageTime | None] = ContextVar("page_time", default=None)


def present_page_time() -> PageTime | None:
    """The page's that this thread works for; None for a drain."""
    return _present.get()


def may_ask() -> bool:
    """Whether what this thread works for may ask the two systems at all."""
    page = _present.get()
    return page is None or not page.asks_nobody


@contextmanager
def asking_nobody() -> Iterator[None]:
    """While a page is made for somebody who may look at what we know, and set nothing off."""
    closed = PageTime(0, threading.Semaphore(0), time.monotonic)
    closed.asks_nobody = True
    token = _present.set(closed)
    try:
        yield
    finally:
        _present.reset(token)


@contextmanager
def page_time(
    seconds: float, places: threading.Semaphore, steady_s: Callable[[], float] = time.monotonic
) -> Iterator[None]:
    """While a page is made."""
    spending = PageTime(seconds, places, steady_s)
    token = _present.set(spending)
    try:
        yield
    finally:
        _present.reset(token)
        spending.end()
