"""Writes that arrive at the same moment share a commit, so that ten doors cost the disk one flush and the file's other
writers one turn.

Whoever finds nobody writing writes, for everybody who has come by the time that the database lets it in; who comes
later belongs to the next batch. Nobody waits for company.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from django.db import OperationalError, transaction

WAITS_S: Final = 45
"""Longer than a file's writers wait for their turn (`app.sqlite.base`), twice: for the batch before and for this."""

Order = tuple[int, str, str]
"""Agreement, kind, key: two programs that write the same rows in one order do not wait for one another."""


class _Waiting:
    """A write that its thread waits for. `signal`: it has been tried, or its thread is to write the next batch."""

    __slots__ = ("is_taken", "is_written", "order", "signal", "write")

    def __init__(self, order: Order, write: Callable[[], None]) -> None:
        self.order, self.write = order, write
        self.signal = threading.Event()
        self.is_taken = self.is_written = False


class SharedCommits:
    """Writes of the threads of one process, in as few transactions as they need."""

    def __init__(self, waits_s: float = WAITS_S) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._somebody_writes = False
        self._waits_s = waits_s

    def run(self, order: Order, write: Callable[[], None]) -> None:
        """Call `write` in a transaction; come back when that is durable, or raise what went wrong with this write.

        `write` may be called by another thread, and once more in a transaction of its own: where a batch fails,
        whosever fault that is, each of its writes is made alone.
        """
        mine = _Waiting(order, write)
        if not self._is_first(mine) and not mine.signal.wait(self._waits_s) and self._leave(mine):
            raise OperationalError("the database has let nobody write for too long")
        if not mine.is_taken:
            self._write_batch()
        if not mine.is_written:
            with transaction.atomic():
                write()

    def _is_first(self, mine: _Waiting) -> bool:
        """Take a place among those who wait; whether nobody writes, so that it is for `mine` to do it."""
        with self._lock:
            self._waiting.append(mine)
            is_first, self._somebody_writes = not self._somebody_writes, True
            return is_first

    def _leave(self, mine: _Waiting) -> bool:
        """Whether the place could be given up: nobody has begun with it, and the next batch is not for it to write."""
        with self._lock:
            if mine.is_taken or mine.signal.is_set():
                return False
            self._waiting.remove(mine)
            return True

    def _write_batch(self) -> None:
        batch: list[_Waiting] = []
        is_written = False
        try:
            with transaction.atomic():
                batch = self._take()  # not before the database has let us in: until then others may come
                for each in sorted(batch, key=lambda one: one.order):
                    each.write()
            is_written = True
        except Exception:  # noqa: BLE001 - each of them is written alone next, and raises what is its own
            is_written = False
        finally:
            # where the database let nobody in nothing is taken yet: who waits is told, or would wait in vain
            self._end(batch or self._take(), is_written=is_written)

    def _take(self) -> list[_Waiting]:
        with self._lock:
            batch, self._waiting = self._waiting, []
            for each in batch:
                each.is_taken = True
            return batch

    def _end(self, batch: list[_Waiting], *, is_written: bool) -> None:
        """Tell the batch; the next one is for the first of those who have come meanwhile to write."""
        for each in batch:
            each.is_written = is_written
            each.signal.set()
        with self._lock:
            self._somebody_writes = bool(self._waiting)
            if self._waiting:
                self._waiting[0].signal.set()
