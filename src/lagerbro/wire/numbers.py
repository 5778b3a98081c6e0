"""JSON in and out with exact numbers: nothing on the way is ever a float (stack-measurements 3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec

from lagerbro.money import InexactAmountError, exact
from lagerbro.wire.reading import reader_of
from lagerbro.wire.repair import repaired_json
from lagerbro.wire.unreadable import UnfitValueError, UnreadableError
from lagerbro.wire.values import amount_of

__all__ = ["UnfitValueError", "UnreadableError", "decode", "decode_answer", "decode_builtins", "encode", "read"]

T = TypeVar("T")


def _number(text: str) -> Decimal:
    try:
        return amount_of(text)
    except InexactAmountError as error:
        raise UnreadableError(str(error)) from error


def _number_or_its_text(text: str) -> Decimal | msgspec.Raw:
    """What no amount can be is kept as it was written: a shape that wants it refuses it, a merge gives it back."""
    try:
        return amount_of(text)
    except InexactAmountError:
        return msgspec.Raw(text.encode())


_strict_decoder: Final = msgspec.json.Decoder(float_hook=_number)
_lenient_decoder: Final = msgspec.json.Decoder(float_hook=_number_or_its_text)
_DECODE_ERRORS: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def decode_builtins(body: bytes) -> Any:  # noqa: ANN401 - JSON is what it is
    """A body from whoever may knock, as dicts, lists, strings, ints and exact Decimals; raises `UnreadableError`."""
    try:
        return _strict_decoder.decode(body)
    except _DECODE_ERRORS as error:
        raise UnreadableError(f"the body is not JSON: {error}") from error


def decode_answer(body: bytes, *, mend: bool = True) -> Any:  # noqa: ANN401 - JSON is what it is
    """One of the two systems' answers, in which only what is wanted has to be readable; raises `UnreadableError`.

    Numbers that no amount can be stand in it as `msgspec.Raw`. Without `mend` the answer is whole or unreadable: what
    is written back must not have lost anything.
    """
    try:
        return _lenient_decoder.decode(body)
    except _DECODE_ERRORS as error:
        if not mend:
            raise UnreadableError(f"the body is not JSON: {error}") from error
    try:
        return _lenient_decoder.decode(repaired_json(body))
    except _DECODE_ERRORS as error:
        raise UnreadableError(f"the body is not JSON: {error}") from error


def decode(body: bytes, shape: type[T]) -> T:
    """The body as `shape`; raises `UnreadableError`. Unknown fields are passed over, as both systems add them."""
    return read(decode_answer(body), shape)


def read(value: object, shape: type[T]) -> T:
    """Decoded JSON as `shape`; raises `UnfitValueError` that says which field does not fit."""
    return reader_of(shape)(value)


def _plain(number: Decimal) -> msgspec.Raw:
    return msgspec.Raw(format(exact(number), "f").encode())


_encoder: Final = msgspec.json.Encoder(decimal_format=_plain)


def encode(value: object) -> bytes:
    """JSON with Decimals as plain numbers: no exponent, no NaN; raises `InexactAmountError` for what is not money."""
    return _encoder.encode(value)
