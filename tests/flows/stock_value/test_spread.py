"""A night on which thousands of agreements are due at 23:59: their turns are spread over the hour, always the same."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.schedules.timing import offset

ROUTINE = ROUTINES["stock_value"]


@pytest.mark.parametrize("count", [1000, 10_000])
def test_the_turns_of_a_night_are_spread_over_the_hour(count: int) -> None:
    turns = [offset(ROUTINE.timing, f"firma-{number}", ROUTINE.name) for number in range(count)]
    assert min(turns) >= timedelta(0)
    assert max(turns) < timedelta(hours=1)
    by_minute = Counter(turn // timedelta(minutes=1) for turn in turns)
    by_second = Counter(turn // timedelta(seconds=1) for turn in turns)
    assert max(by_minute.values()) <= 2 * count / 60
    assert max(by_second.values()) <= 5 * max(count / 3600, 1)
    assert turns == [offset(ROUTINE.timing, f"firma-{number}", ROUTINE.name) for number in range(count)]


def test_no_restart_and_no_hint_brings_a_night_forward() -> None:
    assert not ROUTINE.timing.may_come_early
