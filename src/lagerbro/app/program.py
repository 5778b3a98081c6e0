"""The program put together: the world that drains run in, the embedded runner, and the web server around them."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import SystemRandom
from types import FrameType

import structlog
from django.conf import settings
from django.core.management import call_command
from waitress.server import create_server

from lagerbro.app.connections import Lines
from lagerbro.app.wsgi import application
from lagerbro.flows.registry import FLOWS
from lagerbro.sync.drain import Drained, drain
from lagerbro.sync.due import agreements_with_due_work
from lagerbro.sync.runners.embedded import EmbeddedRunner, SingleProcess
from lagerbro.sync.waking import set_waker
from lagerbro.sync.world import World
from lagerbro.wire.clock import SystemClock

log = structlog.get_logger()

WEB_THREADS = 8
SIDE_BY_SIDE = 4
BODY_LIMIT_BYTES = 2 * 1024 * 1024


def world(pool: ThreadPoolExecutor) -> World:
    """The real world: the machine's clock, true chance, lines to the addresses that the operator named."""
    clock = SystemClock()

    def side_by_side(jobs: Sequence[Callable[[], None]]) -> None:
        list(pool.map(_call, jobs))  # waits for all of them and raises the first fault

    return World(
        environment=settings.LAGERBRO_ENVIRONMENT,
        clock=clock,
        random=SystemRandom(),
        connect=Lines.from_settings(clock).connect,
        flows=FLOWS,
        side_by_side=side_by_side,
    )


def _call(job: Callable[[], None]) -> None:
    job()


def serve(host: str, port: int) -> int:
    """Serve pages and doors and drain agreements until SIGTERM or SIGINT; documents in hand are finished."""
    lock = SingleProcess(settings.LAGERBRO_HOME / "runner.lock")
    try:
        call_command("migrate", interactive=False, verbosity=0)
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="transfer") as pool:
            return _run(host, port, world(pool))
    finally:
        lock.close()


def _run(host: str, port: int, real: World) -> int:
    def drained(agreement_id: int, stopping: Callable[[], bool]) -> Drained:
        return drain(agreement_id, real, stopping)

    runner = EmbeddedRunner(drained, lambda: agreements_with_due_work(real.clock.now()))
    server = create_server(
        application, host=host, port=port, threads=WEB_THREADS, max_request_body_size=BODY_LIMIT_BYTES, ident="Lagerbro"
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    set_waker(runner.wake)
    runner.start()
    log.info("serving", host=host, port=port)
    try:
        server.run()
    finally:
        set_waker(None)
        ended = runner.stop()
        log.info("stopped", in_time=ended)
    return 0 if ended else 1


def _leave(_number: int, _frame: FrameType | None) -> None:
    """waitress ends its loop on SystemExit; everything else follows from there."""
    raise SystemExit(0)
