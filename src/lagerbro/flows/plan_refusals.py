"""From a plan that says no to an outcome that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lagerbro.flows.refusals import PlanRefusal
from lagerbro.sync.outcome import Refusal
from lagerbro.wire.errors import FailureKind


@contextmanager
def as_refusal() -> Iterator[None]:
    """What a pure rule finds unfit ends the run with the same code and details."""
    try:
        yield
    except PlanRefusal as refusal:
        raise Refusal(refusal.code, FailureKind(refusal.kind), **refusal.details) from refusal
