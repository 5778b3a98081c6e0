"""JSON in and out with exact numbers: nothing on the way is ever a float (stack-measurements 3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from lagerbro.money import InexactAmountError, exact
from lagerbro.wire.shapes import ready

T = TypeVar("T")

NUMBER_DIGITS_MAX = 40
"""Digits a JSON number may have; longer ones are an attack or a fault, not an amount."""


class UnreadableError(ValueError):
    """A body that is not the JSON it should be, or that holds a number no amount can be."""


def _number(text: str) -> Decimal:
    if len(text) > NUMBER_DIGITS_MAX:
        raise UnreadableError("a number is longer than any amount")
    try:
        return exact(text)
    except InexactAmountError as error:
        raise UnreadableError(str(error)) from error


_decode_any = msgspec.json.Decoder(float_hook=_number)


def decode(body: bytes, shape: type[T]) -> T:
    """The body as `shape`; raises `UnreadableError`. Unknown fields are passed over, as both systems add them."""
    return read(decode_builtins(body), shape)


def decode_builtins(body: bytes) -> Any:  # noqa: ANN401 - JSON is what it is
    """The body as dicts, lists, strings, ints and exact Decimals."""
    try:
        return _decode_any.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableError(f"the body is not JSON: {error}") from error


def read(value: object, shape: type[T]) -> T:
    """Decoded JSON as `shape`; raises `UnreadableError` that says where it does not fit."""
    try:
        result = msgspec.convert(value, ready(shape))
        _check(result)
    except (msgspec.ValidationError, InexactAmountError) as error:
        raise UnreadableError(str(error)) from error
    return result


def _check(value: object) -> None:
    """A *text* such as "NaN" is read as a Decimal too, where a shape wants one; here it is caught."""
    if isinstance(value, Decimal):
        exact(value)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _check(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            _check(item)


def _plain(number: Decimal) -> msgspec.Raw:
    return msgspec.Raw(format(exact(number), "f").encode())


_encoder = msgspec.json.Encoder(decimal_format=_plain)


def encode(value: object) -> bytes:
    """JSON with Decimals as plain numbers: no exponent, no NaN; raises `InexactAmountError` for what is not money."""
    return _encoder.encode(value)
