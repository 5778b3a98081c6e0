"""The demo keeps to itself: its own folder and file, whatever the operator's environment names, and one at a time."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

OPERATOR_VARIABLE_PREFIXES: Final = ("LAGERBRO_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
"""What the names of variables begin with that are meant for a program that really transfers."""


def remove_operator_variables(environment: MutableMapping[str, str]) -> list[str]:
    """Remove from the environment what is meant for a program that transfers; answers the names that had a value."""
    names = sorted(name for name in environment if name.startswith(OPERATOR_VARIABLE_PREFIXES))
    return [name for name in names if environment.pop(name)]


@contextmanager
def demo_lock(folder: Path) -> Iterator[bool]:
    """Whether no other demo is at work in the folder; none can begin until this is left, however the process ends."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def install_signal_handlers() -> None:
    """SIGTERM and Ctrl-C end the demo, also where it was started by something that ignores them."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
