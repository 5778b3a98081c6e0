"""Wakes leave a process by a thread of their own: a door answers when its write is durable, and does not wait for the
hint that follows it. Wakes that come while others are being sent go together, each agreement once.

What is lost with the process was a hint: the sweep finds what it would have told of.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import Final

import structlog
from django.db import connections

log = structlog.get_logger()

STOPS_WITHIN_S: Final = 5.0  # what is not sent by then was a hint, and the sweep finds it
AGREEMENTS_MAX: Final = 500
"""Sent in one statement."""


class WakeSender:
    """Gives wakes on to `send`. As many are held as there are agreements, at most."""

    def __init__(self, send: Callable[[Collection[int]], None]) -> None:
        self._send = send
        self._changed = threading.Condition()
        self._agreement_ids: set[int] = set()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="wakes")

    def start(self) -> None:
        self._thread.start()

    def wake(self, agreement_id: int) -> None:
        with self._changed:
            self._agreement_ids.add(agreement_id)
            self._changed.notify()

    def stop(self) -> None:
        """Send what has been asked for and end."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join(STOPS_WITHIN_S)

    def _run(self) -> None:
        try:
            while agreement_ids := self._next():
                self._try_to_send(agreement_ids)
        finally:
            connections.close_all()

    def _next(self) -> list[int]:
        """Those who are to be woken, as soon as there are any; none when there is no more to come."""
        with self._changed:
            self._changed.wait_for(lambda: self._agreement_ids or self._is_stopping)
            taken = sorted(self._agreement_ids)[:AGREEMENTS_MAX]
            self._agreement_ids.difference_update(taken)
            return taken

    def _try_to_send(self, agreement_ids: list[int]) -> None:
        try:
            self._send(agreement_ids)
        except Exception:  # the edge of a thread: a hint is lost, the sweep is seconds away
            log.exception("wakes_not_sent", agreements=len(agreement_ids))
            connections.close_all()
