"""What stands still, by cause: the reason and what it names. Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Q

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.questions import BY_KEY, anchor
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.formats import month
from lagerbro.web.sentences.causes import CAUSES
from lagerbro.web.sentences.causes.cause import ANY_CAUSE, ANY_RECORDS, AT_LEAST, DATE, RECORDS, Cause, Words
from lagerbro.web.sentences.details import display_values
from lagerbro.web.sentences.words import Message, filled
from lagerbro.web.states import STATES
from lagerbro.web.status.chains import roots, waiting_sentence
from lagerbro.web.status.messages import message_for
from lagerbro.web.status.overdue import overdue
from lagerbro.wire.texts import isolated

LISTED_MAX: Final = 10
"""Causes that get a notice; the rest are counted."""
LOOKED_AT_MAX: Final = 2000
"""Records whose causes are counted, the latest in each state: the page comes at once however many stand still."""
OVERDUE: Final = "overdue"
"""Beside the two states that only a person ends: what waits too long (`web.overdue`)."""
SAID: Final = "said"
"""What the other system answered; it may have said nothing."""
_READ: Final = ("pk", "kind", "document_type", "key", "code", "details", "failures")


@dataclass(frozen=True, slots=True)
class StoppedTransfer:
    """One record that stands still, as far as its cause goes."""

    pk: int
    kind: str
    document_type: str
    key: str
    code: str
    details: Mapping[str, str]
    failures: int
    is_overdue: bool

    @property
    def cause_values(self) -> tuple[str | None, ...]:
        """What its cause names, in the order of the cause's `by`; None where the record does not say."""
        cause = CAUSES.get(self.code, ANY_CAUSE)
        return tuple(self._named(name, cause) for name in cause.by)

    def _named(self, name: str, cause: Cause) -> str | None:
        value = self.details.get(name)
        return value[: cause.date_length] if value and name == DATE else value


@dataclass(frozen=True, slots=True)
class Group:
    """Records of a kind that stand still for one cause. `cause_values`: what the cause names; None where it is unknown.
    `waiting`: what stands still only because of these."""

    kind: str
    document_type: str
    code: str
    cause_values: Mapping[str, str | None]
    count: int
    latest: StoppedTransfer
    waiting: tuple[StoppedTransfer, ...] = ()

    @property
    def stopped(self) -> int:
        """How many records go on when the cause is settled."""
        return self.count + len(self.waiting)


@dataclass(frozen=True, slots=True)
class ShownCause:
    """A group as it is read. `what` names the cause, and `message` is the latest record's own sentence."""

    group: Group
    what: str
    message: Message
    target: str
    """The place on the settings page where it is mended, if it is mended there."""
    waiting_sentence: str = ""
    """What waits for it, in a sentence."""

    @property
    def named(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.group.cause_values.items() if value is not None]


@dataclass(frozen=True, slots=True)
class StateCount:
    state: str
    word: Words
    count: int


@dataclass(frozen=True, slots=True)
class StoppedTransfers:
    """Everything that stands still: how many records in each state, what waits too long among those that need
    somebody; and `others`, the causes without a notice.

    The causes are those of `looked_at` records, `LOOKED_AT_MAX` at most; where there are more, they say *at least*.
    """

    causes: tuple[ShownCause, ...]
    states: Mapping[str, int]
    others: int
    looked_at: int

    @property
    def records(self) -> int:
        return sum(self.states.values())

    @property
    def is_partial(self) -> bool:
        return self.looked_at < self.records

    @property
    def lists(self) -> list[StateCount]:
        """The states to look at."""
        return [StateCount(state, STATES[state].word, count) for state, count in self.states.items()]


def stopped_transfers(agreement: Agreement, now: datetime) -> StoppedTransfers:
    """The most frequent causes first."""
    late = overdue(agreement, now)
    counted = Transfer.in_scope.filter(state__in=STOPPED).values_list("state").annotate(count=Count("pk"))
    buckets = dict(counted.order_by("state"))
    waiting = Transfer.in_scope.filter(late).count()
    if waiting:
        buckets[OVERDUE] = waiting
    rows = [row for name, share in _shares(buckets) for row in _latest(name, late, share)]
    is_partial = len(rows) < sum(buckets.values())
    groups = sorted(_groups(rows), key=lambda group: (-group.stopped, -group.latest.pk))
    shown = tuple(shown_group(group, is_partial=is_partial) for group in groups[:LISTED_MAX])
    return StoppedTransfers(shown, _stopped_states(buckets), len(groups) - len(shown), len(rows))


