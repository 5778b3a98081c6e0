"""The simulated runner: several workers over one database, which crash, and which stop and go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection

from lagerbro.sync.drain import Slice, drain
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.schedules.hastening import hasten_all
from lagerbro.sync.storage.due import KnownNames, agreements_with_due_work
from tests.simulation.hub import Hub

LONGEST_NAP_S = 600
_NEXT = """
SELECT MIN(due_at) FROM sync_transfer WHERE due_at > %s
UNION ALL SELECT MIN(due_at) FROM sync_schedule WHERE due_at > %s
"""
BACK_AFTER_S = 5
PEOPLE = "people"
"""The thread of those who use both systems."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Crash(BaseException):
    """The process is gone, at a named point."""


@dataclass
class Worker:
    """One process. `lives` counts its restarts; it `holds` the lock of an agreement while it drains it, unless it was
    taken away meanwhile. All of its threads stand still at their next point until `stopped_until`."""

    name: str
    lives: int = 0
    holds: int | None = None
    drains: int | None = None
    dead: bool = False
    parts: int = 0
    stopped_until: datetime = LONG_AGO
    standing: set[str] = field(default_factory=set)
    """Those of its threads that stand still."""


@dataclass
class Workers:
    """All of them, and who is alone with which agreement."""

    hub: Hub
    runtime: Runtime
    named: dict[str, Worker] = field(default_factory=dict)
    of_thread: dict[str, Worker] = field(default_factory=dict)
    crash_in: int = -1
    freeze_in: int = -1
    crash_at: str = ""
    freeze_at: str = ""
    """How the name of the point ends at which the next one crashes or is stopped, wherever that is."""
    crashes: int = 0
    freezes: int = 0
    over: bool = False
    is_tempting: bool = False
    """A process has just been stopped between a draft and its booking."""
    keeper: str = ""
    """Who of the idle ones keeps the time; the others sleep until they are roused."""

    def start(self, count: int) -> None:
        for number in range(1, count + 1):
            worker = Worker(f"w{number}")
            self.named[worker.name] = worker
            self.of_thread[worker.name] = worker
            self.hub.spawn(worker.name, lambda worker=worker: self._live(worker))  # type: ignore[misc]  # bound now

    def wake(self) -> None:
        """Somebody idle looks for work."""
        self.hub.rouse([self.keeper or self.hub.random.choice(sorted(self.named))])

    def end(self) -> None:
        self.over = True
        self.hub.rouse(sorted(self.named))

    def is_at_work(self, agreement: int) -> bool:
        """Whether a thread that is not standing still has the agreement in hand, with its lock or without."""
        return any(worker.drains == agreement and self._is_awake(worker) for worker in self.named.values())

    def failpoint(self, name: str) -> None:
        """Called between any two effects. Somebody else may run here; the process may die or be stopped here."""
        worker = self.of_thread.get(self.hub._running)
        if worker is None:
            return
        self.hub.trace.append(f"{self.hub.clock.now().isoformat()} {self.hub._running} {name}")
        is_call = name[0].isupper()
        self._aim(name)
        self._strike(worker, is_call=is_call, is_drafted=name.endswith(".draft.answered"))
        self.hub.step()
        if not is_call:
            self._stand_still(worker)
        if worker.dead:
            raise Crash(name)

    def run_all(self, jobs: Sequence[Callable[[], None]]) -> None:
        """Each job a thread of its own under the baton, unless there is only one."""
        worker = self.of_thread[self.hub._running]
        if len(jobs) == 1:
            jobs[0]()
            return
        names = []
        for job in jobs:
            worker.parts += 1
            name = f"{worker.name}.{worker.parts}"
            self.of_thread[name] = worker
            names.append(name)
            self.hub.spawn(name, lambda job=job, name=name: self._part(job, name))  # type: ignore[misc]  # bound now
        self.hub.wait_for(names)
        if worker.dead:
            raise Crash("beside")

    def sleep_s(self, seconds: float) -> None:
        """A client waits."""
        worker = self.of_thread.get(self.hub._running)
        self.hub.sleep_s(seconds)
        if worker is not None and worker.dead:
            raise Crash("asleep")

    def _part(self, job: Callable[[], None], name: str) -> None:
        try:
            job()
        except Crash:
            pass
        finally:
            del self.of_thread[name]

    def _is_awake(self, worker: Worker) -> bool:
        threads = {name for name, whose in self.of_thread.items() if whose is worker}
        parts = threads - {worker.name}  # while there are any, the process's own thread waits for them
        return not worker.dead and bool((parts or threads) - worker.standing)

    def _stand_still(self, worker: Worker) -> None:
        mine = self.hub._running
        worker.standing.add(mine)
        while (left := worker.stopped_until - self.hub.clock.now()) > timedelta(0) and not worker.dead:
            self.hub.sleep_s(left.total_seconds())
        worker.standing.discard(mine)

    def _aim(self, name: str) -> None:
        """Somebody has come to the point that was waited for."""
        if self.crash_at and name.endswith(self.crash_at):
            self.crash_at, self.crash_in = "", 0
        if self.freeze_at and name.endswith(self.freeze_at):
            self.freeze_at, self.freeze_in = "", 0

    def _strike(self, worker: Worker, *, is_call: bool, is_drafted: bool) -> None:
        """A process is not stopped between its last look at the clock and the wire: that gap is microseconds, and
        against a remote that keeps no keys nothing could close it (decision 0009)."""
        if self.crash_in == 0:
            self.crashes += 1
            worker.dead = True
            worker.holds = None  # the server gives the lock back at once
        elif self.freeze_in == 0 and not is_call:
            self.freezes += 1
            stopped = [worker] if self.hub.random.random() < 0.5 else list(self.named.values())  # or the whole machine
            until = self.hub.clock.now() + timedelta(seconds=self.hub.random.choice([20, 60, 200]))
            for one in stopped:
                one.holds = None  # and here when the session has been silent for too long
                one.stopped_until = until
            self.is_tempting = is_drafted
            self.hub.rouse([*sorted(self.named), *([PEOPLE] if is_drafted else [])])
            self.freeze_in = -1
        self.crash_in -= self.crash_in >= 0
        self.freeze_in -= self.freeze_in > 0 or (self.freeze_in == 0 and not is_call)

    def _live(self, worker: Worker) -> None:
        while not self.over:
            try:
                self._turn(worker)
            except Crash:
                worker.dead, worker.holds, worker.drains = False, None, None
                worker.standing.clear()
                worker.lives += 1
                self.hub.sleep_s(BACK_AFTER_S)
                hasten_all(self.runtime)

    def _turn(self, worker: Worker) -> None:
        self._stand_still(worker)
        held = {other.holds for other in self.named.values()}
        free = [one for one in self._due_agreements() if one not in held]
        if not free:
            self._idle(worker)
            return
        if len(free) > 1:
            self.wake()
        worker.holds = worker.drains = self.hub.random.choice(free)
        mine = worker.holds
        self._drained(mine, lambda: worker.holds != mine)
        worker.holds = worker.drains = None

    def _due_agreements(self) -> list[int]:
        """As the program asks: a routine that these workers do not know is left to others and wakes nobody."""
        known = KnownNames(tuple(self.runtime.flows), tuple(self.runtime.routines))
        return agreements_with_due_work(self.hub.clock.now(), known=known)

    def _drained(self, agreement: int, stopping: Callable[[], bool]) -> None:
        drain(agreement, self.runtime, stopping, Slice(transfers=40, seconds=600))

    def _idle(self, worker: Worker) -> None:
        if self.keeper:
            self.hub.sleep_s(LONGEST_NAP_S)
            return
        self.keeper = worker.name
        self.hub.sleep_s(self._nap_s())
        self.keeper = ""

    def _nap_s(self) -> float:
        """Until something is due; never longer than a sweep would let it."""
        now = self.hub.clock.now()
        at = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, (at, at))
            moments = [_moment(row[0]) for row in cursor.fetchall() if row[0]]
        until = min([*moments, now + timedelta(seconds=LONGEST_NAP_S)])
        return max((until - now).total_seconds(), 1) if moments else LONGEST_NAP_S


def _moment(stored: str | datetime) -> datetime:
    found = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
