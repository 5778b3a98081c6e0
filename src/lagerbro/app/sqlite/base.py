"""Django's SQLite backend, with the writing transactions of one process in a queue.

SQLite lets one transaction write at a time, and who finds it taken looks again after 1, 2, 5, … 100 ms. With a dozen
threads the unlucky sleep while the file is free and others overtake them. Here they wait for each other in the
process, and look again only for a writer of another process.
"""

from __future__ import annotations

import threading
from typing import Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base

WITHIN_S: Final = 20
_writing = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. `_writes`: it has the turn to write."""

    _writes = False

    def _start_transaction_under_autocommit(self) -> None:
        if not _writing.acquire(timeout=WITHIN_S):
            raise OperationalError("database is locked by another thread of this process")
        self._writes = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:  # whatever ended it goes on, and the turn to write goes to the next
            self._leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._writes:
            self._writes = False
            _writing.release()
