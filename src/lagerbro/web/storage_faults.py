"""That nothing can be stored: the disk is full, or the database can only be read, or it is damaged.

Nothing that says so can be stored either, so it is known to the process alone: housekeeping writes every few seconds
and notes whether it could. In red on every page for as long as it lasts.
"""

from __future__ import annotations

import errno
import sqlite3
from enum import StrEnum
from typing import Final

from django.db import Error


class StorageFault(StrEnum):
    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"


_OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: StorageFault.FULL,
    sqlite3.SQLITE_READONLY: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: StorageFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageFault.DAMAGED,
    sqlite3.SQLITE_IOERR: StorageFault.DAMAGED,
}
_OF_POSTGRESQL: Final = {
    "53100": StorageFault.FULL,
    "25006": StorageFault.READ_ONLY,
    "XX001": StorageFault.DAMAGED,
    "XX002": StorageFault.DAMAGED,
    "58030": StorageFault.DAMAGED,
}
_OF_THE_SYSTEM: Final = {
    errno.ENOSPC: StorageFault.FULL,
    errno.EDQUOT: StorageFault.FULL,
    errno.EROFS: StorageFault.READ_ONLY,
}


def fault_of(error: BaseException | None) -> StorageFault | None:
    """Which of them an exception tells of; None for everything else."""
    while error is not None:
        fault = _own_fault(error)
        if fault is not None:
            return fault
        error = error.__cause__ if isinstance(error, Error) else None
    return None


def _own_fault(error: BaseException) -> StorageFault | None:
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, OSError):
        return _OF_THE_SYSTEM.get(error.errno or 0)
    return _OF_POSTGRESQL.get(str(getattr(error, "sqlstate", "")))


class _Present:
    fault: StorageFault | None = None


def note(error: BaseException) -> StorageFault | None:
    """What could not be stored just now; anything else changes nothing."""
    fault = fault_of(error)
    if fault is not None:
        _Present.fault = fault
    return fault


def note_stored() -> None:
    _Present.fault = None


def present() -> StorageFault | None:
    return _Present.fault
