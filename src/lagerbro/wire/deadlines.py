"""A total deadline for a call, whatever part of it is slow: connecting, sending, a drip of headers, a body.

httpx2's own timeouts begin anew with every read, so headers that come one byte in nine seconds hold a call for minutes
(found: a write of 80 s, where others reckon with 40 s at most, domain-rules H30). httpcore2 takes a network backend;
ours gives each operation on the socket what is left of its call. A call lives in one thread from its beginning to its
end, so what is left is kept by thread.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any, Final

import httpcore2
import httpx2

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

DEADLINE_EXTENSION: Final = "lagerbro.total_s"
"""The extension of a request with the seconds that are left for its call."""
TIMEOUT_MIN_S: Final = 0.001
"""Nought would mean not to wait at all."""

CONNECTIONS_MAX: Final = 100
IDLE_CONNECTIONS_MAX: Final = 20
IDLE_TIMEOUT_S: Final = 5.0
"""httpx2's own."""


class _Deadline(threading.local):
    """Of the call that this thread is making; by the machine's steady clock."""

    at_s: float | None = None

    def remaining_s(self, timeout_s: float | None, late: type[Exception]) -> float | None:
        """What an operation may take; raises `late` when the call's time is up."""
        if self.at_s is None:
            return timeout_s
        remaining_s = self.at_s - time.monotonic()
        if remaining_s < TIMEOUT_MIN_S:
            raise late("the call's total deadline has passed")
        return remaining_s if timeout_s is None else min(timeout_s, remaining_s)


class BoundedTransport(httpx2.HTTPTransport):
    """HTTP over TCP, each call within the seconds that its request names."""

    def __init__(self) -> None:
        super().__init__(retries=0)
        self._deadline = _Deadline()
        self._pool.close()  # httpx2 hands no backend on, so its pool is replaced by one that has ours
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            max_connections=CONNECTIONS_MAX,
            max_keepalive_connections=IDLE_CONNECTIONS_MAX,
            keepalive_expiry=IDLE_TIMEOUT_S,
            network_backend=_Backend(self._deadline),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        total_s = request.extensions.get(DEADLINE_EXTENSION)
        self._deadline.at_s = None if total_s is None else time.monotonic() + total_s
        return super().handle_request(request)


class _Backend(httpcore2.SyncBackend):
    def __init__(self, deadline: _Deadline) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore2.NetworkStream:
        remaining_s = self._deadline.remaining_s(timeout, httpcore2.ConnectTimeout)
        return _Stream(super().connect_tcp(host, port, remaining_s, local_address, socket_options), self._deadline)


class _Stream(httpcore2.NetworkStream):
    """A connection whose every operation ends with its call."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.remaining_s(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """One piece at a time: nothing is sent after the deadline, however slowly it is taken from us."""
        connection = self._stream.get_extra_info("socket")
        rest = memoryview(buffer)
        while rest:
            remaining_s = self._deadline.remaining_s(timeout, httpcore2.WriteTimeout)
            try:
                connection.settimeout(remaining_s)
                rest = rest[connection.send(rest) :]
            except TimeoutError as late:
                raise httpcore2.WriteTimeout(str(late)) from late
            except OSError as fault:
                raise httpcore2.WriteError(str(fault)) from fault

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        remaining_s = self._deadline.remaining_s(timeout, httpcore2.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, remaining_s), self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore2's own
        return self._stream.get_extra_info(info)
