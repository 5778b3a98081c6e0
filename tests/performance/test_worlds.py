"""How fast worlds are made, and that memory does not grow with them. `make bench`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.timeout(0)
PRODUCTS: Final = 100_000
GOAL_S: Final = 60


@dataclass(frozen=True)
class Made:
    wall_s: float
    cpu_s: float
    memory_mb: float


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--bench"):
        pytest.skip("only when it is asked for: make bench")


def made(state: Path, *arguments: str) -> Made:
    """Make a world in a process of its own; its CPU time is what a free core would have taken."""
    command = [sys.executable, "-m", "lagerbro_sandbox.worlds", "--seed", "1", "--state", str(state), *arguments]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    assert status == 0
    return Made(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


@pytest.mark.usefixtures("bench")
def test_making_worlds(tmp_path: Path) -> None:
    small = made(tmp_path / "small.sqlite3", "--products", str(PRODUCTS // 10), "--months", "0")
    large = made(tmp_path / "large.sqlite3", "--products", str(PRODUCTS), "--months", "0")
    lived = made(tmp_path / "lived.sqlite3", "--products", "2000", "--months", "3", "--sales", "500")
    print()
    print(
        f"{PRODUCTS} products: {large.cpu_s:.1f} s of CPU, {large.wall_s:.1f} s, {PRODUCTS / large.cpu_s:.0f}/s of CPU"
    )
    print(f"memory: {large.memory_mb:.0f} MB, with a tenth of the products {small.memory_mb:.0f} MB")
    print(f"2000 products, 3 months, some 1500 sales: {lived.cpu_s:.1f} s of CPU")
    assert large.cpu_s <= GOAL_S
    assert large.memory_mb < 1.5 * small.memory_mb
