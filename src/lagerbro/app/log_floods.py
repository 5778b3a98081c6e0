"""One line per cause a minute: what happens a thousand times over is written once, and counted.

A log that a broken disk, a lost database or a stranger at the door can fill hides everything else that stands in it.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

MINUTE_S: Final = 60.0
CAUSES_MAX: Final = 500
"""Causes that are told apart at one time; all beyond that are one, so that no stranger fills the memory by inventing
some."""
TEXT_MAX: Final = 200
_NUMBERS: Final = re.compile(r"\d+")
_BEYOND: Final = "too many causes to tell apart"


@dataclass(slots=True)
class _Cause:
    told_at: float
    line: dict[str, Any]
    unwritten: int = 0


class Floods:
    """Which lines are written. Any number of threads may ask. `monotonic`: seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._known: dict[Hashable, _Cause] = {}
        self._lock = threading.Lock()

    def admits(self, cause: Hashable, line: dict[str, Any]) -> bool:
        """Whether this one is written. `line` is what tells of the others when its minute is over."""
        now = self._monotonic()
        with self._lock:
            if cause not in self._known and len(self._known) >= CAUSES_MAX:
                cause, line = _BEYOND, {"level": "warning", "event": _BEYOND}
            known = self._known.get(cause)
            if known is None:
                self._known[cause] = _Cause(now, line)
                return True
            known.unwritten += 1
            return False

    def due(self, *, ending: bool = False) -> list[dict[str, Any]]:
        """The lines that tell how often each cause has come again, of those whose minute is over, or of all at the
        end; a cause that has not come again is forgotten, so that it is written in full the next time."""
        now, lines = self._monotonic(), []
        with self._lock:
            for cause, known in list(self._known.items()):
                if now - known.told_at < MINUTE_S and not ending:
                    continue
                if not known.unwritten:
                    del self._known[cause]
                    continue
                lines.append({**known.line, "again": known.unwritten, "within_s": round(now - known.told_at)})
                known.told_at, known.unwritten = now, 0
        return lines


def shape(text: str) -> str:
    """The text without what differs from one time to the next."""
    return _NUMBERS.sub("0", text[:TEXT_MAX])


def place(kind: type[BaseException] | None, trace: TracebackType | None) -> tuple[str, str]:
    """Which fault, and the line that it came from; a fault at another line is another cause."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    at = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return (kind.__name__ if kind else "", at)
