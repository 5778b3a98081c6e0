"""When the stock value is asked for: A27, F14, C9k; over summer time, leap days and nights that were missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lagerbro.books.choices import Frequency
from lagerbro.flows.stock_value.schedule import AT, days_to_make_good, is_scheduled, next_stock_run
from lagerbro.sync.schedules.timing import COPENHAGEN, Daily
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import API, OPENING, Shop

DAILY, WEEKLY, MONTHLY = Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY


@pytest.mark.parametrize(
    ("frequency", "day", "is_day"),
    [
        (DAILY, date(2026, 11, 24), True),
        (WEEKLY, date(2026, 11, 29), True),
        (WEEKLY, date(2026, 11, 30), False),
        (MONTHLY, date(2028, 2, 29), True),
        (MONTHLY, date(2028, 2, 28), False),
        (MONTHLY, date(2027, 2, 28), True),
    ],
)
def test_the_days_of_each_rhythm(frequency: Frequency, day: date, *, is_day: bool) -> None:
    assert is_scheduled(day, frequency) == is_day


@pytest.mark.parametrize(
    ("frequency", "after", "until", "days"),
    [
        (DAILY, date(2026, 11, 23), date(2026, 11, 24), [date(2026, 11, 24)]),
        (DAILY, date(2026, 11, 24), date(2026, 11, 24), []),
        (DAILY, date(2026, 11, 20), date(2026, 11, 24), [date(2026, 11, 24)]),
        (DAILY, date(2026, 11, 28), date(2027, 1, 2), [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 2)]),
        (WEEKLY, date(2026, 11, 20), date(2026, 12, 8), [date(2026, 11, 29), date(2026, 12, 6)]),
        (WEEKLY, date(2026, 11, 22), date(2026, 11, 28), []),
        (MONTHLY, date(2026, 10, 31), date(2027, 1, 1), [date(2026, 11, 30), date(2026, 12, 31)]),
    ],
)
def test_c9k_each_month_that_was_missed_closes_with_its_own_value(
    frequency: Frequency, after: date, until: date, days: list[date]
) -> None:
    assert list(days_to_make_good(frequency, after, until)) == days


def test_it_is_danish_time_in_summer_and_winter() -> None:
    assert next_stock_run(DAILY, datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(2026, 3, 28, 22, 59, tzinfo=UTC)
    assert next_stock_run(DAILY, datetime(2026, 3, 29, 12, tzinfo=UTC)) == datetime(2026, 3, 29, 21, 59, tzinfo=UTC)
    assert next_stock_run(DAILY, datetime(2026, 10, 25, 12, tzinfo=UTC)) == datetime(2026, 10, 25, 22, 59, tzinfo=UTC)


NIGHTS = {
    "before summer time": date(2026, 3, 28),
    "summer time begins": date(2026, 3, 29),
    "before winter time": date(2026, 10, 24),
    "winter time begins": date(2026, 10, 25),
    "before the leap day": date(2028, 2, 28),
    "leap day": date(2028, 2, 29),
    "the year's last day": date(2026, 12, 31),
    "the year's first day": date(2027, 1, 1),
}


@pytest.mark.parametrize("late_s", [0, 1, 60, 3599, 3 * 3600, 12 * 3600, 22 * 3600 + 59 * 60])
@pytest.mark.parametrize("day", NIGHTS.values(), ids=NIGHTS)
def test_f14_a_late_run_stands_for_the_day_that_it_was_scheduled_for(day: date, late_s: int) -> None:
    rhythm = Daily(AT, spread_s=3600)
    due = datetime(day.year, day.month, day.day, 23, 59, tzinfo=COPENHAGEN).astimezone(UTC)
    assert rhythm.latest(due + timedelta(seconds=late_s)).astimezone(COPENHAGEN).date() == day
    assert rhythm.latest(due - timedelta(seconds=1)).astimezone(COPENHAGEN).date() == day - timedelta(days=1)
    assert rhythm.next_after(due - timedelta(seconds=1)) == due
    assert rhythm.next_after(due).astimezone(COPENHAGEN).replace(tzinfo=None) == datetime.combine(
        day + timedelta(days=1), AT
    )


def at(shop: Shop, day: date, hour: int = 23, minute: int = 59) -> None:
    """Go to that moment and let what is due be done; the agreements are spread over an hour after 23:59."""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN) + timedelta(hours=1)
    shop.company.systems.clock.go_to(moment.astimezone(UTC))
    for _ in range(3):
        shop.company.drain()


@pytest.mark.django_db
def test_it_comes_by_itself_every_night_and_late_nights_keep_their_date(shop: Shop) -> None:
    shop.values[date(2026, 11, 24)] = OPENING + 10
    shop.values[date(2026, 11, 25)] = OPENING + 99
    at(shop, date(2026, 11, 24))
    assert shop.transfers() == [("2026-11-24", "stock_adjusted")]
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [("2026-11-24", 10)]
    at(shop, date(2026, 11, 25), hour=12)
    assert len(shop.transfers()) == 1


@pytest.mark.django_db
def test_nights_that_were_missed_over_a_months_end(shop: Shop) -> None:
    shop.values[date(2026, 11, 24)] = OPENING + 10
    at(shop, date(2026, 11, 24))
    shop.values[date(2026, 11, 30)] = OPENING + 30
    shop.values[date(2026, 12, 1)] = OPENING + 25
    at(shop, date(2026, 12, 3), hour=12)
    assert [key for key, _ in shop.transfers()] == ["2026-11-24", "2026-11-30", "2026-12-02"]
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [("2026-11-30", 30), ("2026-12-02", -5)]


@pytest.mark.django_db
@pytest.mark.parametrize("last", [date(2027, 3, 29), date(2027, 11, 1)], ids=["to summer time", "to winter time"])
def test_each_night_comes_once_over_both_summer_time_nights(shop: Shop, last: date) -> None:
    days = [last - timedelta(days=ago) for ago in (2, 1, 0)]
    shop.company.decide(stock_value_enabled=False)
    shop.company.systems.clock.go_to(datetime(days[0].year, days[0].month, days[0].day, 8, tzinfo=UTC))
    shop.company.decide(stock_value_enabled=True)
    for number, day in enumerate(days):
        shop.values[day] = OPENING + number + 1
        at(shop, day)
        assert shop.total(day) == OPENING + number + 1
    assert [key for key, _ in shop.transfers()] == [str(day) for day in days]


@pytest.mark.django_db
def test_three_weeks_missed_over_a_months_end_close_the_month_with_its_last_sunday(shop: Shop) -> None:
    shop.company.decide(stock_frequency="weekly")
    for day, more in ((22, 1), (29, 10), (30, 99)):
        shop.values[date(2026, 11, day)] = OPENING + more
    for day, more in ((6, 20), (13, 35)):
        shop.values[date(2026, 12, day)] = OPENING + more
    at(shop, date(2026, 12, 15), hour=12)
    assert [key for key, _ in shop.transfers()] == ["2026-11-29", "2026-12-13"]
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [("2026-11-29", 10), ("2026-12-13", 25)]


@pytest.mark.django_db
def test_c9f_between_two_sundays_the_month_ends_with_the_value_of_the_sunday(shop: Shop) -> None:
    shop.company.decide(stock_frequency="weekly")
    sunday, end, next_sunday = date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 6)
    shop.values = {sunday: OPENING + 10, end: OPENING + 70, next_sunday: OPENING + 90}
    for day in (sunday, end, next_sunday):
        at(shop, day)
    assert shop.total(end) == OPENING + 10
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [(str(sunday), 10), (str(next_sunday), 80)]


@pytest.mark.django_db
def test_a_night_that_is_held_up_for_days_keeps_its_date_and_its_value(shop: Shop) -> None:
    """e-conomic takes no vouchers from the month's last night until the third of the next one."""
    end = date(2026, 11, 30)
    fault = Fault("away", method="POST", path=f"{API}/draft-entries", status=503, times=None)
    shop.company.systems.economic.faults.set(fault)
    shop.values = {end: OPENING + 10, date(2026, 12, 1): OPENING + 20, date(2026, 12, 2): OPENING + 30}
    for day in (end, date(2026, 12, 1), date(2026, 12, 2)):
        at(shop, day)
    assert shop.drafts() == []
    shop.company.systems.economic.faults.clear()
    for _ in range(8):
        shop.company.systems.clock.sleep_s(3600)
        shop.company.drain()
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [(str(end), 10), ("2026-12-02", 20)]


