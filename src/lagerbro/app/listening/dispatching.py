"""Threads for doors and health of their own, so that pages which wait for the two systems keep no webhook waiting."""

from __future__ import annotations

from typing import Any, Final

from waitress.task import ThreadedTaskDispatcher

from lagerbro.web.doors.urls import BEGINNINGS

PAGE_THREADS: Final = 8
DOOR_THREADS: Final = 8


class TwoQueues:
    """What waitress asks of a dispatcher, on two of its own: a task is a channel with its requests."""

    def __init__(self) -> None:
        self._pages, self._doors = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self._pages.set_thread_count(PAGE_THREADS)
        self._doors.set_thread_count(DOOR_THREADS)

    def add_task(self, task: Any) -> None:  # noqa: ANN401 - waitress's channel, which has no type of its own
        (self._doors if _is_door(task) else self._pages).add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:  # noqa: FBT001, FBT002 - waitress's own
        ended = [queue.shutdown(cancel_pending, timeout) for queue in (self._doors, self._pages)]
        return all(ended)


def _is_door(task: Any) -> bool:  # noqa: ANN401 - see above
    path = getattr(task.requests[0], "path", "") if task.requests else ""
    return path.startswith(BEGINNINGS)
