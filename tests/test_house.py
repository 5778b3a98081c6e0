"""The house itself: every room says what it is for."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
FILES_MAX = 20
"""In one folder: what does not fit on a screen is not one room."""


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


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
