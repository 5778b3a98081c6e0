"""JSON with exact numbers for the sandboxes."""

from __future__ import annotations

from decimal import Decimal

import msgspec

_encoder = msgspec.json.Encoder(decimal_format=lambda number: msgspec.Raw(format(number, "f").encode()))
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def to_json(value: object) -> bytes:
    return _encoder.encode(value)


def from_json(body: bytes | str) -> object:
    """Raises msgspec.DecodeError for what is not JSON."""
    try:
        return _decoder.decode(body)
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error
