"""The house itself: every room says what it is for."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
LAGERBRO = SOURCE / "lagerbro"
SANDBOX = SOURCE / "lagerbro_sandbox"
GUIDES: Final = ("README.md", "docs/architecture.md", "docs/operating.md")
PLACES: Final = (
    ROOT,
    SOURCE,
    LAGERBRO,
    SANDBOX,
    SANDBOX / "economic",
    SANDBOX / "rackbeat",
    LAGERBRO / "flows" / "customers",
)
"""From where the guides name files: the last is where a kind of record has its usual ones."""
FILES_MAX = 20
"""In one folder: what does not fit on a screen is not one room."""

LINES_MAX = 300
FUNCTION_LINES_MAX = 45


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_no_file_and_no_function_is_longer_than_one_reads_in_one_go() -> None:
    long = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        name = str(path.relative_to(SOURCE))
        long += [f"{name}: {text.count(chr(10))} lines"] if text.count("\n") > LINES_MAX else []
        long += [
            f"{name}: {node.name}, {(node.end_lineno or 0) - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES_MAX
        ]
    assert long == []


def test_no_merge_is_left_half_done() -> None:
    texts = [
        path for path in (*ROOT.glob("*.*"), *(ROOT / "docs").rglob("*.md")) if path.suffix in (".md", ".toml", ".cfg")
    ]
    marked = [
        str(path)
        for path in texts
        if re.search(r"^(<<<<<<<|>>>>>>>) |^=======$", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert marked == []


def test_no_folder_holds_more_files_than_one_takes_in_at_a_glance() -> None:
    folders = [
        SOURCE,
        ROOT / "tests",
        *(
            path
            for root in (SOURCE, ROOT / "tests")
            for path in root.rglob("*")
            if path.is_dir() and path.name != "__pycache__"
        ),
    ]
    files = {folder: [each for each in folder.iterdir() if each.is_file()] for folder in folders}
    full = {str(folder.relative_to(ROOT)): len(found) for folder, found in files.items() if len(found) > FILES_MAX}
    assert full == {}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_a_guide_names_is_there(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    named = set(re.findall(r"`([a-z][\w./-]*(?:/|\.py|\.md|\.toml))`", text))
    linked = {(ROOT / guide).parent / target for target in re.findall(r"\]\((?!http)([^)#]+)\)", text)}
    assert sorted(path for path in named if not any((place / path).exists() for place in PLACES)) == []
    assert sorted(str(path) for path in linked if not path.exists()) == []


def test_the_guides_name_every_room() -> None:
    told = "".join((ROOT / guide).read_text("utf-8") for guide in GUIDES)
    rooms = [path.name for path in LAGERBRO.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert sorted(room for room in rooms if f"{room}/`" not in told) == []
