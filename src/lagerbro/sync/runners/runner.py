"""What every runner is: it starts, is woken, and ends in an orderly way. Drains and due work are handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from lagerbro.sync.drain import Drained

THREADS: Final = 3
"""Drains of one process at one time. An agreement has at most one of them, so that nobody's backlog takes them all."""
SWEEP_INTERVAL_S: Final = 2.0

Drain = Callable[[int, Callable[[], bool]], Drained]
"""Drain one agreement; the question says whether to stop after the document in hand."""
Due = Callable[[int | None], list[int]]
"""The agreements that have something to do, of all or of the one that is named."""


class Runner(Protocol):
    """Brings drains about: at most one at a time for an agreement, whatever dies and whenever."""

    def start(self) -> None:
        """Begin to take work up."""
        ...

    def wake(self, agreement_id: int) -> None:
        """A hint that the agreement may have something to do."""
        ...

    def stop(self, timeout_s: float = 60) -> bool:
        """Finish the documents in hand and end; answers whether everything ended in time."""
        ...
