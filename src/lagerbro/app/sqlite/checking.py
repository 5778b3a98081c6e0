"""Whether the file is a database of ours that can be written: asked before anything else is done with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.db import Error

from lagerbro.app.configuration import DatabaseFileError
from lagerbro.app.databases import is_postgresql

READ_THROUGH_MAX_BYTES: Final = 64 * 1024 * 1024
"""Up to here every page is looked at, which takes a part of a second; beyond, the tables' list and their beginnings."""
WAITS_S: Final = 20
_OURS: Final = ("agreements", "people", "sync")
_ANYBODYS: Final = ("sqlite_", "django_", "auth_", "account_", "mfa_")
"""Tables that other programs made with Django have too, and that the first start makes before ours."""
_SENTENCES: Final = {
    sqlite3.SQLITE_NOTADB: "is no SQLite database. Nothing was changed. {way}",
    sqlite3.SQLITE_CORRUPT: "is damaged. Nothing was changed. {way}",
    sqlite3.SQLITE_READONLY: "can only be read, and Lagerbro has to write in it. Give the account that runs"
    " Lagerbro the right to write the file and its folder.",
    sqlite3.SQLITE_PERM: "may not be opened. Give the account that runs Lagerbro the right to the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Give the account that runs Lagerbro the right to the file and its"
    " folder.",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Make room and start again; nothing is lost.",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error. Look at the disk first; put the file"
    " back from your backup if it is damaged.",
}
_WAY: Final = (
    "Put the file back from your backup, or name another folder in LAGERBRO_HOME: where there is no file, an empty one"
    " is made."
)


def check_database_file() -> None:
    """Raises `DatabaseFileError` with what is wrong; nothing to say where the database is no file, or not made yet."""
    description = settings.DATABASES["default"]
    if is_postgresql(description):
        return
    path = Path(description["NAME"])
    _check_folder(path.parent)
    if path.exists():
        with reporting_file_faults():
            check_file(path)


def check_file(path: Path) -> None:
    """Raises `DatabaseFileError` or a fault of SQLite's."""
    if not path.is_file():
        raise DatabaseFileError(f"{path} is no file. Take it away, or name another folder in LAGERBRO_HOME.")
    address = f"file:{quote(str(path))}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=WAITS_S, isolation_level=None)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if _is_foreign(database, tables):
            raise DatabaseFileError(f"{path} is another program's database. Nothing was changed. {_WAY}")
        if path.stat().st_size <= READ_THROUGH_MAX_BYTES:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise DatabaseFileError(_sentence(path, sqlite3.SQLITE_CORRUPT))
        _try_to_write(database)


def _try_to_write(database: sqlite3.Connection) -> None:
    """A transaction alone would be taken as one that reads where the file can only be read."""
    database.execute("BEGIN IMMEDIATE")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    database.execute(f"PRAGMA user_version = {int(version)}")
    database.execute("ROLLBACK")


@contextmanager
def reporting_file_faults() -> Iterator[None]:
    """What SQLite says of the file, by Django or itself, as a `DatabaseFileError` of one sentence."""
    try:
        yield
    except (sqlite3.Error, Error) as error:
        cause = error if isinstance(error, sqlite3.Error) else error.__cause__
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the kind; what stands above it says where it was met
        if code not in _SENTENCES:
            raise
        raise DatabaseFileError(_sentence(Path(settings.DATABASES["default"]["NAME"]), code)) from error


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseFileError(f"the folder {folder} cannot be made: {error.strerror}. {_FOLDER}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DatabaseFileError(f"nothing can be written in {folder}. {_FOLDER}")


_FOLDER: Final = "Give the account that runs Lagerbro the right to it, or name another folder in LAGERBRO_HOME."


def _is_foreign(database: sqlite3.Connection, tables: set[str]) -> bool:
    if all(name.startswith(_ANYBODYS) for name in tables):
        return False  # empty, or of a first start that was cut off
    if "django_migrations" not in tables:
        return True
    query = f"SELECT count(*) FROM django_migrations WHERE app IN {_OURS}"  # noqa: S608 - our own names
    (migrations,) = database.execute(query).fetchone()
    return not migrations


def _sentence(path: Path, code: Any) -> str:  # noqa: ANN401 - SQLite's number
    return f"{path} {_SENTENCES[code].format(way=_WAY)}"
