"""The simulated runner behind the same interface as the two real ones, so that one suite can hold all three to it.

Its workers and their turns are those of the histories; a thread turns the hub, so time goes by in leaps.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import structlog

from lagerbro.sync.runners.runner import Drain, Due
from tests.sandboxes import TestClock
from tests.simulation.hub import Hands, Hub
from tests.simulation.workers import Workers

log = structlog.get_logger()

NAP_S = 1.0
BREATH_S = 0.001
"""What a turn takes in true time, so that the leaps leave others something of the processor."""


@dataclass
class Turned(Workers):
    """Workers whose drain and whose due work come from outside. `woken`: hints that nobody has taken up yet."""

    drain: Drain = field(kw_only=True)
    due: Due = field(kw_only=True)
    woken: list[int] = field(default_factory=list)

    def _due_agreements(self) -> list[int]:
        time.sleep(BREATH_S)
        return [*dict.fromkeys([*self.woken, *self.due(None)])]

    def _drained(self, agreement: int, stopping: Callable[[], bool]) -> None:
        while agreement in self.woken:
            self.woken.remove(agreement)
        try:
            more = self.drain(agreement, lambda: self.over or stopping()).more
        except Exception:  # the edge of a worker, as in the real ones: it lives on
            log.exception("drain_failed", agreement=agreement)
            more = False
        if more:
            self.woken.append(agreement)

    def _nap_s(self) -> float:
        return NAP_S


class SimulatedRunner:
    """`sync.runners.runner.Runner`, simulated."""

    def __init__(self, drain: Drain, due: Due, workers: int) -> None:
        self._hands = Hands()
        self._hub = Hub(Random(6), TestClock(), self._hands)
        nothing: Any = None
        self._workers = Turned(self._hub, nothing, drain=drain, due=due)
        self._count = workers
        self._thread = threading.Thread(target=self._hub.run)

    def start(self) -> None:
        self._workers.start(self._count)
        self._thread.start()

    def wake(self, agreement_id: int) -> None:
        self._workers.woken.append(agreement_id)

    def stop(self, timeout_s: float = 60) -> bool:
        self._workers.over = True
        self._thread.join(timeout_s)
        self._hands.close()
        return not self._thread.is_alive()
