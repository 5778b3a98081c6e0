"""Packed bodies: unpacked within a limit, in the one packing that was asked for, whole or not at all."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.wire.decompression import DecompressionError, decompressed
from lagerbro.wire.errors import UnreadableAnswerError
from lagerbro.wire.transport import FILE_LIMIT_BYTES, RECORDS_LIMIT_BYTES, Call
from tests.wire.hostile import HostileServer, hostile_server

MIB: Final = 1024 * 1024


def pieces(body: bytes, size: int) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))


@given(parts=st.lists(st.binary(max_size=3000), max_size=4), size=st.integers(1, 500))
def test_what_was_packed_comes_out_however_it_was_cut(parts: list[bytes], size: int) -> None:
    packed = b"".join(map(gzip.compress, parts))
    for name in ("gzip", "X-GZIP", "identity, gzip"):
        assert decompressed(pieces(packed, size), name, 20_000) == b"".join(parts)
    assert decompressed(pieces(packed, size), "", 20_000) == packed


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=50), st.integers(1, 400))
def test_a_spoilt_body_is_refused_or_whole(body: bytes, spoil: bytes, at: int) -> None:
    packed = gzip.compress(body)
    for spoilt in (packed[: at % len(packed)], packed + spoil, packed[:at] + spoil + packed[at:]):
        try:
            assert decompressed([spoilt], "gzip", 10_000) in (b"", body)
        except DecompressionError:
            continue


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_exactly_the_limit_is_taken_and_one_byte_more_is_not(encoding: str, more: int) -> None:
    body = b"x" * (10_000 + more)
    sent = gzip.compress(body) if encoding else body
    if more:
        with pytest.raises(DecompressionError, match="longer"):
            decompressed([sent], encoding, 10_000)
    else:
        assert decompressed([sent], encoding, 10_000) == body


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip," * 50, "nonsense", "GZIP GZIP"])
def test_a_packing_that_nobody_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(DecompressionError, match="asked"):
        decompressed([gzip.compress(b"{}")], encoding, 10_000)


def bomb(mib: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(MIB)
    return b"".join(packer.compress(zeros) for _ in range(mib)) + packer.flush()


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server() as made:
        yield made


def head(length: int, encoding: str = "gzip") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {length}\r\n\r\n".encode()


@pytest.mark.parametrize("limit", [RECORDS_LIMIT_BYTES, FILE_LIMIT_BYTES])
def test_half_a_gigabyte_of_zeros_never_comes_to_be(server: HostileServer, limit: int) -> None:
    packed = bomb(512)
    server.script = lambda: [head(len(packed)), packed]
    client, _ = server.client(60)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableAnswerError, match="longer") as caught:
            client.call(Call("POST", "/things", b"{}", key="k", limit_bytes=limit))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.outcome_unknown
    assert peak < 3 * limit + 8 * MIB


def test_records_have_their_limit_and_files_have_another(server: HostileServer) -> None:
    body = b" " * (RECORDS_LIMIT_BYTES + 1)
    server.script = lambda: [head(len(body), "identity"), body]
    client, _ = server.client(60)
    with pytest.raises(UnreadableAnswerError) as caught:
        client.call(Call("GET", "/things"))
    assert not caught.value.outcome_unknown
    assert len(client.call(Call("GET", "/things.pdf", limit_bytes=FILE_LIMIT_BYTES)).body) == len(body)


def test_an_answer_in_gzip_is_read(server: HostileServer) -> None:
    packed = gzip.compress(b'{"fine":true}')
    server.script = lambda: [head(len(packed)), packed]
    client, seen = server.client()
    assert client.call(Call("GET", "/things")).body == b'{"fine":true}'
    assert b"accept-encoding: gzip\r\n" in server.requests[0].lower()
    assert seen[0].error_code == ""
