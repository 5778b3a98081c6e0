"""A file that cannot be our database ends every command with one sentence and status 2, and stays as it is."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lagerbro.app.configuration import DatabaseFileError
from lagerbro.app.sqlite.checking import check_file, reporting_file_faults
from tests.app.keys.installation import Installation

NOBODY = 65534


def garbage(path: Path) -> None:
    path.write_bytes(b"these are no tables" * 1000)


def damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE agreements_agreement (name TEXT)")
        database.execute("CREATE TABLE django_migrations (app TEXT)")
        database.execute("INSERT INTO django_migrations VALUES ('agreements')")
        database.executemany("INSERT INTO agreements_agreement VALUES (?)", [("x" * 300,)] * 400)
    content = bytearray(path.read_bytes())
    content[4096 * 5 : 4096 * 9] = b"\xff" * 4096 * 4
    path.write_bytes(content)


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE django_migrations (app TEXT)")
        database.execute("INSERT INTO django_migrations VALUES ('shop')")
        database.execute("CREATE TABLE shop_order (number INTEGER)")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (garbage, "is no SQLite database"),
        (damaged, "is damaged"),
        (foreign, "is another program's database"),
        (folder, "is no file"),
    ],
)
def test_a_file_that_is_not_ours(make: Callable[[Path], None], told: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = home / "lagerbro.sqlite3"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    for command in (["serve", "--port", "1"], ["restored"], ["keys-lost"])[: 3 if make is garbage else 1]:
        ended = Installation(home).run(*command)
        assert (ended.returncode, ended.stdout) == (2, "")
        (line,) = ended.stderr.splitlines()
        assert line.startswith(f"lagerbro: {path} {told}")
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert not (home / "encryption.key").exists()


def as_nobody(act: Callable[[], None]) -> str:
    """What the act raises for somebody who is not root, whom no right holds back."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        if not os.geteuid():
            os.setuid(NOBODY)
        told = "nothing"
        try:
            act()
        except DatabaseFileError as error:
            told = str(error)
        finally:
            os.write(writes, told.encode())
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text


@pytest.mark.parametrize(("mode", "told"), [(0o444, "can only be read"), (0o000, "cannot be opened")])
def test_a_file_without_the_right_to_it(mode: int, told: str) -> None:
    base = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    base.chmod(0o755)
    path = base / "lagerbro.sqlite3"
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE django_migrations (app TEXT)")
        path.chmod(mode)

        def look() -> None:
            with reporting_file_faults():
                check_file(path)

        assert told in as_nobody(look)
        path.chmod(0o666)
        base.chmod(0o777)  # the right is given: it is ours
        assert as_nobody(look) == "nothing"
    finally:
        path.unlink(missing_ok=True)
        base.rmdir()


def test_an_empty_file_and_a_first_start_that_was_cut_off_are_ours(tmp_path: Path) -> None:
    path = tmp_path / "lagerbro.sqlite3"
    path.touch()
    check_file(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE django_content_type (name TEXT)")
    check_file(path)
