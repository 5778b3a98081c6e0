"""An answer's body as it comes from the wire, unpacked piece by piece within a limit.

Half a megabyte of gzip can hold half a gigabyte of zeros, so what is unpacked is counted and not only what came. We ask
for gzip and nothing else; a body in another packing is nobody's we asked.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

CHUNK_BYTES: Final = 64 * 1024
GZIP: Final = ("gzip", "x-gzip")
_GZIP_WINDOW: Final = zlib.MAX_WBITS | 16


class DecompressionError(ValueError):
    """A body that is too long, in a packing that we did not ask for, or broken; the text says which."""


class BodyTooLongError(DecompressionError):
    """Longer than is read; how long it would have been is not known."""


def decompressed(pieces: Iterable[bytes], encoding: str, limit_bytes: int) -> bytes:
    """The whole body, at most `limit_bytes` long both as it came and unpacked; raises `DecompressionError`."""
    names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    bounded = _bounded(pieces, limit_bytes)
    if not names:
        return b"".join(bounded)
    if len(names) > 1 or names[0] not in GZIP:
        raise DecompressionError("the body is packed in a way that was not asked for")
    return b"".join(_bounded(_gunzipped(bounded), limit_bytes))


def _bounded(pieces: Iterable[bytes], limit_bytes: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit_bytes:
            raise BodyTooLongError(f"the body is longer than {limit_bytes} bytes")
        yield piece


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A body may be several packed parts one after the other (RFC 1952); nothing else may stand behind one."""
    unpacker, begun = zlib.decompressobj(_GZIP_WINDOW), False
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP_WINDOW)
                begun = True
                yield unpacker.decompress(rest, CHUNK_BYTES)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise DecompressionError(f"the body cannot be unpacked: {error}") from error
    if begun and not unpacker.eof:
        raise DecompressionError("the packed body broke off")
