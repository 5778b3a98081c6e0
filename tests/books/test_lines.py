"""How lines keep their value (domain-rules C11, F4, H9, economic-api 9.1)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.lines import PricedLine, line_to_send
from lagerbro.books.zones import UnknownZoneError, zone_number
from lagerbro.money import rounded
from lagerbro_sandbox.economic.money import line_total as economics

C11 = [
    ("1.125", "88.88", "99.99", "100.43"),
    ("1000", "12.345", "12345.00", "12350.00"),
    ("3", "33.333", "100.00", "99.99"),
    ("0.004", "5000.00", "20.00", "0.00"),
]


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
