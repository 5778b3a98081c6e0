"""What is to be written at the same moment is written together, so that ten doors cost the disk one flush, PostgreSQL
one statement and a file's other writers one turn.

Whoever finds nobody writing writes, for everybody who has come by then; who comes later belongs to the next batch.
Nobody waits for company.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from django.db import OperationalError

ItemT = TypeVar("ItemT")
Take = Callable[[], Sequence[ItemT]]
"""Whoever has come by now."""
WAITS_S: Final = 45
"""Longer than a file's writers wait for their turn (`app.sqlite.base`), twice: for the batch before and for this."""


class _Waiting(Generic[ItemT]):
    """An item that its thread waits for. `signal`: it has been tried, or its thread is to write the next batch."""

    __slots__ = ("is_taken", "is_written", "item", "signal")

    def __init__(self, item: ItemT) -> None:
        self.item = item
        self.signal = threading.Event()
        self.is_taken = self.is_written = False


class SharedWrites(Generic[ItemT]):
    """Items of the threads of one process, at most `at_most` at a time.

    `write_all` is handed what takes them, which it calls when the database has let it in, for until then others may
    come; it leaves them durable, or raises and has written none of them.
    """

    def __init__(self, write_all: Callable[[Take[ItemT]], None], *, at_most: int, waits_s: float = WAITS_S) -> None:
        self._write_all = write_all
        self._at_most = at_most
        self._waits_s = waits_s
        self._lock = threading.Lock()
        self._waiting: list[_Waiting[ItemT]] = []
        self._somebody_writes = False

    def write(self, item: ItemT) -> None:
        """Come back when the item is durable, or raise what went wrong with it.

        Another thread may write it; where a batch fails, whosever fault that is, each of its items is written alone.
        """
        mine = _Waiting(item)
        if not self._is_first(mine) and not mine.signal.wait(self._waits_s) and self._leave(mine):
            raise OperationalError("the database has let nobody write for too long")
        if not mine.is_taken:
            self._write_batch()
        if not mine.is_written:
            self._write_all(lambda: [item])

    def _is_first(self, mine: _Waiting[ItemT]) -> bool:
        """Take a place among those who wait; whether nobody writes, so that it is for `mine` to do it."""
        with self._lock:
            self._waiting.append(mine)
            is_first, self._somebody_writes = not self._somebody_writes, True
            return is_first

    def _leave(self, mine: _Waiting[ItemT]) -> bool:
        """Whether the place could be given up: nobody has begun with it, and the next batch is not for it to write."""
        with self._lock:
            if mine.is_taken or mine.signal.is_set():
                return False
            self._waiting.remove(mine)
            return True

    def _write_batch(self) -> None:
        batch: list[_Waiting[ItemT]] = []
        is_written = False

        def take() -> list[ItemT]:
            batch.extend(self._take())
            return [each.item for each in batch]

        try:
            self._write_all(take)
            is_written = True
        except Exception:  # noqa: BLE001 - each of them is written alone next, and raises what is its own
            is_written = False
        finally:
            # where the database let nobody in nothing is taken yet: who waits is told, or would wait in vain
            self._end(batch or self._take(), is_written=is_written)

    def _take(self) -> list[_Waiting[ItemT]]:
        with self._lock:
            batch, self._waiting = self._waiting[: self._at_most], self._waiting[self._at_most :]
            for each in batch:
                each.is_taken = True
            return batch

    def _end(self, batch: list[_Waiting[ItemT]], *, is_written: bool) -> None:
        """Tell the batch; the next one is for the first of those who have come meanwhile to write."""
        for each in batch:
            each.is_written = is_written
            each.signal.set()
        with self._lock:
            self._somebody_writes = bool(self._waiting)
            if self._waiting:
                self._waiting[0].signal.set()
