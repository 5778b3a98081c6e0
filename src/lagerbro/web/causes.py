"""What stands still, by cause: the reason and what it names. Inside the agreement's scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Max, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Left

from lagerbro.agreements.questions import BY_KEY, anchor
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.models import Transfer
from lagerbro.web.formats import month
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.causes import ANY_CAUSE, ANY_RECORDS, CAUSES, DATE, RECORDS, Cause, Words
from lagerbro.web.sentences.words import Told, tell
from lagerbro.web.states import STATES

LISTED_MAX: Final = 10
"""Causes that get a notice; the rest are counted."""
CODES_MAX: Final = 50
"""Kinds of reason that are looked into."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records of a kind that stand still for one cause. `because`: what the cause names; None where it is unknown."""

    kind: str
    code: str
    because: Mapping[str, str | None]
    count: int
    latest: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as it is read. `what` names the cause, and `told` is the latest record's own sentence."""

    group: Group
    what: str
    told: Told
    target: str
    """The place on the settings page where it is mended, if it is mended there."""

    @property
    def named(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.group.because.items() if value is not None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that stands still: how many records in each state, and `others`, the causes without a notice."""

    causes: tuple[Shown, ...]
    states: Mapping[str, int]
    others: int

    @property
    def records(self) -> int:
        return sum(self.states.values())

    @property
    def lists(self) -> list[tuple[str, Words, int]]:
        """The states to look at, each with its word."""
        return [(state, STATES[state].word, count) for state, count in self.states.items()]


def standing() -> Standing:
    """The most frequent causes first."""
    groups = sorted(_groups(), key=lambda group: (-group.count, -group.latest))
    listed = groups[:LISTED_MAX]
    latest = Transfer.objects.in_bulk([group.latest for group in listed])
    shown = tuple(_shown(group, latest[group.latest]) for group in listed if group.latest in latest)
    counted = _stopped().values_list("state").annotate(count=Count("pk")).order_by("state")
    return Standing(shown, dict(counted), len(groups) - len(listed))


def because(kind: str, code: str, named: Mapping[str, str]) -> dict[str, Any]:
    """The filter for one cause, of what a form says of it; names that do not belong to the cause are passed over."""
    cause = CAUSES.get(code, ANY_CAUSE)
    chosen: dict[str, Any] = {"code": code, "kind": kind}
    for name in cause.by:
        if name not in named:
            chosen[f"details__{name}__isnull"] = True
        elif name == DATE:
            chosen[f"details__{name}__startswith"] = named[name]
        else:
            chosen[f"details__{name}"] = named[name]
    return chosen


def _stopped() -> QuerySet[Transfer]:
    return Transfer.objects.filter(state__in=STOPPED).exclude(code="")


def _groups() -> Iterator[Group]:
    by_code = _stopped().values("kind", "code").annotate(count=Count("pk"), latest=Max("pk")).order_by("-count")
    for row in by_code[:CODES_MAX]:
        cause = CAUSES.get(row["code"], ANY_CAUSE)
        if not cause.by:
            yield Group(row["kind"], row["code"], {}, row["count"], row["latest"])
            continue
        yield from _parted(row["kind"], row["code"], cause)


def _parted(kind: str, code: str, cause: Cause) -> Iterator[Group]:
    named = {f"by_{name}": _named(name, cause) for name in cause.by}
    rows = _stopped().filter(kind=kind, code=code).annotate(**named).values(*named)
    for row in rows.annotate(count=Count("pk"), latest=Max("pk")).order_by():
        values = {name: row[f"by_{name}"] for name in cause.by}
        yield Group(kind, code, values, row["count"], row["latest"])


def _named(name: str, cause: Cause) -> Any:  # noqa: ANN401 - an expression of the database
    text = KT(f"details__{name}")
    return Left(text, cause.date_length) if name == DATE else text


def _shown(group: Group, latest: Transfer) -> Shown:
    cause = CAUSES.get(group.code, ANY_CAUSE)
    records = str(RECORDS.get(group.kind, ANY_RECORDS)) % {"n": group.count}
    named = {name: _readable(name, value) for name, value in group.because.items()}
    told = tell(SENTENCES.get(latest.code), latest.code, latest.key, latest.details)
    what = str(cause.words) % {**named, "records": records}
    return Shown(group, what, told, anchor(cause.field) if cause.field in BY_KEY else "")


def _readable(name: str, value: str | None) -> str:
    if value is None:
        return "–"
    if name != DATE or len(value) < len("2026-11"):
        return value
    try:
        return month(date.fromisoformat(f"{value}-01"))
    except ValueError:
        return value
