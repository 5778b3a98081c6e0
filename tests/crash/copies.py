"""Backups of the program's database, taken while it works, and put back as operators do, with everything stopped."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg
from psycopg.sql import SQL, Identifier

from tests.crash.running import Running

_BESIDE: Final = ("-wal", "-shm")
_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_COUNTERS: Final = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass
class _Content:
    """What PostgreSQL held in one moment; `pg_dump` need not be of the server's version, and need not be there."""

    tables: dict[str, bytes] = field(default_factory=dict)
    counters: list[tuple[str, int | None]] = field(default_factory=list)


def take(running: Running, copy: Path) -> None:
    """The whole database of this moment, with transfers in hand and calls on their way."""
    address = running.configuration.database
    if address:
        copy.write_bytes(pickle.dumps(_read(address)))
        return
    with closing(sqlite3.connect(_file(running))) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def put_back(running: Running, copy: Path) -> None:
    """Nothing of what was stored since is left."""
    address = running.configuration.database
    if address:
        _write(address, pickle.loads(copy.read_bytes()))
        return
    path = _file(running)
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(copy.read_bytes())


def _file(running: Running) -> Path:
    return running.folder / "program" / "lagerbro.sqlite3"


def _read(address: str) -> _Content:
    content = _Content()
    with psycopg.connect(address) as session, session.cursor() as cursor:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        for (name,) in cursor.execute(_TABLES).fetchall():
            with cursor.copy(SQL("COPY {} TO STDOUT (FORMAT BINARY)").format(Identifier(name))) as rows:
                content.tables[name] = b"".join(map(bytes, rows))
        content.counters = cursor.execute(_COUNTERS).fetchall()
    return content


def _write(address: str, content: _Content) -> None:
    with psycopg.connect(address) as session, session.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SQL("TRUNCATE {}").format(SQL(", ").join(map(Identifier, content.tables))))
        for name, rows in content.tables.items():
            with cursor.copy(SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(Identifier(name))) as copied:
                copied.write(rows)
        for name, value in content.counters:
            cursor.execute("SELECT setval(%s, %s, %s)", (f'"{name}"', value or 1, value is not None))
