"""What is going to happen, in the order of time: every act may put others on the agenda."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from lagerbro_sandbox.kernel.clock import COPENHAGEN, MovableClock
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.storage.store import Store
from lagerbro_sandbox.worlds.draws import Draws

Act = Callable[["World"], None]
SATURDAY = 5


class Moment:
    """The clock of a world: it stands where the history has come to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at.astimezone(UTC)


@dataclass(slots=True)
class World:
    """A company in the making. `sold` is what has left since it was last ordered anew, by item."""

    store: Store
    account: int
    company: Record
    draws: Draws
    customers: int
    products: int
    clock: Moment
    sold: dict[str, int] = field(default_factory=dict)
    _coming: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _given: int = 0

    def session(self) -> Session:
        """A request of its own for every act; nobody listens to what is long past."""
        return Session(self.store, MovableClock(self.clock), self.account, "", "", self.company, "", quiet=True)

    @property
    def today(self) -> str:
        return str(self.clock.at.astimezone(COPENHAGEN).date())

    def at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._coming, (moment, self._given, act))
        self._given += 1

    def after(self, days: int, act: Act) -> None:
        """So many days from now, at some time of a working day; what falls on a weekend waits until Monday."""
        day = self.clock.at + timedelta(days=days)
        if day.weekday() >= SATURDAY:
            day += timedelta(days=7 - day.weekday())
        moment = day.replace(hour=self.draws.between(8, 15), minute=self.draws.between(0, 59))
        self.at(max(moment, self.clock.at + timedelta(minutes=1)), act)

    def live_until(self, moment: datetime) -> int:
        """Do what comes before the moment; answers how many acts that was. What comes later stays undone."""
        done = 0
        while self._coming and self._coming[0][0] < moment:
            self.clock.at, _, act = heapq.heappop(self._coming)
            act(self)
            done += 1
        return done
