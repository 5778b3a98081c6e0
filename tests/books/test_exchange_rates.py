"""Whether an exchange rate can be right (domain-rules H39)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.exchange_rates import implied_rate, is_near_usual_rate, is_rate_consistent, usual_rate
from lagerbro.money import product_of, rounded

LISTED = ("DKK", "EUR", "SEK", "NOK", "GBP", "USD", "CHF", "PLN", "JPY", "HUF", "ISK")


@pytest.mark.parametrize(
    ("currency", "base", "rate", "is_usual"),
    [
        ("EUR", "DKK", "7.46", True),
        ("EUR", "DKK", "746", False),
        ("EUR", "DKK", "0.0746", False),
        ("EUR", "DKK", "0.134", False),  # the other way round
        ("EUR", "DKK", "1", False),  # none was given
        ("USD", "DKK", "4.6", True),
        ("USD", "DKK", "9.0", True),
        ("GBP", "DKK", "12.5", True),
        ("SEK", "DKK", "0.55", True),
        ("SEK", "DKK", "65", False),
        ("NOK", "DKK", "1.02", True),
        ("NOK", "DKK", "1.576", False),  # the other way round, and near enough to be taken for dear
        ("SEK", "DKK", "1.51", False),
        ("RON", "DKK", "0.67", False),
        ("RON", "DKK", "2.2", True),
        ("PLN", "DKK", "0.57", False),
        ("CNY", "DKK", "1.05", True),
        ("CNY", "DKK", "0.66", True),
        ("USD", "EUR", "1.12", True),
        ("DKK", "EUR", "0.134", True),
        ("DKK", "EUR", "13.4", False),
        ("USD", "NOK", "10.5", True),
    ],
)
def test_the_usual_size_of_a_rate(currency: str, base: str, rate: str, is_usual: bool) -> None:
    usual = usual_rate(currency, base)
    assert usual is not None
    assert is_near_usual_rate(D(rate), usual) is is_usual


@pytest.mark.parametrize(("currency", "base"), [("TRY", "DKK"), ("EUR", "ARS"), ("", "DKK"), ("XXX", "DKK")])
def test_nothing_is_said_of_other_currencies(currency: str, base: str) -> None:
    assert usual_rate(currency, base) is None


@given(st.sampled_from(LISTED), st.sampled_from(LISTED), st.sampled_from([D(100), D(10), D("0.1"), D("0.01")]))
def test_a_slip_of_a_digit_or_two_is_found_in_every_pair(currency: str, base: str, slip: D) -> None:
    usual = usual_rate(currency, base)
    assert usual is not None
    assert is_near_usual_rate(usual, usual)
    assert not is_near_usual_rate(product_of(usual, slip), usual)


RATE = st.decimals("0.01", 1000, places=4)
TOTAL = st.decimals("-99999.99", "99999.99", places=2)


@given(rate=RATE, net=TOTAL, vat=TOTAL, of_net=st.booleans(), turned=st.booleans())
def test_rackbeats_own_rounding_never_contradicts(rate: D, net: D, vat: D, of_net: bool, turned: bool) -> None:
    base_total = rounded(product_of(rate, net if of_net else net + vat, D(-1 if turned else 1)))
    assert is_rate_consistent(rate, (net + vat, net), base_total)


@given(rate=RATE, total=st.decimals(10, 99999, places=2), off=st.decimals("1.02", 200, places=2), less=st.booleans())
def test_more_than_one_per_cent_contradicts_and_the_other_rate_is_known(rate: D, total: D, off: D, less: bool) -> None:
    other = rate / off if less else rate * off
    base_total = rounded(product_of(rounded(other, 8), total))
    if abs(base_total - rate * total) > D("0.02") and base_total:
        assert not is_rate_consistent(rate, (total, total), base_total)
        found = implied_rate(base_total, total)
        assert found is not None
        assert abs(found - other) <= D("0.002")


def test_nothing_speaks_of_no_rate() -> None:
    assert implied_rate(D(0), D(5)) is None
    assert implied_rate(D(5), D(0)) is None
    assert is_rate_consistent(D("7.46"), (D("0.01"), D("0.01")), D("0.07"))  # an øre is not one per cent of seven
