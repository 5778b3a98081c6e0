"""Numbers survive the wire in both directions; what no amount can be is refused where it is wanted."""

from __future__ import annotations

from decimal import Decimal as D

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.money import InexactAmountError
from lagerbro.wire.numbers import UnreadableError, decode, decode_answer, decode_builtins, encode, read
from lagerbro.wire.repair import DEPTH_MAX


class Priced(msgspec.Struct):
    price: D


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
def test_there_and_back(price: D) -> None:
    assert decode(encode(Priced(price)), Priced).price == price


@given(st.floats(1e-20, 1e4) | st.floats(-1e4, -1e-20) | st.just(-0.0))
def test_a_double_comes_in_as_what_it_stands_for(double: float) -> None:
    """However its server wrote it: the shortest way, or with every digit that it has."""
    shortest, whole = repr(double), format(D(double), "f")
    expected = D(repr(double)).quantize(D("1e-12"))
    for written in (shortest, whole):
        assert abs(decode(b'{"price":%b}' % written.encode(), Priced).price - expected) <= D("1e-12")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"price":12345678901234567.89}', "12345678901234567.89"),
        (b'{"price":1.10}', "1.10"),
        (b'{"price":1E3}', "1E+3"),
        (b'{"price":0.1}', "0.1"),
        (b'{"price":29.949999999999999}', "29.95"),
    ],
)
def test_every_digit_is_kept(body: bytes, expected: str) -> None:
    assert str(decode(body, Priced).price) == expected


@pytest.mark.parametrize(
    "body",
    [b'{"price":1e400}', b'{"price":"NaN"}', b'{"price":NaN}', b'{"price":1.', b"\xff", b"", b"[]", b'{"price":null}'],
)
def test_what_is_no_amount_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(body, Priced).price.quantize(D(1))


def test_a_number_of_a_thousand_digits_is_refused() -> None:
    with pytest.raises(UnreadableError, match="longer"):
        decode_builtins(b"0." + b"1" * 1000)


@pytest.mark.parametrize(
    "body", [b'{"key":1,"x":1e400}', b"[" * 5_000 + b"]" * 5_000, b'{"key":' + b"1" * 5_000 + b"}"]
)
def test_whoever_knocks_is_read_strictly(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode_builtins(body)


def test_what_is_merged_and_written_back_has_lost_nothing() -> None:
    body = b'{"a":1e400,"b":29.949999999999999,"c":{"d":[1.10,"x\\u0000y"]},"e\\u202e":12345678901234567890123}'
    record = read(decode_answer(body, mend=False), dict)
    assert encode(record).decode() == '{"a":1e400,"b":29.95,"c":{"d":[1.10,"x�y"]},"e�":12345678901234567890123}'
    assert record == read(decode_answer(body, mend=False), dict)


@pytest.mark.parametrize("depth", [DEPTH_MAX, 500, 5_000])
def test_what_is_too_deep_to_be_written_back_is_not_merged(depth: int) -> None:
    body = b'{"a":' + b"[" * depth + b"]" * depth + b"}"
    with pytest.raises(UnreadableError):
        read(decode_answer(body, mend=False), dict)


def test_no_exponents_and_no_nan_are_written() -> None:
    assert encode(Priced(D("1E+3"))) == b'{"price":1000}'
    assert encode(Priced(D("0E-8"))) == b'{"price":0.00000000}'
    for number in ("NaN", "1E-9999999", "1E+9999999"):
        with pytest.raises(InexactAmountError):
            encode(Priced(D(number)))
    assert encode(Priced(D("0E-9999999"))) == b'{"price":0.000000000000}'
