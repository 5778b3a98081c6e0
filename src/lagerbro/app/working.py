"""`lagerbro worker`: one of any number of processes that drain agreements, joined by PostgreSQL."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import structlog
from django.conf import settings

from lagerbro.app.databases import is_postgresql
from lagerbro.app.generation import follow
from lagerbro.app.keys.opening import open_database
from lagerbro.app.logs import count_again
from lagerbro.app.memory import bound_arenas, settle
from lagerbro.app.runtime import drains, due_work, system_runtime
from lagerbro.sync.runtime import Runtime
from lagerbro.sync.schedules.hastening import hasten_all
from lagerbro.sync.schedules.running import schedule_all
from lagerbro.sync.waking import set_waker

log = structlog.get_logger()

LOOK_S = 0.2
ANEW_AFTER_S = 2.0


class NoPostgresError(RuntimeError):
    """Workers need a database that several processes may share."""


def work() -> int:
    """Drain until SIGTERM or SIGINT, then finish the documents in hand.

    A worker that has lost the database is replaced by a new one in this process; one that cannot even be ended, because
    a call hangs, ends the process with 1, and whoever supervises it starts another.
    """
    if not is_postgresql(settings.DATABASES["default"]):
        raise NoPostgresError("`lagerbro worker` needs DATABASE_URL; on a file `lagerbro serve` does the work itself.")
    bound_arenas()
    leaving = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        leaving.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    open_database()
    with system_runtime() as runtime:
        follow(settings.LAGERBRO_HOME, runtime.clock.now())  # before anything is made: memory may be lost
        schedule_all(runtime)
        hasten_all(runtime)
        settle()
        while not leaving.is_set():
            if not _one_worker(runtime, leaving):
                return 1
            leaving.wait(0 if leaving.is_set() else ANEW_AFTER_S)
    return 0


def _one_worker(runtime: Runtime, leaving: threading.Event) -> bool:
    from lagerbro.sync.runners.distributed import DistributedRunner  # installed in Django on PostgreSQL only

    runner = DistributedRunner(drains(runtime), due_work(runtime))
    set_waker(runner.wake)
    runner.start()
    log.info("working")
    while not (leaving.wait(LOOK_S) or runner.broken.is_set()):
        count_again()
    set_waker(None)
    ended = runner.stop()
    log.info("stopped", in_time=ended, broken=runner.broken.is_set())
    return ended
