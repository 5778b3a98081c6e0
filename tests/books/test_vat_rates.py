"""Rates by day: what the reference gives (surprises B1), on the days before and on which they changed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import duty27_eu_vat
import pytest

from lagerbro.books.one_stop import CONSUMER_COUNTRIES
from lagerbro.books.vat_rates import is_known_rate, standard_rate

CHANGES = """
DE 2020-06-30 19 2020-07-01 16 2020-12-31 16 2021-01-01 19
IE 2020-08-31 23 2020-09-01 21 2021-02-28 21 2021-03-01 23
LU 2022-12-31 17 2023-01-01 16 2023-12-31 16 2024-01-01 17
EE 2023-12-31 20 2024-01-01 22 2025-06-30 22 2025-07-01 24
FI 2024-08-31 24 2024-09-01 25.5
SK 2024-12-31 20 2025-01-01 23
RO 2016-12-31 20 2017-01-01 19 2025-07-31 19 2025-08-01 21
GR 2016-05-31 23 2016-06-01 24
SE 2026-11-28 25
"""
ROWS = [
    (country, date.fromisoformat(day), D(rate))
    for country, *pairs in (line.split() for line in CHANGES.strip().splitlines())
    for day, rate in zip(pairs[::2], pairs[1::2], strict=True)
]


@pytest.mark.parametrize(("country", "day", "rate"), ROWS)
def test_the_standard_rate_of_a_day(country: str, day: date, rate: D) -> None:
    assert standard_rate(country, day) == rate
    assert is_known_rate(country, rate, day)
    assert not is_known_rate(country, rate + D("0.1"), day)


def test_every_country_of_the_eu_and_every_change_of_its_rate_is_as_an_independent_table_has_it() -> None:
    """Around every change that the table knows of, and in every month."""
    listed = {one.code for one in duty27_eu_vat.list_countries()}
    assert {"GR" if code == "EL" else code for code in listed} - {"DK"} == CONSUMER_COUNTRIES - {"XI"}
    for country in sorted(CONSUMER_COUNTRIES - {"XI"}):
        firsts = [change.date for change in duty27_eu_vat.get_rate_changes(country)]
        days = {day + timedelta(days=by) for day in firsts for by in (-1, 0, 1)}
        every_month = {date(year, month, 15) for year in range(2016, 2027) for month in range(1, 13)}
        for day in days | every_month | {duty27_eu_vat.DATA_FIRST_DATE}:
            assert standard_rate(country, day) == duty27_eu_vat.get_standard_rate(country, day), (country, day)


def test_every_country_of_a_consumer_has_a_rate_and_nothing_is_said_of_others_or_of_earlier_days() -> None:
    for country in CONSUMER_COUNTRIES:
        assert standard_rate(country, date(2026, 11, 28)) is not None
    assert standard_rate("NO", date(2026, 11, 28)) is None
    assert standard_rate("DE", date(2015, 12, 31)) is None
    assert is_known_rate("DE", D(3), date(2015, 12, 31))


def test_a_reduced_rate_is_known_and_danish_vat_is_not_germanys() -> None:
    day = date(2026, 11, 28)
    assert is_known_rate("DE", D("7.00"), day)
    assert is_known_rate("FI", D("25.50"), day)
    assert not is_known_rate("DE", D(25), day)
    assert not is_known_rate("SE", D(0), day)
