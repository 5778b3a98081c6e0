"""Amounts, dates and times as the reader writes them: half an øre upwards, no sign on nought, `nu` for this moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel import Locale
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.web import formats

NOW = datetime(2026, 11, 24, 9, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        ("0.125", "0,13", "0.13"),
        ("0.135", "0,14", "0.14"),
        ("1234.505", "1.234,51", "1,234.51"),
        ("-1234.505", "−1.234,51", "−1,234.51"),
        ("-0.001", "0,00", "0.00"),
        ("-0.005", "−0,01", "−0.01"),
        ("-0", "0,00", "0.00"),
        ("0E-12", "0,00", "0.00"),
        ("1E+3", "1.000,00", "1,000.00"),
        ("999999999999999999.995", "1.000.000.000.000.000.000,00", "1,000,000,000,000,000,000.00"),
    ],
)
def test_amounts(value: str, danish: str, english: str) -> None:
    for language, wanted in (("da", danish), ("en", english)):
        with override(language):
            assert formats.amount(Decimal(value)) == wanted


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17, places=6))
def test_an_amount_is_rounded_half_up_and_read_back(value: Decimal) -> None:
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    with override("da"):
        text = formats.amount(value)
    assert Decimal(text.replace(".", "").replace(",", ".").replace("−", "-")) == rounded
    assert text.startswith("−") == (rounded < 0)


@pytest.mark.parametrize(
    ("value", "danish"), [("12.5", "12,5"), ("25", "25"), ("25.000", "25"), ("-0.125", "−0,125"), ("1234", "1.234")]
)
def test_numbers_have_the_decimals_that_they_have(value: str, danish: str) -> None:
    with override("da"):
        assert formats.number(Decimal(value)) == danish


@pytest.mark.parametrize(
    ("ago", "danish", "english"),
    [
        (timedelta(0), "nu", "now"),
        (timedelta(milliseconds=400), "nu", "now"),
        (timedelta(milliseconds=-400), "nu", "now"),
        (timedelta(seconds=1), "for 1 sekund siden", "1 second ago"),
        (timedelta(minutes=3), "for 3 minutter siden", "3 minutes ago"),
        (timedelta(hours=19), "for 19 timer siden", "19 hours ago"),
        (timedelta(hours=30), "23.11.2026", "23 Nov 2026"),
        (timedelta(minutes=-5), "24.11.2026", "24 Nov 2026"),
    ],
)
def test_how_long_ago(ago: timedelta, danish: str, english: str) -> None:
    for language, wanted in (("da", danish), ("en", english)):
        with override(language):
            assert formats.since(NOW - ago, NOW) == wanted


def test_days_and_minutes_are_danish_ones() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    with override("da"):
        assert formats.day(date(2026, 11, 4)) == "04.11.2026"
        assert formats.minute(summer) == "02.07.2026 00:30"
        assert formats.moment(NOW) == "24.11.2026 10:12:30"
        assert formats.month(date(2026, 11, 1)) == "november 2026"
    with override("en"):
        assert formats.day(date(2026, 11, 4)) == "4 Nov 2026"


@pytest.mark.parametrize("language", ["da", "en"])
def test_weeks_begin_on_monday_and_the_first_has_four_days(language: str) -> None:
    """Bare `da` would count another week as the first (surprises 35)."""
    locale = Locale.parse(formats.LOCALES[language])
    assert locale.territory
    assert (locale.first_week_day, locale.min_week_days) == (0, 4)
