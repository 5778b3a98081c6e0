"""What the table of docs/asvs.md rests on is there: no test that it names has gone or changed its name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
NAMED = re.compile(r"`([a-z_/]+/test_[a-z_]+\.py)(?:::(test_[a-z_0-9]+))?`")
ROW = re.compile(r"^\| ([^|]+) \| [12, ]+ \| [^|]+ \| (met|met in kind|part|open|n/a) \| [^|]+ \|$")


def test_every_test_that_is_named_is_there() -> None:
    missing = []
    for file, name in NAMED.findall(TABLE):
        path = ROOT / "tests" / file
        if not path.is_file() or (name and f"def {name}(" not in path.read_text("utf-8")):
            missing.append(f"{file}::{name}")
    assert missing == []
    assert len(NAMED.findall(TABLE)) > 100


def test_every_row_says_how_it_stands() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| no.")]
    assert [row for row in rows if not ROW.match(row)] == []
    numbers = [number for row in rows for number in row.split("|")[1].split(",")]
    assert len(numbers) == len({number.strip() for number in numbers})
