"""A sandbox's file: made once, opened again, and not misread by another release."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagerbro_sandbox.kernel.storage import OldStateError, connect

SCHEMA = "CREATE TABLE IF NOT EXISTS one (a INTEGER);"


def test_a_file_is_opened_again_with_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    first = connect(path, SCHEMA)
    first.execute("INSERT INTO one VALUES (7)")
    first.close()
    assert connect(path, SCHEMA).execute("SELECT a FROM one").fetchone()[0] == 7


def test_a_file_of_another_release_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    first = connect(path, SCHEMA)
    first.execute("INSERT INTO one VALUES (7)")
    first.close()
    with pytest.raises(OldStateError, match="make demo ARGS=--fresh"):
        connect(path, "CREATE TABLE IF NOT EXISTS one (a INTEGER, b INTEGER);")
    assert connect(path, SCHEMA).execute("SELECT a FROM one").fetchone()[0] == 7
    path.unlink()
    assert connect(path, "CREATE TABLE IF NOT EXISTS one (a INTEGER, b INTEGER);").execute("SELECT b FROM one")
