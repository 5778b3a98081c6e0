"""Time in a sandbox: real time moved by an offset that an operator or a test sets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OFFSET_MAX: Final = timedelta(days=3660)


class Clock(Protocol):
    """Where a sandbox gets the time from."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """Another clock plus an offset. The offset may grow only: both systems number by time."""

    def __init__(self, base: Clock, offset: timedelta = timedelta(0)) -> None:
        self._base = base
        self.offset = offset

    def now(self) -> datetime:
        return self._base.now() + self.offset

    def advance(self, by: timedelta) -> None:
        """Move time forward; raises ValueError for a step backwards and for one beyond `OFFSET_MAX` in all."""
        if by < timedelta(0):
            raise ValueError("a sandbox's time moves forward only")
        if by > OFFSET_MAX - self.offset:
            raise ValueError(f"a sandbox's time is at most {OFFSET_MAX.days} days ahead")
        self.offset += by

    def today(self) -> date:
        """The business day in Denmark."""
        return self.now().astimezone(COPENHAGEN).date()
