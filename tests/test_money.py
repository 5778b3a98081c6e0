"""Amounts: what may enter, how they are rounded, that nothing is lost when they are divided."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.money import (
    SCALE_MAX,
    InexactAmountError,
    exact,
    percentage_of,
    product_of,
    quotient_of,
    rate_per_100,
    rounded,
    spread,
    total_of,
)

ORE = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
NOT_MONEY = [
    "NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "1e18",
    "0.0000000000001",
    "1E+9999999",
    "1E-9999999",
    "-1E+9999999",
    "9E+999999999999999999",
    "9E-999999999999999999",
    "1E+9999999999999999999",
    "1E-9999999999999999999",
]


@pytest.mark.parametrize("text", NOT_MONEY)
def test_what_is_not_money_is_refused(text: str) -> None:
    with pytest.raises(InexactAmountError):
        exact(text)
    if not text.endswith("9" * 19):  # beyond what a Decimal can be made of
        with pytest.raises(InexactAmountError):
            exact(D(text))


@pytest.mark.parametrize(
    "text",
    ["kr. 5", "", " ", "1_000", " 1", "1 ", "1\n", "+1", "1.", ".5", "007", "--1", "1,5", "0x1", "٣", "１", "1\0"],
)
def test_a_text_is_a_number_only_where_json_would_take_it_as_one(text: str) -> None:
    with pytest.raises(InexactAmountError):
        exact(text)


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_are_no_amounts(value: bool) -> None:
    with pytest.raises(InexactAmountError):
        exact(value)


@pytest.mark.parametrize(
    "text", ["12345678901234567.89", "1.10", "-0.000001", "999999999999999999", "0E-30", "1E+17", "1.1000000000000"]
)
def test_what_is_money_keeps_its_digits(text: str) -> None:
    assert exact(text) == D(text)
    assert exact(D(text)) == D(text)


@pytest.mark.parametrize("text", ["0E-9999999", "0E+9999999", "-0E-9999999", "1.1000000000000", f"1.{'0' * 99_999}"])
def test_no_more_digits_come_out_than_may_be_written(text: str) -> None:
    number = exact(D(text))
    assert number == D(text)
    assert len(format(number, "f")) <= 2 + 1 + SCALE_MAX


OPERATIONS: dict[str, Callable[[D], object]] = {
    "rounded": rounded,
    "product": lambda number: product_of(number, D("1.25")),
    "quotient": lambda number: quotient_of(number, D("1.25")),
    "divisor": lambda number: quotient_of(D(1), number),
    "percentage": lambda number: percentage_of(number, D(25)),
    "total": lambda number: total_of([D("0.01"), number]),
    "total to spread": lambda number: spread(number, [D(1), D(2)]),
    "weight": lambda number: spread(D(1), [number, D(1)]),
    "rate": rate_per_100,
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize("text", ["1E+9999999", "-1E+9999999", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_no_operation_answers_what_is_not_money_or_raises_another_error(
    operation: Callable[[D], object], text: str
) -> None:
    with pytest.raises(InexactAmountError):
        operation(D(text))


def test_nearly_nothing_is_nothing_where_it_is_rounded_and_refused_elsewhere() -> None:
    least = D("1E-9999999")
    assert (str(rounded(least)), str(rounded(-least)), str(rate_per_100(D("1E-30")))) == ("0.00", "0.00", "0.000000")
    for name in OPERATIONS.keys() - {"rounded"}:
        with pytest.raises(InexactAmountError):
            OPERATIONS[name](least)


ANY_NUMBER = st.decimals() | st.builds(
    lambda digits, exponent: D((0, tuple(digits), exponent)),
    st.lists(st.integers(0, 9), min_size=1, max_size=200),
    st.integers(-10_000_000, 10_000_000),
)


@given(number=ANY_NUMBER, other=ANY_NUMBER)
def test_whatever_comes_is_computed_exactly_or_refused(number: D, other: D) -> None:
    for compute in (exact, rounded, total_of_two(other), lambda one: product_of(one, other)):
        try:
            result = compute(number)
        except InexactAmountError:
            continue
        assert result.is_finite()


def total_of_two(other: D) -> Callable[[D], D]:
    return lambda one: total_of([one, other])


@given(st.lists(st.decimals(min_value=-(10**17), max_value=10**17, places=12), min_size=1, max_size=4))
def test_four_amounts_are_multiplied_without_losing_a_digit(factors: list[D]) -> None:
    whole = 1
    for factor in factors:
        whole *= int(f"{factor:f}".replace(".", ""))
    assert product_of(*factors) == D((whole < 0, [int(digit) for digit in str(abs(whole))], -12 * len(factors)))


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("-0.001", 2, "0.00"), ("414.288", 2, "414.29"), ("1.125", 0, "1")],
)
def test_halves_go_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert str(rounded(D(value), decimals)) == expected


def test_factors_are_not_rounded_on_the_way() -> None:
    assert product_of(D("1.000001"), D("1.000001"), D("0.5")) == D("0.5000010000005")
    assert percentage_of(D("460.29"), D("25")) == D("115.0725")


def test_there_is_no_dividing_by_nothing() -> None:
    for dividend in (D(0), D(1)):
        with pytest.raises(ZeroDivisionError):
            quotient_of(dividend, D("0.00"))


WEIGHT = st.decimals(min_value=0, max_value=10**6, places=2)
BOTH_SIGNS = st.decimals(min_value=-(10**6), max_value=10**6, places=12)


@given(total=ORE, weights=st.lists(WEIGHT, min_size=1, max_size=40).filter(any))
def test_the_parts_are_the_whole_and_none_points_the_other_way(total: D, weights: list[D]) -> None:
    parts = spread(total, weights)
    assert total_of(parts) == total
    assert all(part == rounded(part) for part in parts)
    assert all(part * total >= 0 for part in parts)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(total=ORE, weights=st.lists(BOTH_SIGNS, min_size=1, max_size=40).filter(sum))
def test_every_part_has_the_sign_of_its_share_or_is_nothing(total: D, weights: list[D]) -> None:
    parts, whole = spread(total, weights), total_of(weights)
    assert total_of(parts) == total
    shares = [total * weight * (1 if whole > 0 else -1) for weight in weights]
    assert all(part * share > 0 for part, share in zip(parts, shares, strict=True) if part)
    assert spread(-total, weights) == [-part for part in parts]
    assert spread(total, [-weight for weight in weights]) == parts


@given(total=ORE, weights=st.lists(BOTH_SIGNS, min_size=2, max_size=40).filter(sum))
def test_only_the_heaviest_is_further_from_its_share_than_an_ore(total: D, weights: list[D]) -> None:
    parts, whole = spread(total, weights), total_of(weights)
    away = [
        abs(part - quotient_of(product_of(total, weight), whole)) for part, weight in zip(parts, weights, strict=True)
    ]
    heaviest = max(range(len(weights)), key=lambda index: abs(weights[index]))
    assert all(loss < D("0.01") for index, loss in enumerate(away) if index != heaviest)
    assert away[heaviest] <= D("0.005") * len(weights)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        ("125.00", "33.33 66.67", "41.66 83.34"),  # domain-rules C8e
        ("0.05", "1 1 1 1 1 1 1 1 1 1", "0.01 0.01 0.01 0.01 0.01 0 0 0 0 0"),
        ("-0.05", "1 1 1 1 1 1 1 1 1 1", "-0.01 -0.01 -0.01 -0.01 -0.01 0 0 0 0 0"),
        ("100.00", "1 1 1", "33.34 33.33 33.33"),
        ("0.01", "1 2 1", "0 0.01 0"),
        ("10.00", "100 -50", "20.00 -10.00"),
        ("0.01", "3 3 -5", "0.03 0.03 -0.05"),
        ("0.00", "1 2", "0 0"),
    ],
)
def test_what_is_left_over_goes_to_the_heaviest_where_it_fits(total: str, weights: str, expected: str) -> None:
    parts = spread(D(total), [D(weight) for weight in weights.split()])
    assert parts == [D(part) for part in expected.split()]
    assert all(str(part) != "-0.00" for part in parts)


def test_what_cannot_be_spread() -> None:
    for weights in ([D(0)], [], [D(1), D(-1)]):
        with pytest.raises(ValueError, match="nothing"):
            spread(D(1), weights)
    with pytest.raises(ValueError, match="decimals"):
        spread(D("0.005"), [D(1)])


@given(rate=st.decimals(min_value="0.000001", max_value=100, places=6))
def test_rates_are_per_hundred(rate: D) -> None:
    assert rate_per_100(rate) == rate * 100


def test_the_rate_of_the_article() -> None:
    assert str(rate_per_100(D("7.46"))) == "746.000000"  # domain-rules C6
