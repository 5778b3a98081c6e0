"""Many threads read their first record at the same moment: in a fresh process, since it happens once in its life."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

PROGRAM: Final = """
import faulthandler, sys, threading
faulthandler.enable()
from lagerbro.economic.invoice_types import Invoice
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.wire.numbers import UnreadableError, read
sys.setswitchinterval(1e-6)
together = threading.Barrier(8)
def first(shape):
    together.wait()
    try:
        read({"number": 1, "lines": [{"id": 1}]}, shape)
    except UnreadableError:
        pass
threads = [threading.Thread(target=first, args=(shape,)) for shape in (CustomerInvoice, Invoice) * 4]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


@pytest.mark.parametrize("attempt", range(4))
def test_the_first_reading_is_safe_for_many_threads(attempt: int) -> None:
    source = Path(__file__).parents[2] / "src"
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={"PYTHONPATH": str(source)}, capture_output=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr.decode()) == (0, "")
