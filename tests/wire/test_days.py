"""Days over the wire: one day in Denmark, whatever a server puts behind it; nothing that has two meanings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.wire.days import COPENHAGEN, day, day_if_any
from lagerbro.wire.unreadable import UnfitValueError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", "2026-11-24"),
        ("2028-02-29", "2028-02-29"),
        ("2026-11-24 00:00:00", "2026-11-24"),
        ("2026-11-24T23:59", "2026-11-24"),
        ("2026-11-23T23:00:00.000000Z", "2026-11-24"),
        ("2026-11-24T00:00:00Z", "2026-11-24"),
        ("2026-06-30T22:00:00Z", "2026-07-01"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2026-11-24T00:00:00+01:00", "2026-11-24"),
        ("2026-11-24T00:30:00+0200", "2026-11-23"),
    ],
)
def test_a_day_is_the_one_in_denmark(text: str, expected: str) -> None:
    assert (day(text), day_if_any(text)) == (expected, expected)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "24-11-2026",
        "24.11.2026",
        "11/24/2026",
        "20261124",
        "2026-W48-2",
        "2026-11-24T25:00:00",
        "2026-11-24T00:00:00+25:00",
        "0001-01-01T00:00:00+14:00",
        "2026-11-24 kl. 9",
        " 2026-11-24",
        "٢٠٢٦-١١-٢٤",
        "i går",
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(text: str) -> None:
    for read in (day, day_if_any):
        with pytest.raises(UnfitValueError):
            read(text)


@pytest.mark.parametrize("text", ["", "0000-00-00", "0000-00-00 00:00:00"])
def test_nothing_is_no_day_where_there_has_to_be_one(text: str) -> None:
    assert day_if_any(text) == ""
    with pytest.raises(UnfitValueError):
        day(text)


@given(st.dates(date(1, 1, 2)), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_day_and_every_moment(some: date, moment: datetime) -> None:
    assert day(some.isoformat()) == some.isoformat()
    assert day(moment.isoformat()) == moment.astimezone(COPENHAGEN).date().isoformat()


@given(st.text("0123456789-:TZ+ .", max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        found = day_if_any(text)
    except UnfitValueError:
        return
    assert found == "" or date.fromisoformat(found).isoformat() == found
