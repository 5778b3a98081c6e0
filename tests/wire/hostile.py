"""A server on loopback that answers each connection with whatever bytes it was given, at whatever pace."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from lagerbro.economic.error_answers import error_answer_of
from lagerbro.wire.clock import SystemClock
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BucketLimiter
from lagerbro.wire.transport import ApiClient, http_client

Script = Callable[[], Iterable[bytes]]


class HostileServer:
    """`script` makes the bytes of the next answer; each piece is sent as it comes out of it."""

    def __init__(self) -> None:
        self.script: Script = lambda: ()
        self.requests: list[bytes] = []
        self.reads = True
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.05)
        self._closing = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._http = http_client(f"http://127.0.0.1:{self._listening.getsockname()[1]}")

    def client(self, total_s: float = 5.0) -> tuple[ApiClient, list[Exchange]]:
        """A client of it, by the machine's clock, and what is observed."""
        seen: list[Exchange] = []
        clock = SystemClock()
        return ApiClient(
            "e-conomic", self._http, {}, clock, BucketLimiter(clock), seen.append, error_answer_of, total_s
        ), seen

    def close(self) -> None:
        self._closing = True
        self._http.close()
        self._thread.join(5)
        self._listening.close()

    def _serve(self) -> None:
        while not self._closing:
            with suppress(TimeoutError):
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            if self.reads:
                self.requests.append(_request(connection))
            for piece in self.script():
                connection.sendall(piece)


def _request(connection: socket.socket) -> bytes:
    """The head and as much of the body as is announced."""
    heard = b""
    while b"\r\n\r\n" not in heard and (more := connection.recv(65536)):
        heard += more
    head, _, body = heard.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length and (more := connection.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body


def drip(content: bytes, every_s: float) -> Script:
    """One byte at a time."""

    def script() -> Iterator[bytes]:
        for at in range(len(content)):
            yield content[at : at + 1]
            time.sleep(every_s)

    return script


@contextmanager
def hostile_server() -> Iterator[HostileServer]:
    server = HostileServer()
    try:
        yield server
    finally:
        server.close()
