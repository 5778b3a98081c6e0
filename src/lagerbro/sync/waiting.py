"""How long to wait before trying again. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

FIRST_WAIT_S: Final = 15
LONGEST_WAIT_S: Final = 3600
"""However long a system was away, it is tried again within the hour."""
CALL_DEADLINE_S: Final = 30
"""The total deadline of one call; the clients are given the same number."""
CALL_DEADLINE_MARGIN_S: Final = 10
PAUSES_WITHOUT_BACKOFF: Final = 3
PAUSE_ROUNDING_MS: Final = 200
PAUSE_SPREAD_MS: Final = 37
ACCESS_RETRY_WAIT_S: Final = 3
"""After so long a no about the key or the right is asked for once more; a moment's disorder is over by then."""

OUTCOME_PENDING_FOR: Final = timedelta(seconds=CALL_DEADLINE_S + CALL_DEADLINE_MARGIN_S)
"""How long a write with unknown outcome is left alone: nobody can have it in flight any more (domain-rules H30)."""

SEND_WITHIN: Final = timedelta(seconds=CALL_DEADLINE_MARGIN_S // 2)
"""A write is made so soon after its intent was stored, or not by this run: a process that was stopped in between and
goes on must not make a call that others no longer reckon with."""


def retry_wait(failures: int, random: Random) -> timedelta:
    """The wait after the `failures`-th failure in a row: doubling, at most an hour, spread over its upper half."""
    # the exponent is bounded before the hour is: a year of failures would make a number of thousands of digits
    longest = min(FIRST_WAIT_S * 2 ** min(max(failures, 1) - 1, 20), LONGEST_WAIT_S)
    return timedelta(seconds=longest * (50 + random.randrange(51)) / 100)


def limited_wait(requested_s: float | None, failures: int, random: Random) -> timedelta:
    """The wait after the `failures`-th time that the remote asked for a pause: as long as it said, else a second more
    each time; from the fourth time on no shorter than after any other failure."""
    wait = timedelta(seconds=failures if requested_s is None else requested_s)
    return (
        max(wait, retry_wait(failures - PAUSES_WITHOUT_BACKOFF, random)) if failures > PAUSES_WITHOUT_BACKOFF else wait
    )


def aligned_pause_end(moment: datetime, agreement_id: int) -> datetime:
    """The moment rounded up, and a little more: the same for everything of an agreement that waits for one pause, so
    that it keeps its order, and another for each agreement, so that they do not come together."""
    part = timedelta(milliseconds=PAUSE_ROUNDING_MS)
    spread = timedelta(milliseconds=agreement_id * PAUSE_SPREAD_MS % PAUSE_ROUNDING_MS)
    return moment + (datetime.min.replace(tzinfo=UTC) - moment) % part + spread
