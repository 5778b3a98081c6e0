"""Staying within what the remote allows: spacing, slowing down as the bucket fills, and obeying what an answer said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.wire.errors import LimitedError
from lagerbro.wire.limits import (
    EXHAUSTED_WAIT_S,
    LONGEST_WAIT_S,
    BucketLimiter,
    Limiter,
    SpacedLimiter,
    bucket_of,
    retry_after_s,
)
from tests.sandboxes import TestClock


def limiters(clock: TestClock) -> list[Limiter]:
    return [SpacedLimiter(clock, 7), BucketLimiter(clock)]


def waited(clock: TestClock, limiter: Limiter) -> float:
    began = clock.monotonic_s()
    limiter.wait_for_turn()
    return clock.monotonic_s() - began


@pytest.mark.parametrize("which", [0, 1], ids=["Rackbeat", "e-conomic"])
def test_one_order_to_wait_holds_for_every_call(which: int) -> None:
    clock = TestClock()
    limiter = limiters(clock)[which]
    assert waited(clock, limiter) == 0
    limiter.note_answer({"retry-after": "30"})
    for _ in range(3):  # none of these reaches the wire
        with pytest.raises(LimitedError) as told:
            limiter.wait_for_turn()
        assert told.value.retry_after_s == 30
    clock.sleep_s(27)
    assert waited(clock, limiter) == 3  # the rest of it is short enough to be slept through
    assert waited(clock, limiter) == 0


@pytest.mark.parametrize("which", [0, 1], ids=["Rackbeat", "e-conomic"])
def test_an_answer_without_orders_changes_nothing_and_a_shorter_order_shortens_nothing(which: int) -> None:
    clock = TestClock()
    limiter = limiters(clock)[which]
    limiter.note_answer({"x-ratelimit-remaining": "479"})
    limiter.note_answer({"retry-after": "Wed, 25 Nov 2026 07:28:00 GMT"})
    assert waited(clock, limiter) == 0
    limiter.note_answer({"retry-after": "4"})
    limiter.note_answer({"retry-after": "1"})
    assert waited(clock, limiter) == 4


def test_nothing_left_is_a_pause() -> None:
    clock = TestClock()
    limiter = SpacedLimiter(clock, 7)
    limiter.note_answer({"x-ratelimit-limit": "480", "x-ratelimit-remaining": "0"})
    assert waited(clock, limiter) == EXHAUSTED_WAIT_S
    assert waited(clock, limiter) == 0


def test_rackbeats_calls_are_spaced() -> None:
    clock = TestClock()
    limiter = SpacedLimiter(clock, 7)
    for _ in range(7 * 60 + 7):
        limiter.wait_for_turn()
    assert clock.monotonic_s() == pytest.approx(60, abs=0.01)


def test_economics_bucket_slows_us_down_as_it_fills() -> None:
    clock = TestClock()
    limiter = BucketLimiter(clock)
    for used, at_least in ((7_900, 0), (8_500, 3), (9_900, LONGEST_WAIT_S)):
        limiter.note_answer({"x-ratelimiting": f"token-limit-10000-per-60-seconds: {used}/10000"})
        if at_least < LONGEST_WAIT_S:
            assert at_least <= waited(clock, limiter) <= at_least + 1
        else:
            with pytest.raises(LimitedError):
                limiter.wait_for_turn()
    clock.sleep_s(61)
    assert waited(clock, limiter) == 0


def test_headers_that_say_something_else_are_passed_over() -> None:
    assert bucket_of("token-limit-0-per-60-seconds: 1/0") is None
    assert bucket_of("whatever") is None
    assert retry_after_s({}) is None
    assert retry_after_s({"retry-after": "999999999"}) == 86_400


DATE = "Tue, 24 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("told", "date", "seconds"),
    [
        ("Tue, 24 Nov 2026 09:00:07 GMT", DATE, 7),
        ("Tue, 24 Nov 2026 08:59:00 GMT", DATE, 0),
        ("Thu, 24 Dec 2026 09:00:00 GMT", DATE, 86_400),
        ("Tue, 24 Nov 2026 09:00:07 GMT", "", None),
        ("Tue, 24 Nov 2026 09:00:07 GMT", "now", None),
        ("soon", DATE, None),
        ("-3", DATE, None),
        ("\u00b2", DATE, None),
        (" 3 ", DATE, 3),
    ],
)
def test_a_pause_may_be_told_as_a_moment_by_the_remotes_own_clock(told: str, date: str, seconds: float | None) -> None:
    assert retry_after_s({"retry-after": told, "date": date}) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_ends_a_call(told: str, date: str) -> None:
    found = retry_after_s({"retry-after": told, "date": date})
    assert found is None or 0 <= found <= 86_400
