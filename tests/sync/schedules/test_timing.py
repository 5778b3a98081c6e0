"""Rhythms: 23:59 in Denmark whatever the season, late servers, agreements that do not stay together."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.sync.schedules.timing import COPENHAGEN, SPREAD_S, Daily, Every, offset

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
STOCK_VALUE = Daily(time(23, 59))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        ("2026-11-24 09:00", "2026-11-24 22:59"),  # winter: UTC + 1
        ("2026-07-01 09:00", "2026-07-01 21:59"),  # summer: UTC + 2
        ("2026-11-24 22:59", "2026-11-25 22:59"),  # the very moment is over
        ("2026-03-28 23:30", "2026-03-29 21:59"),  # the night to summer time
        ("2026-10-24 22:30", "2026-10-25 22:59"),  # the night to winter time
    ],
)
def test_one_minute_to_midnight(moment: str, after: str) -> None:
    assert STOCK_VALUE.next_after(utc(moment)) == utc(after)


@pytest.mark.parametrize(
    ("noon_before", "nights"),
    [
        ("2026-10-24 10:00", ["2026-10-25 00:30", "2026-10-26 01:30"]),  # half past two comes twice: only the first
        ("2027-03-27 11:00", ["2027-03-28 01:30", "2027-03-29 00:30"]),  # and not at all: an hour later on the clock
    ],
)
def test_half_past_two_is_once_a_night_when_clocks_are_changed(noon_before: str, nights: list[str]) -> None:
    sweep = Daily(time(2, 30))
    first = sweep.next_after(utc(noon_before))
    assert [first, sweep.next_after(first)] == [utc(night) for night in nights]


def test_a_late_run_stands_for_the_last_day_that_was_missed() -> None:
    assert STOCK_VALUE.latest(utc("2026-11-27 07:00")) == utc("2026-11-26 22:59")
    assert STOCK_VALUE.next_after(utc("2026-11-27 07:00")) == utc("2026-11-27 22:59")


@given(MOMENTS, st.times(timezones=st.none()))
def test_daily(moment: datetime, at: time) -> None:
    rhythm = Daily(at.replace(microsecond=0, fold=0))
    after, latest = rhythm.next_after(moment), rhythm.latest(moment)
    assert latest <= moment < after
    days = (after.astimezone(COPENHAGEN).date() - latest.astimezone(COPENHAGEN).date()).days
    assert days == 1
    assert timedelta(hours=22) < after - latest < timedelta(hours=26)


@given(MOMENTS, st.integers(1, 10_000), st.integers(0, 10**6))
def test_every(moment: datetime, seconds: int, seed: int) -> None:
    rhythm = Every(seconds)
    assert rhythm.next_after(moment) - moment == timedelta(seconds=seconds)
    begins = rhythm.first_after(moment, Random(seed)) - moment
    assert timedelta(0) < begins <= timedelta(seconds=min(seconds, SPREAD_S))


def test_a_spread_rhythm_gives_everybody_their_own_minute_of_the_window() -> None:
    """Ten thousand agreements do not sweep at half past two sharp, and each always sweeps at its own time."""
    rhythm = Daily(time(2, 30), spread_s=7200)
    turns = [offset(rhythm, f"agreement-{number}", "sweep").total_seconds() for number in range(10_000)]
    assert turns == [offset(rhythm, f"agreement-{number}", "sweep").total_seconds() for number in range(10_000)]
    assert min(turns) >= 0
    assert max(turns) < 7200
    minutes = Counter(int(turn // 60) for turn in turns)
    assert len(minutes) == 120
    assert max(minutes.values()) < 2 * 10_000 / 120
    assert offset(rhythm, "agreement-1", "sweep") != offset(rhythm, "agreement-1", "another")
    assert offset(Daily(time(2, 30)), "agreement-1", "sweep") == timedelta(0)
