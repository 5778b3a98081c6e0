"""One SQLite file per sandbox: opened the same way, one transaction per request."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

MEMORY = Path(":memory:")

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # The sandbox's own answers survive its process; a power cut may cost the last of them, which is no loss here.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)


class OldStateError(RuntimeError):
    """The file's tables are those of another release. A sandbox's books are play: they begin anew, nothing is moved."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was made by another release of the sandbox, which kept its books in other tables. "
            "Delete the file to begin anew (the demo does it with: make demo ARGS=--fresh)."
        )


def connect(path: Path, schema: str) -> sqlite3.Connection:
    """Open the file (or memory), making the tables of `schema` (idempotent DDL) in a new one.

    Raises `OldStateError` for a file that was made with another schema.
    """
    if path != MEMORY:
        path.parent.mkdir(parents=True, exist_ok=True)
    # transactions are begun by `transaction` alone: the module would begin one by itself, before some statements only
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.row_factory = sqlite3.Row
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    mark = (crc32(schema.encode()) & 0x7FFFFFFF) or 1
    if _has_tables(connection) and connection.execute("PRAGMA user_version").fetchone()[0] != mark:
        connection.close()
        raise OldStateError(path)
    connection.executescript(schema)
    connection.execute(f"PRAGMA user_version={mark}")
    return connection


def _has_tables(connection: sqlite3.Connection) -> bool:
    has_tables: int = connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]
    return has_tables == 1


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: commits at the end, rolls back when anything is raised."""
    # for writing from its first statement: one that begins by reading may be refused when it comes to write
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:  # whatever it was, nothing of it may stay; it goes on upwards
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
