"""How a long-running command keeps house with memory."""

from __future__ import annotations

import ctypes
import gc
import platform
import subprocess
import sys

import pytest

from lagerbro.app.memory import THRESHOLDS, bound_arenas, settle


def test_what_has_been_loaded_is_not_walked_again() -> None:
    gc.unfreeze()
    before = len(gc.get_objects())
    settle()
    assert gc.get_freeze_count() > before // 2
    assert len(gc.get_objects()) < before // 100
    assert gc.get_threshold() == THRESHOLDS


THREADS_THAT_FILL_POOLS = """
import ctypes, io, sys, threading
from lagerbro.app.memory import bound_arenas
if sys.argv[1] == "bound":
    assert bound_arenas()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
ready = threading.Barrier(17)
def fill():
    held = [libc.malloc(2000) for _ in range(500)]
    ready.wait(); ready.wait()
threads = [threading.Thread(target=fill) for _ in range(16)]
[thread.start() for thread in threads]
ready.wait()
sys.stdout.flush()
libc.malloc_stats()
ready.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives every thread a pool of its own")
def test_threads_share_few_pools() -> None:
    def pools(how: str) -> int:
        run = [sys.executable, "-c", THREADS_THAT_FILL_POOLS, how]
        said = subprocess.run(run, capture_output=True, check=True, timeout=60, text=True).stderr
        return said.count("Arena ")

    assert pools("bound") == 2 < pools("left alone")


def test_a_system_without_pools_goes_on_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert not bound_arenas()
