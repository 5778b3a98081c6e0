"""What happens a thousand times over is written once a minute, and counted."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from lagerbro.app import logs
from lagerbro.app.log_floods import CAUSES_MAX, Floods


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stream(clock: Clock) -> Iterator[io.StringIO]:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    stream = io.StringIO()
    logs.configure(stream, Floods(clock))
    yield stream
    root.handlers = before
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_per_queued_request_is_one_line_and_a_count(stream: io.StringIO, clock: Clock) -> None:
    queue = logging.getLogger("waitress.queue")
    for depth in range(1000):
        queue.warning("Task queue depth is %d", depth)
    assert [line["event"] for line in lines(stream)] == ["Task queue depth is 0"]
    clock.now_s = 61
    logs.count_again()
    told = lines(stream)[1]
    assert str(told["timestamp"]).endswith("Z")
    assert (told["level"], told["logger"], told["again"], told["within_s"]) == ("warning", "waitress.queue", 999, 61)
    clock.now_s = 122
    logs.count_again()
    queue.warning("Task queue depth is %d", 7)  # quiet for a minute: told in full again
    assert [line["event"] for line in lines(stream)[2:]] == ["Task queue depth is 7"]


def lose_the_database(log: structlog.typing.FilteringBoundLogger) -> None:
    try:
        Path("/nowhere/at/all").read_text()
    except OSError:
        log.exception("sweep_failed", agreement=1)


def test_a_traceback_every_two_seconds_is_one_a_minute(stream: io.StringIO, clock: Clock) -> None:
    log = structlog.get_logger()
    for _ in range(300):
        lose_the_database(log)
        clock.now_s += 2
        logs.count_again()
    told = [line for line in lines(stream) if "exception" in line]
    assert len(told) == 1
    counts = [line["again"] for line in lines(stream) if "again" in line]
    assert len(counts) == 10
    assert sum(int(str(count)) for count in counts) == 299
    log.warning("sweep_failed")
    logs.count_again(ending=True)
    assert len(lines(stream)) == 1 + 10 + 1  # all had been counted, and another cause is another line


def test_other_causes_are_told_beside_it(stream: io.StringIO) -> None:
    log = structlog.get_logger()
    for _ in range(3):
        for code in ("economic_down", "rackbeat_down"):
            log.warning("routine_failed", code=code, agreement="a")
        for kind in (ValueError, KeyError):
            try:
                raise kind("x")
            except (ValueError, KeyError):
                logging.getLogger("django.request").exception("Internal Server Error: %s", "/a/")
    codes = [line.get("code") for line in lines(stream)]
    assert codes == ["economic_down", "rackbeat_down", None, None]


def test_what_somebody_has_done_is_written_each_time(stream: io.StringIO) -> None:
    log = structlog.get_logger()
    for _ in range(5):
        log.info("role_changed", person="mette@nordlys.dk")
    assert len(lines(stream)) == 5


def test_a_stranger_who_invents_causes_fills_neither_the_log_nor_the_memory(stream: io.StringIO) -> None:
    log = structlog.get_logger()
    for number in range(CAUSES_MAX * 4):
        log.warning("webhook_refused", code=f"invented-{number}")
    assert len(lines(stream)) == CAUSES_MAX + 1
    logs.count_again(ending=True)
    assert lines(stream)[-1]["again"] == 3 * CAUSES_MAX - 1
