"""How lines keep their value (domain-rules C11, F4, H9, economic-api 9.1)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.lines import ROUNDING_MAX, LineToSend, PricedLine, lines_to_send
from lagerbro.books.zones import UnknownZoneError, zone_number
from lagerbro.money import rounded, total_of
from lagerbro_sandbox.economic.money import line_total as economics

C11 = [
    ("1.125", "88.88", "99.99", "100.43"),
    ("1000", "12.345", "12345.00", "12350.00"),
    ("3", "33.333", "100.00", "99.99"),
    ("0.004", "5000.00", "20.00", "0.00"),
]


def line_to_send(actual: PricedLine, total: D, *, use_actual_quantity: bool) -> LineToSend:
    """One line by itself, without a rounding line."""
    return lines_to_send([(actual, total)], use_actual_quantity=use_actual_quantity).lines[0]


@pytest.mark.parametrize(("quantity", "price", "true", "computed"), C11)
def test_the_worked_examples(quantity: str, price: str, true: str, computed: str) -> None:
    actual = PricedLine(D(quantity), D(price))
    assert actual.as_kept_by_economic().total() == D(computed)
    sent = line_to_send(actual, D(true), use_actual_quantity=True)
    assert (sent.is_single_piece, sent.priced) == (True, PricedLine(D(1), D(true)))


def test_a_quantity_of_a_thousand_stays_one() -> None:
    sent = line_to_send(PricedLine(D("1234.50"), D("2.00")), D("2469.00"), use_actual_quantity=True)
    assert (sent.is_single_piece, sent.priced.quantity) == (False, D("1234.50"))


def test_without_actual_quantities_a_line_is_one_at_its_total() -> None:
    assert line_to_send(PricedLine(D(10), D(200)), D(2000), use_actual_quantity=False).priced == PricedLine(
        D(1), D(2000)
    )
    assert line_to_send(PricedLine(D(-2), D(200)), D(-400), use_actual_quantity=False).priced == PricedLine(
        D(-1), D(400)
    )


QUANTITY = st.decimals(-10_000, 10_000, places=4)
PRICE = st.decimals(-10_000, 10_000, places=5)
DISCOUNT = st.decimals(0, 100, places=3)


@given(quantity=QUANTITY, price=PRICE, discount=DISCOUNT, actual=st.booleans())
def test_economic_always_computes_the_true_total(quantity: D, price: D, discount: D, actual: bool) -> None:
    line = PricedLine(quantity, price, discount)
    true = line.total()
    sent = line_to_send(line, true, use_actual_quantity=actual).priced
    assert economics(sent.quantity, sent.unit_price, sent.discount_percentage) == true
    assert all(rounded(part) == part for part in (sent.quantity, sent.unit_price, sent.discount_percentage))
    assert sent.quantity != 0
    assert sent.unit_price >= 0


ROUNDED = [  # quantity, price, Rackbeat's total → whether it goes as it is, what the rounding line adds
    (("1.125", "88.88", "99.99"), False, "0"),  # e-conomic does not keep the quantity
    (("1000", "12.345", "12345.00"), False, "0"),  # 5.00 would be a charge
    (("3", "33.333", "100.00"), True, "0.01"),
    (("-3", "33.333", "-100.00"), True, "-0.01"),
    (("0.004", "5000.00", "20.00"), False, "0"),
    (("200", "0.005", "1.00"), True, "-1.00"),  # e-conomic comes to 2.00
    (("202", "0.005", "1.01"), False, "0"),
    (("3", "0.004", "0.01"), False, "0"),  # a price of nothing says less than one piece of 0.01
    (("3", "33.33", "99.99"), True, "0"),
]


@pytest.mark.parametrize(("line", "is_actual", "rounding"), ROUNDED)
def test_a_rounding_line_takes_what_is_small(line: tuple[str, str, str], is_actual: bool, rounding: str) -> None:
    quantity, price, total = map(D, line)
    sent = lines_to_send([(PricedLine(quantity, price), total)], use_actual_quantity=True, may_round=True)
    assert (not sent.lines[0].is_single_piece, sent.rounding) == (is_actual, D(rounding))
    assert sent.total() == total
    for actual, may_round in ((True, False), (False, True), (False, False)):
        without = lines_to_send([(PricedLine(quantity, price), total)], use_actual_quantity=actual, may_round=may_round)
        assert (without.rounding, without.total()) == (D(0), total)


def test_rounding_lines_stay_within_their_limit_together_the_smallest_first() -> None:
    lines = [(PricedLine(D(quantity), D("0.005")), D(quantity) * D("0.005")) for quantity in (120, 100, 80)]
    sent = lines_to_send(lines, use_actual_quantity=True, may_round=True)
    assert [line.is_single_piece for line in sent.lines] == [True, False, False]  # 0.60, 0.50, 0.40
    assert (sent.rounding, sent.total()) == (D("-0.90"), D("1.50"))


@given(
    lines=st.lists(st.builds(PricedLine, QUANTITY, PRICE, DISCOUNT), min_size=1, max_size=12),
    actual=st.booleans(),
    may_round=st.booleans(),
)
def test_economic_comes_to_the_sum_whichever_way_lines_go(
    lines: list[PricedLine], actual: bool, may_round: bool
) -> None:
    sent = lines_to_send([(line, line.total()) for line in lines], use_actual_quantity=actual, may_round=may_round)
    computed = [economics(p.quantity, p.unit_price, p.discount_percentage) for p in (one.priced for one in sent.lines)]
    assert total_of([*computed, sent.rounding]) == total_of(line.total() for line in lines)
    assert abs(sent.rounding) <= ROUNDING_MAX
    assert not sent.rounding or (actual and may_round)
    assert all(one.priced.quantity for one in sent.lines)


@pytest.mark.parametrize(
    ("quantity", "price", "sent"), [(1, -50, (-1, 50)), (-1, -50, (1, 50)), (-1, 50, (-1, 50)), (1, 50, (1, 50))]
)
def test_the_sign_stands_on_the_quantity(quantity: int, price: int, sent: tuple[int, int]) -> None:
    line = PricedLine(D(quantity), D(price), D(10))
    made = line_to_send(line, line.total(), use_actual_quantity=True)
    assert (made.is_single_piece, made.priced) == (False, PricedLine(D(sent[0]), D(sent[1]), D(10)))


def test_zones_are_named_and_never_guessed() -> None:
    assert [zone_number(name) for name in ("domestic", "eu", "abroad", "domestic_exempt")] == [1, 2, 3, 4]
    for unknown in (None, "", "DK", "Domestic"):
        with pytest.raises(UnknownZoneError):
            zone_number(unknown)
