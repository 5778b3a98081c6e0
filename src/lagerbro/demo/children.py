"""The demo's processes: started in order, watched, ended in reverse. Only those we started are ever ended."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

TERMINATION_TIMEOUT_S: Final = 20
_PR_SET_PDEATHSIG: Final = 1


class ChildEndedError(RuntimeError):
    """A process that should be running is not; the text holds the end of what it wrote."""


def lagerbro_command(*arguments: str) -> list[str]:
    """`lagerbro` with these arguments, under this very Python."""
    return [sys.executable, "-c", "import sys; from lagerbro.cli import main; sys.exit(main())", *arguments]


class Children:
    """A context in which children run; leaving it ends them."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminate()

    def start(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a child in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        with (self._logs / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(  # noqa: S603 - our own program
                lagerbro_command(*arguments),
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_restore_default_signals,  # noqa: PLW1509 - see there
            )
        self._running.append((name, child))

    def wait_until(self, is_up: Callable[[], bool], within_s: float) -> None:
        """Wait for something that the children bring about; raises when one of them ends first."""
        ends_at = time.monotonic() + within_s
        while not is_up():
            self.raise_if_ended()
            if time.monotonic() > ends_at:
                raise ChildEndedError(f"not up within {within_s:.0f} s; see the logs in {self._logs}")
            time.sleep(0.05)

    def raise_if_ended(self) -> None:
        """Raise `ChildEndedError` if a child has ended."""
        for name, child in self._running:
            if child.poll() is not None:
                raise ChildEndedError(f"{name} ended with status {child.returncode}: {self._tail(name)}")

    def terminate(self) -> None:
        """Ask each to finish, the last started first; one that does not is killed."""
        for _, child in reversed(self._running):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(TERMINATION_TIMEOUT_S)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        self._running.clear()

    def _tail(self, name: str) -> str:
        text = (self._logs / f"{name}.log").read_text("utf-8", "replace").strip()
        return text[-1500:]


def _restore_default_signals() -> None:
    """What the supervisor was started to ignore is not ignored by its children: they end when they are told."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":  # should the supervisor be killed, its children get SIGTERM
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


_LIBC = ctypes.CDLL(None)
