"""The server itself: a body of exactly the limit is taken, one byte more is not, announced or in pieces."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from lagerbro.app.listening.server import BODY_LIMIT_BYTES, web_server
from lagerbro.economic.webhook_events import BODY_LIMIT_BYTES as ECONOMIC
from lagerbro.rackbeat.webhook_events import BODY_LIMIT_BYTES as RACKBEAT


def measuring(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """Answers how long a body is announced to be, and how long it is."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ.get('CONTENT_LENGTH')} {len(body)}".encode()]


@pytest.fixture
def port() -> Iterator[int]:
    server = web_server(measuring, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)
    server.close()
    thread.join(10)


def answered(port: int, head: str, body: Iterable[bytes]) -> tuple[int, str]:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(f"POST /hooks/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\n\r\n".encode())
        with suppress(OSError):  # refused before all of it had come
            for piece in body:
                wire.sendall(piece)
        heard = b""
        while chunk := _received(wire):
            heard += chunk
    head_of_answer, _, content = heard.partition(b"\r\n\r\n")
    return int(head_of_answer.split()[1]), content.decode()


def _received(wire: socket.socket) -> bytes:
    try:
        return wire.recv(65536)
    except ConnectionResetError:
        return b""


def in_pieces(size: int, piece: int) -> Iterator[bytes]:
    yield b"".join(b"%x\r\n%b\r\n" % (length, b"x" * length) for length in _lengths(size, piece))
    yield b"0\r\n\r\n"


def _lengths(size: int, piece: int) -> Iterator[int]:
    for at in range(0, size, piece):
        yield min(piece, size - at)


@pytest.mark.parametrize("size", [1, BODY_LIMIT_BYTES - 1, BODY_LIMIT_BYTES])
def test_up_to_the_limit_a_body_is_taken(port: int, size: int) -> None:
    assert answered(port, f"Content-Length: {size}", [b"x" * size]) == (200, f"{size} {size}")


def test_one_byte_more_is_refused(port: int) -> None:
    assert answered(port, f"Content-Length: {BODY_LIMIT_BYTES + 1}", [])[0] == 413
    assert answered(port, f"Content-Length: {BODY_LIMIT_BYTES * 1000}", [b"x"])[0] == 413
    assert answered(port, "Transfer-Encoding: chunked", in_pieces(BODY_LIMIT_BYTES + 1, 65536))[0] == 413
    assert answered(port, "Content-Length: 3", [b"yes"]) == (200, "3 3")


@pytest.mark.parametrize("limit", [RACKBEAT, ECONOMIC])
def test_what_comes_in_the_smallest_pieces_reaches_the_doors_with_its_true_length(port: int, limit: int) -> None:
    for size in (limit, limit + 1):
        assert answered(port, "Transfer-Encoding: chunked", in_pieces(size, 1)) == (200, f"{size} {size}")


@pytest.mark.parametrize("told", ["-1", "1e3", "abc", "+3", "3, 4", "3.0", ""])
def test_a_length_that_is_no_number_is_refused(port: int, told: str) -> None:
    status, _ = answered(port, f"Content-Length: {told}", [b"yes"])
    assert status in (200, 400)
    if status == 200:  # nothing was announced, so nothing was read
        assert told == ""
