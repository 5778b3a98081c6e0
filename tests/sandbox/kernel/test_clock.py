"""Time in a sandbox: it goes on after a restart where it was, moves forward only, and not out of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.clock import OFFSET_MAX
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from tests.sandboxes import START, TestClock

SYSTEMS = pytest.mark.parametrize("system", [EconomicSandbox, RackbeatSandbox])
System = type[EconomicSandbox] | type[RackbeatSandbox]


@contextmanager
def opened(system: System, path: Path) -> Iterator[EconomicSandbox | RackbeatSandbox]:
    with closing(system(path, TestClock())) as sandbox:
        yield sandbox


def act(sandbox: EconomicSandbox | RackbeatSandbox, name: str, **body: object) -> tuple[int, object]:
    answer = sandbox.handle(Request("POST", f"/_sandbox/{name}", body=to_json(body)))
    return answer.status, from_json(answer.body)


@SYSTEMS
def test_a_restart_goes_on_with_the_same_offset(system: System, tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    with opened(system, path) as sandbox:
        assert sandbox.clock.now() == START
        act(sandbox, "clock/advance", seconds=86_400)
        act(sandbox, "clock/advance", seconds=1)
    with opened(system, path) as sandbox:
        moved = timedelta(days=1, seconds=1)
        assert (sandbox.clock.offset, sandbox.clock.now()) == (moved, START + moved)
        assert act(sandbox, "health") == (200, {"ok": True, "now": (START + moved).isoformat()})
        sandbox.clock.advance(timedelta(microseconds=7))
    with opened(system, path) as sandbox:
        assert sandbox.clock.offset == timedelta(days=1, seconds=1, microseconds=7)
    with opened(system, tmp_path / "another.sqlite3") as sandbox:
        assert sandbox.clock.now() == START


@SYSTEMS
@pytest.mark.parametrize("seconds", [-1, int(OFFSET_MAX.total_seconds()) + 1, 10**15, 10**30, "soon", None])
def test_a_step_that_is_refused_moves_nothing_before_or_after_a_restart(
    system: System, seconds: object, tmp_path: Path
) -> None:
    path = tmp_path / "state.sqlite3"
    with opened(system, path) as sandbox:
        assert act(sandbox, "clock/advance", seconds=seconds)[0] == 400
        assert sandbox.clock.now() == START
    with opened(system, path) as sandbox:
        assert sandbox.clock.now() == START
        assert act(sandbox, "clock/advance", seconds=int(OFFSET_MAX.total_seconds()))[0] == 200
        assert act(sandbox, "clock/advance", seconds=1)[0] == 400
    with opened(system, path) as sandbox:
        assert sandbox.clock.now() == START + OFFSET_MAX
