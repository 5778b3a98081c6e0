"""What the engine knows of a flow: its name, its place in the order of dependencies, and how to run it once."""

from __future__ import annotations

from typing import Protocol

from lagerbro.sync.outcome import Outcome
from lagerbro.sync.work import Work


class Flow(Protocol):
    """One kind of record. `rank` is its place in the order of dependencies: what others need comes first."""

    @property
    def kind(self) -> str: ...
    @property
    def rank(self) -> int: ...

    def run(self, work: Work) -> Outcome:
        """Look at what is and do the next right thing. Safe to run again from the start at any moment.

        Raises `Refusal`, `WaitsFor`, `OutcomePending` or a `RemoteError`.
        """
        ...
