"""What the engine knows of a flow: its name, its place in the order of dependencies, and how to run it once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, runtime_checkable

from lagerbro.agreements.models import AgreementState
from lagerbro.sync.models import Transfer
from lagerbro.sync.outcome import Outcome
from lagerbro.sync.storage.enqueueing import RankedRecord
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


def record_of(flow: Flow, key: str) -> RankedRecord:
    """One of the flow's records, to be asked for."""
    return RankedRecord(flow.kind, key, flow.rank)


@runtime_checkable
class RunsInOrder(Protocol):
    """A flow whose records build on each other: those that are due together run one after the other, not side by
    side."""

    @property
    def runs_in_order(self) -> bool: ...


@runtime_checkable
class RunsWhileStarting(Protocol):
    """A flow that runs between the two steps of an activation with a start-up sync (domain-rules H1)."""

    @property
    def runs_while_starting(self) -> bool: ...


def kinds_while(state: str, flows: Mapping[str, Flow]) -> Collection[str]:
    """The kinds that are drained while the agreement is in this state."""
    if state == AgreementState.ACTIVE:
        return flows.keys()
    if state != AgreementState.STARTING:
        return ()
    return [kind for kind, flow in flows.items() if isinstance(flow, RunsWhileStarting) and flow.runs_while_starting]


def in_order(batch: Sequence[Transfer], flows: Mapping[str, Flow]) -> list[list[Transfer]]:
    """What may run side by side: each transfer by itself, and in one line, by their keys, those that build on each
    other."""
    lines: dict[object, list[Transfer]] = {}
    for transfer in batch:
        flow = flows[transfer.kind]
        builds = isinstance(flow, RunsInOrder) and flow.runs_in_order
        lines.setdefault(transfer.kind if builds else transfer.pk, []).append(transfer)
    return [sorted(line, key=lambda transfer: transfer.key) for line in lines.values()]
