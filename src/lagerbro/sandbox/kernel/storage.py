"""One SQLite file per sandbox: opened the same way, one transaction per request."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path(":memory:")

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # The sandbox's own answers survive its process; a power cut may cost the last of them, which is no loss here.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


def connect(path: Path, schema: str) -> sqlite3.Connection:
    """Open the file (or memory), making the tables of `schema` (idempotent DDL) where they are missing."""
    if path != MEMORY:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.row_factory = sqlite3.Row
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.executescript(schema)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: commits at the end, rolls back when anything is raised."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:  # whatever it was, nothing of it may stay; it goes on upwards
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
