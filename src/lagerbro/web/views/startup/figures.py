"""The figures of a start-up sync, from its rows. Inside the agreement's scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Count

from lagerbro.flows.startup.choices import OnConflict
from lagerbro.flows.startup.kinds import ORDER, Kind
from lagerbro.flows.startup.models import RecordState, RunState, StartupRecord, StartupRun
from lagerbro.flows.startup.plan import Action
from lagerbro.rackbeat.client import CALLS_PER_SECOND
from lagerbro.web.sentences.startup.reasons import KINDS, Words

_ENDED: Final = (
    RecordState.MADE,
    RecordState.FILLED,
    RecordState.LINKED,
    RecordState.LEFT_OUT,
    RecordState.REFUSED,
)


@dataclass
class KindFigures:
    """One kind: what is planned of it by its action, and what became of it by its state."""

    kind: Kind
    choice: OnConflict
    carried: bool
    planned: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    @property
    def word(self) -> Words:
        return KINDS[self.kind]

    @property
    def make(self) -> int:
        return self.planned.get(Action.MAKE, 0)

    @property
    def same(self) -> int:
        return self.planned.get(Action.SAME, 0)

    @property
    def conflict(self) -> int:
        return self.planned.get(Action.CONFLICT, 0)

    @property
    def cannot(self) -> int:
        return self.planned.get(Action.CANNOT, 0)

    @property
    def made(self) -> int:
        return self.ended.get(RecordState.MADE, 0)

    @property
    def linked(self) -> int:
        return self.ended.get(RecordState.LINKED, 0) + self.ended.get(RecordState.FILLED, 0)

    @property
    def filled(self) -> int:
        return self.ended.get(RecordState.FILLED, 0)

    @property
    def left_out(self) -> int:
        return self.ended.get(RecordState.LEFT_OUT, 0)

    @property
    def refused(self) -> int:
        return self.ended.get(RecordState.REFUSED, 0)

    @property
    def count(self) -> int:
        """How many there are to be done."""
        return self.make + self.same + self.conflict

    @property
    def done(self) -> int:
        return sum(self.ended.get(state, 0) for state in _ENDED)

    @property
    def not_transferred(self) -> int:
        return self.cannot + self.refused


@dataclass(frozen=True)
class Figures:
    """All kinds in their order, and the sums over them."""

    kinds: tuple[KindFigures, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.kinds)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.kinds)

    @property
    def make(self) -> int:
        return sum(one.make for one in self.kinds)

    @property
    def both(self) -> int:
        return sum(one.same + one.conflict for one in self.kinds)

    @property
    def conflict(self) -> int:
        return sum(one.conflict for one in self.kinds)

    @property
    def cannot(self) -> int:
        return sum(one.cannot for one in self.kinds)

    @property
    def made(self) -> int:
        return sum(one.made for one in self.kinds)

    @property
    def linked(self) -> int:
        return sum(one.linked for one in self.kinds)

    @property
    def not_transferred(self) -> int:
        return sum(one.not_transferred for one in self.kinds)


def figures(run: StartupRun) -> Figures:
    """One statement, whatever there is."""
    chosen = run.chosen
    found = {kind: KindFigures(kind, chosen.on_conflict_of(kind), chosen.carries(kind)) for kind in ORDER}
    rows = StartupRecord.in_scope.filter(run=run).values_list("kind", "action", "state").annotate(n=Count("pk"))
    for kind, action, state, count in rows.order_by():
        one = found[Kind(kind)]
        one.planned[action] = one.planned.get(action, 0) + count
        if action != Action.CANNOT:
            one.ended[state] = one.ended.get(state, 0) + count
    return Figures(tuple(one for one in found.values() if one.carried or one.planned))


def remaining_minutes(run: StartupRun, found: Figures, now: datetime) -> int | None:
    """How long it will take at the pace so far, and never less than Rackbeat's limit asks for; None at rest."""
    if run.state != RunState.RUNNING or run.begun_at is None:
        return None
    left = found.count - found.done
    at_limit_s = left / CALLS_PER_SECOND
    worked_s = (now - run.begun_at).total_seconds() - run.paused_s
    at_pace_s = left * worked_s / found.done if found.done else 0.0
    return max(int(max(at_limit_s, at_pace_s) + 59) // 60, 1)


def reading_share(run: StartupRun) -> tuple[int, int]:
    """How many of the kinds have been read, and of how many."""
    done = ORDER.index(Kind(run.kind)) if run.kind else len(ORDER)
    return done, len(ORDER)
