"""Starting one sandbox by itself: `lagerbro sandbox economic --port 8101 --state economic.sqlite3`.

`lagerbro sandbox generate` makes what is in it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lagerbro_sandbox.economic.__main__ import main as economic
from lagerbro_sandbox.kernel.storage import OldStateError
from lagerbro_sandbox.rackbeat.__main__ import main as rackbeat
from lagerbro_sandbox.worlds.__main__ import main as generate


def main(system: str, arguments: Sequence[str]) -> int:
    """Listen until told to stop, or make a world."""
    start = {"economic": economic, "rackbeat": rackbeat, "generate": generate}[system]
    try:
        return start(list(arguments))
    except OldStateError as error:
        sys.stderr.write(f"{error}\n")
        return 2
