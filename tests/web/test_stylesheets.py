"""A brace that is missing swallows every rule after it, and no browser says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src"
SHEETS = sorted(SOURCES.rglob("*.css"))


def depths(text: str) -> list[int]:
    """How deep each rule begins, comments and texts aside; below 0 a brace closes nothing."""
    bare = re.sub(r'/\*.*?\*/|"[^"\n]*"', "", text, flags=re.DOTALL)
    depth, found = 0, []
    for sign in re.findall("[{}]", bare):
        if sign == "{":
            found.append(depth)
        depth += 1 if sign == "{" else -1
    return [*found, depth]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_rule_ends_and_only_conditions_hold_others(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    found = depths(text)
    assert found[-1] == 0
    assert set(found) <= {0, 1}
    inside = found.count(1)
    assert (inside > 0) == ("@" in text)


def test_a_missing_brace_is_seen() -> None:
    assert depths("a { b: c } d { e: f")[-1] == 1
    assert depths('a::before { content: "}" } /* { */') == [0, 0]
    assert depths("@media x { a { b: c } }") == [0, 1, 0]
