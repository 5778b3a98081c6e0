"""Time as the clients see it: handed in, so that a simulation can own it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The present, a steady count of seconds, and waiting."""

    def now(self) -> datetime: ...
    def monotonic_s(self) -> float: ...
    def sleep_s(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        return time.monotonic()

    def sleep_s(self, seconds: float) -> None:
        time.sleep(seconds)