@pytest.mark.django_db
def test_what_is_switched_off_asks_for_nothing_and_begins_when_it_is_switched_on(shop: Shop) -> None:
    shop.company.decide(stock_value_enabled=False)
    at(shop, date(2026, 11, 24))
    assert shop.transfers() == []
    shop.company.systems.clock.go_to(datetime(2026, 11, 26, 12, tzinfo=UTC))
    shop.company.decide(stock_value_enabled=True, stock_frequency="weekly")
    at(shop, date(2026, 11, 26))
    assert shop.transfers() == []
    at(shop, date(2026, 11, 29))
    assert [key for key, _ in shop.transfers()] == ["2026-11-29"]


@pytest.mark.django_db
def test_while_the_first_difference_is_unsettled_no_further_day_is_asked_for(shop: Shop) -> None:
    shop.company.decide(stock_post_opening=False)
    shop.values[date(2026, 11, 24)] = OPENING + 10
    at(shop, date(2026, 11, 24))
    at(shop, date(2026, 11, 25))
    assert shop.transfers() == [("2026-11-24", "stock_opening_difference")]
    shop.company.decide(stock_post_opening=True)
    shop.run(date(2026, 11, 24))
    at(shop, date(2026, 11, 26))
    assert [key for key, _ in shop.transfers()] == ["2026-11-24", "2026-11-26"]
