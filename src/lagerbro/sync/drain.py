"""Draining one agreement: take what is due in the order of dependencies, run it, until nothing is due or time is up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import Choices
from lagerbro.sync.flow import in_order, kinds_while
from lagerbro.sync.models import Transfer
from lagerbro.sync.run import run
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.schedules.running import run_due_routines
from lagerbro.sync.storage.claims import claim_due_in_scope, is_anything_due_in_scope, release
from lagerbro.sync.storage.reading import Reading
from lagerbro.sync.work import Work

BATCH = 8
"""Transfers taken in hand at one time; all of them may run side by side."""

CLAIM_DIGITS = 32
_READING = Reading(Agreement)


@dataclass(frozen=True, slots=True)
class Slice:
    """How much one drain may do before another agreement gets its turn: little, so that a backlog of any length
    takes turns with everybody else's few documents."""

    transfers: int = 16
    seconds: int = 5


@dataclass(frozen=True, slots=True)
class Drained:
    """What a drain did. `more`: something is due already, wake the agreement again."""

    transfers: int
    more: bool


def drain(agreement_id: int, runtime: Runtime, stopping: Callable[[], bool], limits: Slice | None = None) -> Drained:
    """Drain the agreement. The caller sees to it that nobody else does at the same time."""
    with agreement_scope(agreement_id):
        (agreement,) = _READING.where("id = %s", (agreement_id,))
        choices = _choices(agreement, runtime)
        # of the randomness that is handed in, so that a simulation which replays a seed claims the same
        claim = f"{runtime.random.getrandbits(CLAIM_DIGITS * 4):0{CLAIM_DIGITS}x}"
        run_due_routines(agreement, choices, runtime)  # first: what they ask for is drained in the same turn
        try:
            return _batches(agreement, choices, claim, runtime, stopping, limits or Slice())
        except Exception:  # whatever went wrong, what is still in hand goes back at once
            release(claim, runtime.clock.now())
            raise


def _batches(
    agreement: Agreement, choices: Choices, claim: str, runtime: Runtime, stopping: Callable[[], bool], limits: Slice
) -> Drained:
    ends_at = runtime.clock.now() + timedelta(seconds=limits.seconds)
    count = 0
    while (kinds := kinds_while(agreement.state, runtime.flows)) and count < limits.transfers and not stopping():
        batch = claim_due_in_scope(claim, runtime.clock.now(), min(BATCH, limits.transfers - count), kinds)
        if not batch:
            return Drained(count, more=False)
        lost: list[Transfer] = []
        lines = in_order(batch, runtime.flows)
        runtime.run_all([partial(_run_line, line, agreement, choices, runtime, stopping, lost) for line in lines])
        count += len(batch)
        # time is looked at after a batch and not within one: what is in hand is finished
        if lost or runtime.clock.now() >= ends_at:
            break
    # asked of the table and not of the last batch: what came due while it ran has told nobody
    kinds = kinds_while(agreement.state, runtime.flows)
    return Drained(count, more=is_anything_due_in_scope(runtime.clock.now(), kinds))


def _choices(agreement: Agreement, runtime: Runtime) -> Choices:
    """The decided settings, read anew when their version has changed."""
    known = runtime.choices.get(agreement.pk)
    if known is None or known.version != agreement.settings_version:
        known = runtime.choices[agreement.pk] = choices_of(agreement)
    return known


def _run_line(
    line: list[Transfer],
    agreement: Agreement,
    choices: Choices,
    runtime: Runtime,
    stopping: Callable[[], bool],
    lost: list[Transfer],
) -> None:
    with agreement_scope(agreement.pk):  # a thread of its own has no scope yet
        for transfer in line:
            held = run(Work(transfer, agreement, choices, runtime, stopping))
            lost += [] if held else [transfer]  # somebody else drains this agreement: who only seemed dead steps back
