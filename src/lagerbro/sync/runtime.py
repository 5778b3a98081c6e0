"""What the engine is handed from outside: time, randomness, clients, flows and an executor for parallel work.

The one circle of the engine goes through here, for its types only: a runtime has flows and routines, a flow is run with
a work, and a work has the runtime that it was begun with. It is left closed on purpose. Handing flows and routines to
each function beside the runtime would open it at the price of two more parameters on the way from every runner to every
write, and nothing would be known to fewer modules: at run time none of them imports another in a circle. Storage stands
outside of it, which a contract in pyproject keeps so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Protocol

from lagerbro.agreements.models import Agreement
from lagerbro.books.choices import Choices
from lagerbro.economic.client import Economic
from lagerbro.economic.types import AccountingYear
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.wire.exchange import Exchange

if TYPE_CHECKING:
    from lagerbro.sync.flow import Flow
    from lagerbro.sync.models import Transfer
    from lagerbro.sync.outcome import LinkFacts
    from lagerbro.sync.schedules.routine import Routine


class Clock(Protocol):
    """Where the engine gets the time from."""

    def now(self) -> datetime:
        """The present moment, aware."""
        ...


@dataclass(frozen=True, slots=True)
class Clients:
    """The two clients of one agreement."""

    rackbeat: Rackbeat
    economic: Economic


Connect = Callable[[Agreement, Callable[[Exchange], None]], Clients]
RunAll = Callable[[Sequence[Callable[[], None]]], None]


def run_sequentially(jobs: Sequence[Callable[[], None]]) -> None:
    """The plainest way to do things side by side."""
    for job in jobs:
        job()


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What a note on a document tells: a reason with its details, and what was made in e-conomic just now, if anything
    was."""

    agreement: Agreement
    transfer: Transfer
    code: str
    details: Mapping[str, str]
    made: LinkFacts | None


Words = Callable[[NoteContent], str]


def _unsaid(_told: NoteContent) -> str:
    """Where nobody has handed in words no note is written."""
    return ""


def _nowhere(_name: str) -> None:
    """The product itself does nothing at the named points."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything that is not a rule. Whoever assembles the program makes one: the command, the web, a test.

    `point` is called with a name between any two effects; the tests that crash the program stand there.
    """

    environment: str
    clock: Clock
    random: Random
    connect: Connect
    flows: Mapping[str, Flow]
    routines: Mapping[str, Routine] = field(default_factory=dict)
    run_all: RunAll = run_sequentially
    failpoint: Callable[[str], None] = field(default=_nowhere)
    words: Words = field(default=_unsaid)
    """How an outcome is told on the document in Rackbeat; the program hands in the sentences of its pages."""
    choices: dict[int, Choices] = field(default_factory=dict)
    """The agreements' settings as they were last read; each knows its version."""
    years: dict[int, Sequence[AccountingYear]] = field(default_factory=dict)
    """Their accounting years as they were last read; who finds none that fits, or is refused, reads them anew."""
