"""Staying within what the remote allows: a decision (pure) and the little state behind it, one per token.

Rackbeat allows 480 calls a minute (rackbeat-api 1.2) and says so only when it is too late, so calls are spaced.
e-conomic tells in every answer how much of its bucket is used (economic-api 4.2), so calls slow down when it fills.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

from lagerbro.wire.clock import Clock
from lagerbro.wire.errors import ErrorAnswer, LimitedError

LONGEST_WAIT_S: Final = 5.0
"""A longer wait is not slept through: the transfer is put back and another agreement gets the worker."""

BUCKET_WINDOW_S: Final = 60.0  # the window of e-conomic's bucket (economic-api 4.2)
SLOW_FROM_SHARE: Final = 0.8
EXHAUSTED_WAIT_S: Final = 1.0
"""A pause when a window is used up and nobody said for how long; the next answer says more."""
RETRY_AFTER_MAX_S: Final = 86_400  # a day: an order of years is a fault, and would silence the token for good
DIGITS_MAX: Final = 12
"""More digits than these say nothing else than "very long"."""


class Limiter(Protocol):
    """Asked before every call, told after it."""

    def wait_for_turn(self) -> None:
        """Wait a little, or raise `LimitedError` when the wait would be long."""
        ...

    def note_answer(self, headers: Mapping[str, str]) -> None:
        """Learn from an answer's headers (names in lower case)."""
        ...


class RetryAfterLimiter:
    """Obeys what an answer said: `Retry-After`, or that nothing is left until the window ends. One order holds for
    every call of the token, so that not each of a hundred documents has to be told."""

    def __init__(self, clock: Clock, longest_s: float = RETRY_AFTER_MAX_S) -> None:
        self._clock = clock
        self._longest_s = longest_s
        self._until_s = 0.0

    def wait_for_turn(self) -> None:
        wait_or_refuse(self._clock, self._until_s - self._clock.monotonic_s())

    def note_answer(self, headers: Mapping[str, str]) -> None:
        wait_s = retry_after_s(headers)
        if wait_s is None and headers.get("x-ratelimit-remaining", "").strip() == "0":
            wait_s = EXHAUSTED_WAIT_S
        if wait_s is not None:
            # the longer of both: answers overtake each other, and a later one may know of less
            self._until_s = max(self._until_s, self._clock.monotonic_s() + min(wait_s, self._longest_s))


class SpacedLimiter:
    """At most `per_second` calls a second, with a burst of as many, or of `burst`. `longest_s`: a longer order to wait
    is obeyed for so long."""

    def __init__(
        self, clock: Clock, per_second: float, longest_s: float = RETRY_AFTER_MAX_S, *, burst: int | None = None
    ) -> None:
        self._retry_after_limiter = RetryAfterLimiter(clock, longest_s)
        self._clock = clock
        self._per_second = per_second
        self._burst = per_second if burst is None else burst
        self._free: float = self._burst
        self._seen_s = clock.monotonic_s()
        self._lock = threading.Lock()

    def wait_for_turn(self) -> None:
        self._retry_after_limiter.wait_for_turn()
        with self._lock:
            self._refill()
            self._free -= 1
            # below nothing it is a queue: each thread has a place in it and sleeps for that long, outside of the lock
            wait_s = -self._free / self._per_second
            if wait_s > LONGEST_WAIT_S:
                self._free += 1
        wait_or_refuse(self._clock, wait_s)

    def wait_for_spare_turn(self, kept: int) -> None:
        """The same behind everybody else: only while `kept` calls of the burst stay free for them."""
        self._retry_after_limiter.wait_for_turn()
        while True:
            with self._lock:
                self._refill()
                if self._free >= kept + 1:
                    self._free -= 1
                    return
                # no place is taken while it waits: whoever comes meanwhile goes first
                wait_s = (kept + 1 - self._free) / self._per_second
            self._clock.sleep_s(wait_s)

    def note_answer(self, headers: Mapping[str, str]) -> None:
        """What is left of the window, and how long to wait when nothing is (rackbeat-api 1.2)."""
        self._retry_after_limiter.note_answer(headers)

    def _refill(self) -> None:
        now_s = self._clock.monotonic_s()
        self._free = min(self._burst, self._free + (now_s - self._seen_s) * self._per_second)
        self._seen_s = now_s


KEPT_FOR_OTHERS: Final = 2
"""Calls of the burst that the lane behind leaves free."""


@dataclass(frozen=True, slots=True)
class LaneBehind:
    """The same limit for calls that nobody waits for: they take what others leave, and never make them wait."""

    limiter: SpacedLimiter

    def wait_for_turn(self) -> None:
        self.limiter.wait_for_spare_turn(KEPT_FOR_OTHERS)

    def note_answer(self, headers: Mapping[str, str]) -> None:
        self.limiter.note_answer(headers)


def behind(limiter: Limiter) -> Limiter:
    """The lane behind a limiter's other calls, where it has one."""
    return LaneBehind(limiter) if isinstance(limiter, SpacedLimiter) else limiter


@dataclass(frozen=True, slots=True)
class Bucket:
    """How much of a bucket is used."""

    used: int
    size: int

    def wait_s(self) -> float:
        """Nothing up to four fifths; from there a growing part of what is left of the window."""
        fullness = self.used / self.size
        if fullness < SLOW_FROM_SHARE:
            return 0.0
        return min((fullness - SLOW_FROM_SHARE) / (1 - SLOW_FROM_SHARE) * BUCKET_WINDOW_S / 4, BUCKET_WINDOW_S)


_BUCKET: Final = re.compile(r"limit-([0-9]{1,12})-per-[0-9]{1,12}-seconds:\s*([0-9]{1,12})/([0-9]{1,12})(?![0-9])")


def bucket_of(header: str) -> Bucket | None:
    """`token-limit-10000-per-60-seconds: 147/10000` → 147 of 10 000; None for anything else."""
    match = _BUCKET.search(header)
    if match is None or not int(match[3]):
        return None
    return Bucket(used=int(match[2]), size=int(match[3]))


class BucketLimiter:
    """Slows down as the remote's own bucket fills."""

    def __init__(self, clock: Clock) -> None:
        self._retry_after_limiter = RetryAfterLimiter(clock)
        self._clock = clock
        self._bucket: Bucket | None = None
        self._seen_s = 0.0

    def wait_for_turn(self) -> None:
        self._retry_after_limiter.wait_for_turn()
        bucket = self._bucket
        if bucket is None or self._clock.monotonic_s() - self._seen_s > BUCKET_WINDOW_S:
            return
        wait_or_refuse(self._clock, bucket.wait_s())

    def note_answer(self, headers: Mapping[str, str]) -> None:
        self._retry_after_limiter.note_answer(headers)
        # an answer without the header says nothing: what was known holds until its window is over
        self._bucket = bucket_of(headers.get("x-ratelimiting", "")) or self._bucket
        self._seen_s = self._clock.monotonic_s()


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds from a `Retry-After` header: a number, or a moment measured by the answer's own `Date`, for the remote's
    clock and ours differ. None when it says nothing, as anything odd does and a moment without a `Date`."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:DIGITS_MAX]), RETRY_AFTER_MAX_S) * 1.0
    until, now = _http_date(text), _http_date(headers.get("date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), RETRY_AFTER_MAX_S)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def wait_or_refuse(clock: Clock, wait_s: float) -> None:
    """Sleep a short wait, refuse a long one."""
    if wait_s > LONGEST_WAIT_S:
        raise LimitedError("the remote's limit is nearly reached", ErrorAnswer(retry_after_s=wait_s))
    if wait_s > 0:
        clock.sleep_s(wait_s)
