"""The product stands without the local systems: two commands say what they lack, and nothing else needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ABSENT = {"lagerbro_sandbox", "rich", "starlette", "uvicorn", "httptools", "uvloop", "jinja2", "fpdf", "pypdf", "PIL"}
_HIDE = f"""
import sys
from importlib.machinery import PathFinder
find_spec = PathFinder.find_spec
PathFinder.find_spec = lambda name, path=None, target=None: (
    None if name.split(".")[0] in {ABSENT!r} else find_spec(name, path, target)
)
"""
_COMMAND = "from lagerbro.cli import main; sys.exit(main(sys.argv[1:]))"
_IMPORT_ALL = """
import os, pkgutil
os.environ["DJANGO_SETTINGS_MODULE"] = "lagerbro.app.settings"
import django, lagerbro
django.setup()
names = [found.name for found in pkgutil.walk_packages(lagerbro.__path__, "lagerbro.")]
for name in names:
    if not name.startswith("lagerbro.demo") and name != "lagerbro.sync.runners.distributed":
        __import__(name)
print(len(names) > 200)
"""


def _run(program: str, *arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "LAGERBRO_HOME": str(home or Path.cwd())}
    return subprocess.run(
        [sys.executable, "-c", _HIDE + program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


@pytest.mark.parametrize("command", [("demo", "--once"), ("sandbox", "economic"), ("sandbox",)])
def test_what_needs_the_local_systems_says_in_one_line_what_to_install(command: tuple[str, ...]) -> None:
    ended = _run(_COMMAND, *command)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"lagerbro: '{command[0]}' needs the local Rackbeat and the local e-conomic, which are not installed:"
        " pip install 'lagerbro[sandbox]'\n"
    )


def test_nothing_but_the_demo_imports_what_only_the_local_systems_use(tmp_path: Path) -> None:
    ended = _run(_IMPORT_ALL, home=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "True\n", "")
