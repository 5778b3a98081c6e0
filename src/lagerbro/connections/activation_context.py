"""What activation is handed from outside, so that a page, a command and a test can each bring their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import Final

from django.conf import settings

from lagerbro.checks.reading import ConnectClients
from lagerbro.flows.abilities import unsupported_settings
from lagerbro.flows.registry import EVENTS, FLOWS, ROUTINES
from lagerbro.sync.clients import ClientFactory
from lagerbro.sync.runtime import Clock, RunAll, run_sequentially
from lagerbro.sync.schedules.routine import Routine

STARTUP_FLOW: Final = "startup"
"""The kind that the start-up sync has in the registry of flows."""


def _nowhere(_name: str) -> None:
    """The product itself does nothing at the named points."""


@dataclass(frozen=True, slots=True)
class ActivationContext:
    """`point` is called with a name between any two effects; the tests that kill the act stand there.

    `can_start_up`: this release has a start-up sync to run. `unsupported_settings`: those that it does not carry out.
    """

    connect: ConnectClients
    clock: Clock
    public_url: str
    events: Iterable[str] = tuple(EVENTS)
    routines: Mapping[str, Routine] = field(default_factory=lambda: ROUTINES)
    random: Random = field(default_factory=SystemRandom)
    run_all: RunAll = run_sequentially
    can_start_up: bool = STARTUP_FLOW in FLOWS
    unsupported_settings: frozenset[str] = field(default_factory=unsupported_settings)
    failpoint: Callable[[str], None] = _nowhere

    @classmethod
    def of(cls, factory: ClientFactory) -> ActivationContext:
        """This process's lines, at the address that the operator named."""
        return cls(factory.connect, factory.clock, settings.LAGERBRO_PUBLIC_URL, run_all=factory.run_all)
