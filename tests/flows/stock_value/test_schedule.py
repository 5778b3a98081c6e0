"""When the stock value is asked for: A27, F14, C9k; over summer time, leap days and nights that were missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from lagerbro.books.choices import Frequency
from lagerbro.flows.stock_value.schedule import days_to_make_good, is_scheduled, next_stock_run
from lagerbro.sync.schedules.timing import COPENHAGEN
from tests.flows.stock_value.shop import OPENING, Shop

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
