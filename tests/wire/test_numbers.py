"""Numbers survive the wire in both directions; what no amount can be is refused."""

from __future__ import annotations

from decimal import Decimal as D

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.money import InexactAmountError
from lagerbro.wire.numbers import UnreadableError, decode, decode_builtins, encode


class PricedLine(msgspec.Struct):
    price: D


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_there_and_back(price: D) -> None:
    assert decode(encode(PricedLine(price)), PricedLine).price == price


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"price":12345678901234567.89}', "12345678901234567.89"),
        (b'{"price":1.10}', "1.10"),
        (b'{"price":1E3}', "1E+3"),
        (b'{"price":0.1}', "0.1"),
    ],
)
def test_every_digit_is_kept(body: bytes, expected: str) -> None:
    assert str(decode(body, PricedLine).price) == expected


@pytest.mark.parametrize(
    "body",
    [b'{"price":1e400}', b'{"price":"NaN"}', b'{"price":NaN}', b'{"price":1.', b"\xff", b"", b"[]", b'{"price":null}'],
)
def test_what_is_no_amount_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(body, PricedLine).price.quantize(D(1))


def test_a_number_of_a_thousand_digits_is_refused() -> None:
    with pytest.raises(UnreadableError, match="longer"):
        decode_builtins(b"0." + b"1" * 1000)


def test_no_exponents_and_no_nan_are_written() -> None:
    assert encode(PricedLine(D("1E+3"))) == b'{"price":1000}'
    assert encode(PricedLine(D("0E-8"))) == b'{"price":0.00000000}'
    with pytest.raises(InexactAmountError):
        encode(PricedLine(D("NaN")))
