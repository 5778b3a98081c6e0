"""How far a poll has come: nothing is passed over, nothing that was seen is news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.flows.polls.position import OVERLAP, PollPosition, filter_moment, parsed_moment
from lagerbro.rackbeat.types import Changed

FIRST = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOW = FIRST + timedelta(days=1)
AFTER = st.integers(0, 20_000).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def changed(number: int, when: datetime) -> Changed:
    return Changed(number, when.isoformat())


def test_rackbeats_times_are_read_and_written_in_danish_wall_clock_time() -> None:
    assert (
        parsed_moment("2026-07-01T12:00:00+02:00")
        == parsed_moment("2026-07-01 12:00:00")
        == datetime(2026, 7, 1, 10, tzinfo=UTC)
    )
    assert filter_moment(datetime(2026, 7, 1, 10, tzinfo=UTC)) == "2026-07-01 12:00:00"
    assert filter_moment(datetime(2026, 11, 24, 9, tzinfo=UTC)) == "2026-11-24 10:00:00"


def test_the_first_poll_begins_at_the_activation() -> None:
    assert PollPosition(None, {}).since(FIRST) == FIRST
    assert PollPosition(FIRST + timedelta(minutes=5), {}).since(FIRST) == FIRST
    assert PollPosition(FIRST + timedelta(hours=5), {}).since(FIRST) == FIRST + timedelta(hours=5) - OVERLAP


@given(st.lists(st.tuples(st.integers(1, 9), AFTER), max_size=30), st.integers(0, 30))
def test_every_change_that_shows_within_the_overlap_is_told_once(
    changes: list[tuple[int, datetime]], first_seen: int
) -> None:
    """Some show up with the first poll, the rest with the second: late, but at most the overlap behind the newest."""
    early, late = changes[:first_seen], changes[first_seen:]
    first, mark = PollPosition(None, {}).news((changed(*change) for change in early), NOW)
    assert [record.key for record in first] == [str(number) for number, _ in early]
    mark = PollPosition.of(mark.stored())
    begins = mark.since(FIRST)
    shown = [change for change in changes if change[1] >= begins]
    second, _ = mark.news((changed(*change) for change in shown), NOW)
    told = {(record.key, record.updated_at) for record in second}
    reachable = {(str(number), when.isoformat()) for number, when in late if when >= begins}
    latest = dict(sorted(early, key=lambda change: change[1]))
    seen = {(str(number), when.isoformat()) for number, when in latest.items() if when >= begins}
    assert reachable - seen <= told
    assert not told & seen


def test_a_poll_that_lists_nothing_new_says_nothing_and_stays_where_it_is() -> None:
    first, mark = PollPosition(None, {}).news([changed(1, FIRST), changed(2, FIRST)], NOW)
    assert len(first) == 2
    again, after = mark.news([changed(1, FIRST), changed(2, FIRST)], NOW)
    assert (again, after) == ([], mark)


def test_a_record_from_the_future_does_not_carry_the_poll_there() -> None:
    far, near = changed(1, FIRST + timedelta(days=9000)), changed(2, FIRST)
    news, mark = PollPosition(None, {}).news([far, near], FIRST)
    assert [record.key for record in news] == ["1", "2"]
    assert mark.reached == FIRST
    again, after = mark.news([far, near, changed(3, FIRST + timedelta(minutes=1))], FIRST + timedelta(minutes=2))
    assert [record.key for record in again] == ["3"]
    assert after.reached == FIRST + timedelta(minutes=2)


ODD_TIMES = ("", "yesterday", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2026-02-30 10:00:00", None)


@pytest.mark.parametrize("text", ODD_TIMES)
def test_a_record_that_does_not_say_when_it_changed_is_told_once_and_moves_nothing(text: str | None) -> None:
    assert parsed_moment(text) is None
    odd, fine = Changed(1, text), changed(2, FIRST)
    news, mark = PollPosition(None, {}).news([odd, fine], NOW)
    assert ([record.key for record in news], mark.reached) == (["1", "2"], FIRST)
    assert PollPosition.of(mark.stored()).news([odd, fine], NOW)[0] == []


@given(st.lists(st.none() | st.text(max_size=30), max_size=5))
def test_no_time_that_is_told_ends_a_poll(texts: list[str | None]) -> None:
    records = [Changed(number, text) for number, text in enumerate(texts)]
    news, mark = PollPosition(None, {}).news(records, NOW)
    assert news == records
    assert mark.reached is None or mark.reached <= NOW
