"""One seed, one history: invoices, people, lost webhooks, faults, crashes and stops, several workers over several
companies, and at the end the ledgers as the oracle.

Everything happens in one process under a clock that the history owns, so a seed replays to the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from django.db import connection

from lagerbro.agreements.scope import every_agreement
from lagerbro.sync.models import Transfer
from lagerbro.sync.runtime import Clients
from tests.sandboxes import Sandboxes, TestClock
from tests.simulation.hub import Hands, Hub
from tests.simulation.scene import Scene
from tests.simulation.workers import PEOPLE, Workers
from tests.world import code_alone, company_in

WORKERS: Final = 3
SETTLES_WITHIN: Final = 200
POLLED_AFTER: Final = 2
"""Rounds of ten minutes after which the poll of the invoices has run."""
POINTS_AHEAD: Final = 16
HALVES: Final = {
    "crash": (
        *(".draft.answered", ".draft.answered", ".book.answered", ".voucher.decided", ".voucher.answered"),
        *(".move.decided", ".move.answered", ".attach.answered", ".attach.answered"),
    ),
    "freeze": (".draft.answered",),
}
"""Between the two writes of a document, and between a write and what is stored of it."""
ELSEWHERE: Final = frozenset({"orders_poll", "economic_invoices_poll"})
"""What comes from e-conomic has histories of its own (`selling`)."""
ACTIVATED_AFTER_S: Final = 10_800
LONG_TIME_S: Final = 4000
"""Longer than e-conomic remembers a key."""
TABLES: Final = (
    "sync_attempt",
    "sync_intent",
    "sync_dependency",
    "sync_link",
    "sync_transfer",
    "sync_schedule",
    "agreements_directorycopy",
    "agreements_settingchange",
    "agreements_setting",
    "agreements_agreement",
)


@dataclass(frozen=True)
class Size:
    companies: int
    documents: int
    purchases: int
    faults: int
    steps: int


SHORT: Final = Size(companies=1, documents=5, purchases=3, faults=4, steps=26)
LONG: Final = Size(companies=3, documents=30, purchases=15, faults=13, steps=120)
HANDS: Final = Hands()


class History:
    """The events of one seed and what they left behind."""

    def __init__(self, seed: int, size: Size) -> None:
        self.seed = seed
        self.size = size
        self.random = Random(seed)
        clock = TestClock()
        self.hub = Hub(self.random, clock, HANDS)
        self.scenes = [self._scene(clock, number) for number in range(1, size.companies + 1)]
        whole = self.scenes[0].company.runtime
        routines = {name: one for name, one in whole.routines.items() if name not in ELSEWHERE}
        runtime = replace(whole, connect=self._connect, random=self.random, words=code_alone, routines=routines)
        self.workers = Workers(self.hub, runtime)
        self.workers.runtime = replace(runtime, failpoint=self.workers.failpoint, run_all=self.workers.run_all)
        self.faults = 0
        clock.sleeper = self._sleep_s

    def run(self) -> None:
        """Live through the history, then let the world calm down, then ask the oracle."""
        for scene in self.scenes:
            scene.open()
            for line in (scene.company.systems.to_economic, scene.company.systems.to_rackbeat):
                line.before = lambda request: self.workers.failpoint(f"{request.method} {request.path}")
        self.workers.start(WORKERS)
        self.hub.spawn(PEOPLE, self._people)
        self.hub.run()
        for scene in self.scenes:
            scene.judge()

    @property
    def booked(self) -> list[int]:
        return [number for scene in self.scenes for number in scene.booked]

    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.hub.trace).encode()).hexdigest()

    def close(self) -> None:
        for scene in self.scenes:
            scene.company.systems.close()
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence")

    def _scene(self, clock: TestClock, number: int) -> Scene:
        random = Random(self.random.getrandbits(32))
        systems = Sandboxes.made(clock=clock)
        if number == 1:
            clock.sleep_s(ACTIVATED_AFTER_S)  # what the company begins with is older than its activation
        return Scene(company_in(systems, random, account=number), random)

    def _connect(self, agreement: Any, observe: Any) -> Clients:
        scene = next(one for one in self.scenes if one.company.agreement.pk == agreement.pk)
        return Clients(*scene.company.systems.clients(observe))

    def _sleep_s(self, seconds: float) -> None:
        if self.hub._running:
            self.workers.sleep_s(seconds)
        else:
            self.hub.clock.go_to(self.hub.clock.now(), seconds)

    def _people(self) -> None:
        """Everything that happens to the companies, some time apart; then quiet, until nothing is due."""
        try:
            for _ in range(self.size.steps):
                self._something()
                self.workers.wake()
                self.hub.sleep_s(self.random.choice([0.01, 0.1, 1, 1, 5, 45]))
            self._rest()
            self._calm_down()
        finally:
            self.workers.end()

    def _something(self) -> None:
        if self.workers.is_tempting:
            self.workers.is_tempting = False
            for each in self.scenes:
                self._meddle(each)
        scene = self.random.choice(self.scenes)
        name, act = self.random.choice([*self._often(scene), *scene.acts().items()])
        self.hub.trace.append(f"{self.hub.clock.now().isoformat()} {name}")
        act()

    def _often(self, scene: Scene) -> list[tuple[str, Callable[[], None]]]:
        left = self.size.documents - len(self.booked)
        return [
            *([("book", scene.book)] * (4 if left else 0)),
            *([("book supplier invoice", scene.invoicing.book)] * (3 if self._purchases_left() > 0 else 0)),
            *([("fault", lambda: self._fault(scene))] * 3),
            *([("soil", scene.soil)] * 2),
            ("crash", lambda: self._ahead("crash")),
            ("crash", lambda: self._ahead("crash")),
            ("freeze", lambda: self._ahead("freeze")),
            ("meddle", lambda: self._meddle(scene)),
            ("meddle", lambda: self._meddle(scene)),
            *([("long time", lambda: self.hub.sleep_s(LONG_TIME_S))] * self._is_time_for_it()),
        ]

    def _purchases_left(self) -> int:
        return self.size.purchases - sum(len(scene.invoicing.booked) for scene in self.scenes)

    def _is_time_for_it(self) -> bool:
        """About once in a history of any size: most of what happens in such a time is polls that find nothing."""
        return self.size == SHORT or self.random.random() < SHORT.steps / self.size.steps

    def _fault(self, scene: Scene) -> None:
        self.faults += 1
        scene.fault()

    def _meddle(self, scene: Scene) -> None:
        """Between the two calls of one run only while its process stands still: else nothing but a third call could
        see that."""
        if not self.workers.is_at_work(scene.company.agreement.pk):
            scene.meddle()

    def _ahead(self, what: str) -> None:
        """At any of the next points, or where the two halves of a write are: most points are elsewhere."""
        if self.random.random() < 0.5:
            setattr(self.workers, f"{what}_in", self.random.randrange(POINTS_AHEAD))
        else:
            setattr(self.workers, f"{what}_at", self.random.choice(HALVES[what]))

    def _is_anything_due(self) -> bool:
        with every_agreement("the oracle looks at all of them"):
            return Transfer.in_scope.filter(due_at__isnull=False).exists()

    def _rest(self) -> None:
        while self.faults < self.size.faults:
            self._fault(self.random.choice(self.scenes))
        while len(self.booked) < self.size.documents:
            self.random.choice(self.scenes).book()
            self.workers.wake()
            self.hub.sleep_s(1)
        while self._purchases_left() > 0:
            self.random.choice(self.scenes).invoicing.book()
            self.workers.wake()
            self.hub.sleep_s(1)

    def _calm_down(self) -> None:
        """No more faults; the polls find what nobody told of; time goes on until nothing is due."""
        self.hub.sleep_s(60)
        for scene in self.scenes:
            scene.calm()
        self.workers.crash_in = self.workers.freeze_in = -1
        self.workers.crash_at = self.workers.freeze_at = ""
        pressed = False
        for rounds in range(SETTLES_WITHIN):
            self.hub.sleep_s(601)
            if rounds < POLLED_AFTER or self._is_anything_due():
                continue
            stopped = [] if pressed else [scene for scene in self.scenes if scene.press_retry()]
            if not stopped:
                return
            pressed = True
        raise AssertionError("something is stuck: it is still due after a day and a half")


def lived(seed: int, size: Size = SHORT) -> History:
    """The history of the seed, to its end; an assertion fails when the oracle finds something."""
    history = History(seed, size)
    try:
        history.run()
    except AssertionError as error:
        error.add_note(f"replay: make simulate SEEDS={seed}-{seed} SIZE={'short' if size == SHORT else 'long'}")
        raise
    finally:
        history.close()
    return history
