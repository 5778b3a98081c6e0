"""When something that recurs is due next. Pure; business time is Europe/Copenhagen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Final, Protocol
from zoneinfo import ZoneInfo

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")
SPREAD_S: Final = 600


class Timing(Protocol):
    """A rhythm. Moments are aware and in UTC. `spread_s`: over how long the agreements are spread after each of its
    moments, every one of them always at the same distance (`offset`)."""

    @property
    def spread_s(self) -> int: ...

    @property
    def may_come_early(self) -> bool:
        """Whether a look before its time is as good: not where the hour is the point."""
        ...

    def next_after(self, moment: datetime) -> datetime:
        """The first moment of the rhythm that is later than `moment`."""
        ...

    def latest(self, moment: datetime) -> datetime:
        """The last moment of the rhythm that is not later: what a late run stands for."""
        ...

    def first_after(self, moment: datetime, random: Random) -> datetime:
        """When to begin."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after the same time, counted from the last run."""

    seconds: int
    spread_s: int = 0
    may_come_early: bool = True

    def next_after(self, moment: datetime) -> datetime:
        return moment + timedelta(seconds=self.seconds)

    def latest(self, moment: datetime) -> datetime:
        return moment

    def first_after(self, moment: datetime, random: Random) -> datetime:
        """Anywhere in the first round, so that agreements that begin together do not stay together."""
        return moment + timedelta(seconds=random.randrange(min(self.seconds, SPREAD_S)) + 1)


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a wall-clock time in Denmark, summer and winter."""

    at: time
    spread_s: int = 0
    may_come_early: bool = False

    def next_after(self, moment: datetime) -> datetime:
        moment_found = self._on(moment, 0)
        return moment_found if moment_found > moment else self._on(moment, 1)

    def latest(self, moment: datetime) -> datetime:
        moment_found = self._on(moment, 0)
        return moment_found if moment_found <= moment else self._on(moment, -1)

    def first_after(self, moment: datetime, random: Random) -> datetime:
        del random  # the hour is the point
        return self.next_after(moment)

    def _on(self, moment: datetime, days: int) -> datetime:
        day = moment.astimezone(COPENHAGEN).date() + timedelta(days=days)
        return datetime.combine(day, self.at, COPENHAGEN).astimezone(UTC)


def offset(timing: Timing, public_id: str, routine: str) -> timedelta:
    """How long after each moment of the rhythm this agreement's turn comes, so that they do not all come at once."""
    if not timing.spread_s:
        return timedelta(0)
    number = int.from_bytes(sha256(f"{routine}:{public_id}".encode()).digest()[:8])
    return timedelta(seconds=number % timing.spread_s)
