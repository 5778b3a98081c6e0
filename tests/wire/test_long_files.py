"""A file whose length nobody tells is read no further than its limit, and what is kept of it is bounded."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from lagerbro.wire.errors import AnswerTooLongError
from lagerbro.wire.transport import Call
from tests.wire.hostile import hostile_server

MEBIBYTE = 1024 * 1024
LIMIT_BYTES = 9 * MEBIBYTE


@pytest.mark.parametrize(("mebibytes", "is_read"), [(8, True), (40, False)])
def test_chunks_of_untold_length(mebibytes: int, is_read: bool) -> None:
    sent = 0

    def script() -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        for _ in range(mebibytes):
            yield b"100000\r\n" + b"x" * MEBIBYTE + b"\r\n"
            sent += 1
        yield b"0\r\n\r\n"

    with hostile_server() as server:
        server.script = script
        client, seen = server.client(total_s=60.0)
        tracemalloc.start()
        try:
            body = client.call(Call("GET", "/file.pdf", limit_bytes=LIMIT_BYTES)).body
        except AnswerTooLongError:
            body = b""
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert len(body) == (mebibytes * MEBIBYTE if is_read else 0)
    assert len(seen) == 1
    assert sent < 40
    assert peak_bytes < 4 * LIMIT_BYTES
    print(f"{mebibytes} MiB: {sent} sent, {peak_bytes / MEBIBYTE:.1f} MiB at most in memory")
