"""Amounts: what may enter, how they are rounded, that nothing is lost when they are divided."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.money import InexactAmountError, exact, percentage_of, product_of, rate_per_100, rounded, spread, total_of

ORE = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e400", "1e18", "0.0000000000001", "kr. 5", ""])
def test_what_is_not_money_is_refused(text: str) -> None:
    with pytest.raises(InexactAmountError):
        exact(text)


@pytest.mark.parametrize("text", ["12345678901234567.89", "1.10", "-0.000001", "999999999999999999", "0E-30"])
def test_what_is_money_keeps_its_digits(text: str) -> None:
    assert exact(text) == D(text)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("-0.001", 2, "0.00"), ("414.288", 2, "414.29"), ("1.125", 0, "1")],
)
def test_halves_go_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert str(rounded(D(value), decimals)) == expected


def test_factors_are_not_rounded_on_the_way() -> None:
    assert product_of(D("1.000001"), D("1.000001"), D("0.5")) == D("0.5000010000005")
    assert percentage_of(D("460.29"), D("25")) == D("115.0725")


@given(total=ORE, weights=st.lists(st.decimals(min_value="0.01", max_value=10**6, places=2), min_size=1, max_size=9))
def test_the_parts_are_the_whole(total: D, weights: list[D]) -> None:
    parts = spread(total, weights)
    assert total_of(parts) == total
    assert all(part == rounded(part) for part in parts)


def test_nothing_to_divide_between() -> None:
    with pytest.raises(ValueError, match="nothing"):
        spread(D(1), [D(0)])


@given(rate=st.decimals(min_value="0.000001", max_value=100, places=6))
def test_rates_are_per_hundred(rate: D) -> None:
    assert rate_per_100(rate) == rate * 100


def test_the_rate_of_the_article() -> None:
    assert str(rate_per_100(D("7.46"))) == "746.000000"  # domain-rules C6
