"""Flows of a test's own, and records to run them for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.outcome import Outcome, Transferred
from lagerbro.sync.storage.enqueueing import PRIORITY_DOCUMENT, RankedRecord, enqueue
from lagerbro.sync.work import Work
from tests.world import Company

Act = Callable[[Work], Outcome]


@dataclass(frozen=True)
class Played:
    """A flow that does what the test says."""

    kind: str
    rank: int
    act: Act

    def run(self, work: Work) -> Outcome:
        return self.act(work)


@dataclass(frozen=True)
class InOrder(Played):
    """One whose records build on each other."""

    runs_in_order: bool = True


def done(_work: Work) -> Outcome:
    return Transferred()


def raising(*errors: Exception) -> Act:
    """Raises these, one in each run, and then gets through."""
    rest = list(errors)

    def act(_work: Work) -> Outcome:
        if rest:
            raise rest.pop(0)
        return Transferred()

    return act


def play(company: Company, *flows: Played) -> None:
    """These flows and no others; nothing recurs."""
    company.runtime = replace(company.runtime, flows={flow.kind: flow for flow in flows}, routines={})


def put(company: Company, kind: str, key: str, rank: int, priority: int = PRIORITY_DOCUMENT) -> None:
    with agreement_scope(company.agreement.pk):
        enqueue(company.agreement.pk, [RankedRecord(kind, key, rank)], company.systems.clock.now(), priority=priority)