def stopped_filter(agreement: Agreement, now: datetime) -> Q:
    """The filter for everything that needs somebody, whatever its cause."""
    return Q(state__in=STOPPED) | overdue(agreement, now)


def cause_filter(kind: str, document_type: str, code: str, named: Mapping[str, str]) -> dict[str, Any]:
    """The filter for one cause, of what a form says of it; names that do not belong to the cause are passed over."""
    cause = CAUSES.get(code, ANY_CAUSE)
    chosen: dict[str, Any] = {"code": code, "kind": kind, "document_type": document_type}
    for name in cause.by:
        if name not in named:
            chosen[f"details__{name}__isnull"] = True
        elif name == DATE:
            chosen[f"details__{name}__startswith"] = named[name]
        else:
            chosen[f"details__{name}"] = named[name]
    return chosen


def _stopped_states(buckets: Mapping[str, int]) -> dict[str, int]:
    """By the state that a person reads: what waits too long needs somebody."""
    states: dict[str, int] = {}
    for name, count in buckets.items():
        state = TransferState.NEEDS_YOU if name == OVERDUE else name
        states[state] = states.get(state, 0) + count
    return states


def _shares(states: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """How many of each state are looked at; what one leaves the others have."""
    left = LOOKED_AT_MAX
    for others, state in zip(reversed(range(len(states))), sorted(states, key=states.__getitem__), strict=True):
        share = min(states[state], left // (others + 1))
        yield state, share
        left -= share


def _latest(name: str, late: Q, share: int) -> Iterator[StoppedTransfer]:
    """One state at a time: the index gives a state's latest without sorting, but not those of two."""
    chosen, order = (late, "-overdue_at") if name == OVERDUE else (Q(state=name), "-changed_at")
    rows = Transfer.in_scope.filter(chosen).order_by(order, "-pk").values(*_READ)[:share]
    return (StoppedTransfer(**row, is_overdue=name == OVERDUE) for row in rows)


def _groups(rows: Sequence[StoppedTransfer]) -> list[Group]:
    """By cause; what waits for another of them stands with that one, where the cause is."""
    root_of = roots(rows)
    alike: dict[_Alike, list[StoppedTransfer]] = {}
    waiting: dict[_Alike, list[StoppedTransfer]] = {}
    for row in rows:
        where, root = (waiting, root_of[row.pk]) if row.pk in root_of else (alike, row)
        where.setdefault(_alike(root), []).append(row)
    return [_group(same, waiting.get(cause, [])) for cause, same in alike.items()]


_Alike = tuple[str, str, str, bool, tuple[str | None, ...]]


def _alike(row: StoppedTransfer) -> _Alike:
    """What records of one cause have in common."""
    return row.kind, row.document_type, row.code, row.is_overdue, row.cause_values


def _group(same: Sequence[StoppedTransfer], waiting: Sequence[StoppedTransfer]) -> Group:
    latest = max(same, key=lambda row: row.pk)
    cause_values = dict(zip(CAUSES.get(latest.code, ANY_CAUSE).by, latest.cause_values, strict=True))
    return Group(latest.kind, latest.document_type, latest.code, cause_values, len(same), latest, tuple(waiting))


def shown_group(group: Group, *, is_partial: bool) -> ShownCause:
    cause, latest = CAUSES.get(group.code, ANY_CAUSE), group.latest
    records = str(RECORDS.get(group.document_type or group.kind, ANY_RECORDS)) % {"n": group.count}
    if is_partial:
        records = str(AT_LEAST) % {"records": records}
    named = {name: isolated(_readable(name, value)) for name, value in group.cause_values.items()}
    message = message_for(latest, is_overdue=latest.is_overdue) or Message("", "", "")
    what = filled(cause.words, {**named, "records": records})
    target = anchor(cause.field) if cause.field in BY_KEY else ""
    return ShownCause(group, what, message, target, waiting_sentence(group.waiting, is_partial=is_partial))


def _readable(name: str, value: str | None) -> str:
    if value is None:
        return "" if name == SAID else "–"
    if name != DATE or len(value) < len("2026-11"):
        return display_values({name: value})[name]
    try:
        return month(date.fromisoformat(f"{value}-01"))
    except ValueError:
        return value
