"""How long to wait before trying again. Pure."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Final

FIRST_WAIT_S: Final = 15
LONGEST_WAIT_S: Final = 3600
CALL_DEADLINE_S: Final = 30
"""The total deadline of one call; the clients are given the same number."""
REST_MARGIN_S: Final = 10

RESTS: Final = timedelta(seconds=CALL_DEADLINE_S + REST_MARGIN_S)
"""How long a write with unknown outcome is left alone: nobody can have it in flight any more (domain-rules H30)."""

FRESH: Final = timedelta(seconds=REST_MARGIN_S // 2)
"""A write is made so soon after its intent was stored, or not by this run: a process that was stopped in between and
goes on must not make a call that others no longer reckon with."""


def retry_wait(failures: int, random: Random) -> timedelta:
    """The wait after the `failures`-th failure in a row: doubling, at most an hour, spread over its upper half."""
    longest = min(FIRST_WAIT_S * 2 ** min(max(failures, 1) - 1, 20), LONGEST_WAIT_S)
    return timedelta(seconds=longest * (50 + random.randrange(51)) / 100)
