"""What the engine knows of a routine: it recurs, it looks, and it asks. It never writes to either system itself.

What it asks for becomes transfers, so that every write goes the one way that is made exactly once (DESIGN 3 and 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.sync.runtime import Clients
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import PRIORITY_DOCUMENT, RankedRecord
from lagerbro.sync.storage.links import Links

Remembered = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoutineContext:
    """What a routine may look at, and when. `stands_for` is the moment of its rhythm that this run makes good, however
    late."""

    agreement: Agreement
    choices: Choices
    clients: Clients
    links: Links
    remembered: Remembered
    stands_for: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class RoutineResult:
    """The records to ask for, and what to remember until the next time. `code` and `details`: what a
    person should know of what was found, such as records that cannot be read."""

    records: tuple[RankedRecord, ...] = ()
    priority: int = PRIORITY_DOCUMENT
    remembered: Remembered = field(default_factory=dict)
    code: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class Routine(Protocol):
    """Something that recurs for every active agreement."""

    @property
    def name(self) -> str: ...

    @property
    def timing(self) -> Timing: ...

    def run(self, context: RoutineContext) -> RoutineResult:
        """Look at what is. Raises a `RemoteError` when a system does not answer; what was remembered then stays.

        Whatever else it raises is stored and shown as a fault of ours.
        """
        ...
