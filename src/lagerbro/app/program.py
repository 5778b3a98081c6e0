"""The program put together. On a file: pages, doors and drains in one process. On PostgreSQL: pages and doors here,
drains in `lagerbro worker`."""

from __future__ import annotations

import signal
from importlib import import_module
from types import FrameType

import structlog
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from lagerbro.app.databases import is_postgresql
from lagerbro.app.generation import advance
from lagerbro.app.housekeeping import Housekeeping
from lagerbro.app.keys.opening import open_database
from lagerbro.app.listening.server import web_server
from lagerbro.app.memory import bound_arenas, settle
from lagerbro.app.runtime import drains, due_work, system_runtime
from lagerbro.app.sqlite.checking import check_database_file, reporting_file_faults
from lagerbro.sync.clients import client_factory
from lagerbro.sync.runners.embedded import EmbeddedRunner, SingleProcess
from lagerbro.sync.runners.wake_sender import WakeSender
from lagerbro.sync.schedules.hastening import hasten_all
from lagerbro.sync.schedules.running import schedule_all
from lagerbro.sync.waking import set_waker

log = structlog.get_logger()


def serve(host: str, port: int) -> int:
    """Serve pages and doors until SIGTERM or SIGINT; on a file drain too, and finish the documents in hand."""
    bound_arenas()
    if is_postgresql(settings.DATABASES["default"]):
        return _serve_pages(host, port)
    check_database_file()
    lock = SingleProcess(settings.LAGERBRO_HOME / "runner.lock")
    try:
        open_database()
        with reporting_file_faults():
            advance(settings.LAGERBRO_HOME, client_factory().clock.now())
        return _serve_all(host, port)
    finally:
        lock.close()


def _serve_pages(host: str, port: int) -> int:
    from lagerbro.sync.runners.distributed import wake_all  # Procrastinate is installed in Django on PostgreSQL only

    open_database()
    advance(settings.LAGERBRO_HOME, client_factory().clock.now())
    wakes = WakeSender(wake_all)
    set_waker(wakes.wake)
    wakes.start()
    try:
        _listen(host, port)
    finally:
        set_waker(None)
        wakes.stop()
    return 0


def _serve_all(host: str, port: int) -> int:
    with system_runtime() as runtime:
        schedule_all(runtime)
        hasten_all(runtime)
        runner = EmbeddedRunner(drains(runtime), due_work(runtime))
        set_waker(runner.wake)
        runner.start()
        try:
            _listen(host, port)
        finally:
            set_waker(None)
            ended = runner.stop()
            log.info("stopped", in_time=ended)
    return 0 if ended else 1


def _listen(host: str, port: int) -> None:
    with Housekeeping(client_factory()):
        _serve_until_stopped(host, port)


def _serve_until_stopped(host: str, port: int) -> None:
    server = web_server(get_wsgi_application(), host, port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    import_module(settings.ROOT_URLCONF)  # the pages, which would else be loaded with the first request
    settle()
    log.info("serving", host=host, port=port)
    if settings.LAGERBRO_HOSTING.is_secure and not settings.LAGERBRO_HOSTING.trusted_proxies:
        log.warning("no_trusted_proxies", effect="whoever signs in seems to come from the proxy; see docs/operating.md")
    server.run()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """waitress ends its loop on SystemExit; everything else follows from there."""
    raise SystemExit(0)
