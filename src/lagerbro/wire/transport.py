"""One call: limits obeyed, deadlines kept, the exchange observed, the answer read or turned into an error.

The httpx2 client is shared by all agreements (one per host), so it holds no tokens and no cookies. Its transport is
where tests and simulations come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.parse import quote, urlencode

import httpx2

from lagerbro import __version__
from lagerbro.wire.clock import Clock
from lagerbro.wire.deadlines import DEADLINE_EXTENSION, BoundedTransport
from lagerbro.wire.decompression import BodyTooLongError, DecompressionError, decompressed
from lagerbro.wire.errors import (
    AnswerLostError,
    AnswerTooLongError,
    ErrorAnswer,
    ForbiddenError,
    InvalidError,
    LimitedError,
    RemoteError,
    UnauthenticatedError,
    UnreachableError,
    UnreadableAnswerError,
    remote_error_of,
)
from lagerbro.wire.exchange import Exchange, redacted_body, redacted_url, storable_header
from lagerbro.wire.limits import EXHAUSTED_WAIT_S, LONGEST_WAIT_S, Limiter
from lagerbro.wire.page_time import present_page_time

CONNECT_TIMEOUT_S: Final = 3.0
READ_TIMEOUT_S: Final = 10.0
TOTAL_TIMEOUT_S: Final = 30.0
"""No call takes longer, with its waits, its tries, its headers and its body; a write is nowhere in flight after it."""

RECORDS_LIMIT_BYTES: Final = 8 * 1024 * 1024
FILE_LIMIT_BYTES: Final = 32 * 1024 * 1024
"""An answer's longest body, also unpacked. A page of 1 000 records has two or three megabytes."""
USER_AGENT: Final = f"Lagerbro/{__version__} (+https://example.com/lagerbro)"
UNESCAPED_IN_QUERY: Final = "$:,*()[]/'"
"""Left as they are in a query, so that a filter can be read where an attempt is shown."""
READ_TRIES: Final = 3
READ_RETRY_WAIT_S: Final = 0.2
REFUSAL_RETRY_WAIT_S: Final = 1.0
"""After so long a no about the key or the right is asked for once more."""

Observe = Callable[[Exchange], None]
ErrorAnswerReader = Callable[[int, bytes, Mapping[str, str]], ErrorAnswer]


@dataclass(frozen=True, slots=True)
class Call:
    """A request without its tokens. `key` is the idempotency key of a write."""

    method: str
    path: str
    body: bytes | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    content_type: str = "application/json"
    limit_bytes: int = RECORDS_LIMIT_BYTES
    """The longest answer that is read; a PDF may have `FILE_LIMIT_BYTES`."""

    @property
    def is_write(self) -> bool:
        return self.method not in ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    replayed: bool = False


def retry_wait_s(error: RemoteError, tries_made: int) -> float | None:
    """How long to wait before a read that has been tried so often is tried again; None: it is not."""
    if isinstance(error, UnreachableError):
        return READ_RETRY_WAIT_S
    if isinstance(error, LimitedError):
        told_s = error.retry_after_s
        if told_s is None:
            return tries_made * EXHAUSTED_WAIT_S
        return 0.0 if told_s <= LONGEST_WAIT_S else None  # the limiter has heard it and waits
    is_doubted = isinstance(error, UnauthenticatedError | ForbiddenError) and tries_made == 1
    return REFUSAL_RETRY_WAIT_S if is_doubted and error.retry_after_s is None else None


def http_client(base_url: str, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """The client of one host, to be shared: no redirects (they would carry tokens away), no retries, no cookies."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx2.Client(
        base_url=base_url,
        transport=transport or BoundedTransport(),
        timeout=httpx2.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
        follow_redirects=False,
        cookies=no_cookies,
        headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
        # no proxy and no .netrc of the machine: tokens go to the host that the operator named
        trust_env=False,
    )


@dataclass(frozen=True, slots=True)
class ApiClient:
    """One token's line to one host."""

    system: str
    http: httpx2.Client
    tokens: Mapping[str, str] = field(repr=False)
    clock: Clock
    limiter: Limiter
    observe: Observe
    read_error_answer: ErrorAnswerReader
    total_s: float = TOTAL_TIMEOUT_S

    def call(self, call: Call) -> Answer:
        """Make the call. A read is tried again, as long as there is time, on transport faults, after a short pause that
        the remote asks for, and once when it says no to the key or the right: a single such answer is not believed. A
        write never is, for every try of one needs a key of its own."""
        ends_s = self.clock.monotonic_s() + self._allowed_s(call)
        tries = 1 if call.is_write else READ_TRIES
        for tries_made in range(1, tries + 1):
            # before each try and not once: the remote counts every one
            self.limiter.wait_for_turn()
            try:
                return self._call_once(call, ends_s)
            except RemoteError as error:
                wait_s = retry_wait_s(error, tries_made)
                if tries_made == tries or wait_s is None or self.clock.monotonic_s() + wait_s >= ends_s:
                    raise
                self.clock.sleep_s(wait_s)
        raise AssertionError("unreachable")

    def _allowed_s(self, call: Call) -> float:
        """A write that has begun has its whole time, on a page too: cut short, nobody would know what it did."""
        page = present_page_time()
        remaining_s = page.remaining_s(self.system) if page else self.total_s
        return self.total_s if call.is_write else min(self.total_s, remaining_s)

    def _call_once(self, call: Call, ends_s: float) -> Answer:
        started_at, started_s = self.clock.now(), self.clock.monotonic_s()
        answer: Answer | None = None
        error: RemoteError | None = None
        try:
            answer = self._send(call, ends_s)
            error = self._error(call, answer)
        except RemoteError as fault:
            error = fault
        duration_ms = int((self.clock.monotonic_s() - started_s) * 1000)
        # observed before it is raised: a call that failed is the one that somebody will want to see
        self.observe(self._exchange(call, answer, error, started_at, duration_ms))
        if error is not None:
            raise error
        assert answer is not None
        return answer

    def _send(self, call: Call, ends_s: float) -> Answer:
        request = self._request(call, ends_s)
        try:
            response = self.http.send(request, stream=True)
            try:
                body = self._body(response, call, ends_s)
            finally:
                response.close()
        # of these alone it is certain that the call never arrived: a write that met one was not made
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as fault:
            raise UnreachableError(f"{self.system} could not be reached") from fault
        except (httpx2.RequestError, httpx2.StreamError, httpx2.InvalidURL) as fault:
            raise AnswerLostError(f"{self.system} did not answer", outcome_unknown=call.is_write) from fault
        headers = _headers_of(response)
        self.limiter.note_answer(headers)
        return Answer(response.status_code, headers, body, headers.get("x-resultfromcache", "").lower() == "true")

    def _request(self, call: Call, ends_s: float) -> httpx2.Request:
        remaining_s = ends_s - self.clock.monotonic_s()
        if remaining_s <= 0:
            raise UnreachableError(f"{self.system} was not asked: the time for it was up")
        headers = self._headers(call)
        try:
            return self.http.build_request(
                call.method,
                self._address(call),
                content=call.body,
                headers=headers,
                extensions={DEADLINE_EXTENSION: remaining_s},
            )
        except httpx2.InvalidURL as fault:
            raise InvalidError(f"{self.system} cannot be asked at {redacted_url(call.path)}") from fault

    def _body(self, response: httpx2.Response, call: Call, ends_s: float) -> bytes:
        is_read = response.is_stream_consumed  # by a transport that has no stream, as a test's may be
        encoding = "" if is_read else response.headers.get("Content-Encoding", "")
        pieces = response.iter_bytes() if is_read else response.iter_raw()
        try:
            return decompressed(self._in_time(pieces, ends_s), encoding, call.limit_bytes)
        except BodyTooLongError as fault:
            raise AnswerTooLongError(f"{self.system}: {fault}", outcome_unknown=call.is_write) from fault
        except DecompressionError as fault:
            raise UnreadableAnswerError(f"{self.system}: {fault}", outcome_unknown=call.is_write) from fault

    def _in_time(self, pieces: Iterator[bytes], ends_s: float) -> Iterator[bytes]:
        for piece in pieces:
            if self.clock.monotonic_s() > ends_s:
                raise httpx2.ReadTimeout("the call's total deadline has passed")
            yield piece

    def _address(self, call: Call) -> str:
        """The whole address as text: the client library parses it once, where it would merge and parse it six times."""
        query = urlencode(call.query, safe=UNESCAPED_IN_QUERY, quote_via=quote)
        base = str(self.http.base_url).rstrip("/")
        return f"{base}/{call.path.lstrip('/')}{'?' if query else ''}{query}"

    def _headers(self, call: Call) -> dict[str, str]:
        headers = dict(self.tokens)
        if not all(token.isascii() and token.isprintable() for token in headers.values()):
            raise UnauthenticatedError(f"{self.system} has no key with such characters")
        if call.body is not None:
            headers["Content-Type"] = call.content_type
        if call.key:
            headers["Idempotency-Key"] = call.key
        return headers

    def _error(self, call: Call, answer: Answer) -> RemoteError | None:
        if 200 <= answer.status < 300:
            return None
        answered = replace(self.read_error_answer(answer.status, answer.body, answer.headers), replayed=answer.replayed)
        return remote_error_of(
            f"{self.system} answered {call.method} {redacted_url(call.path)}", answered, write=call.is_write
        )

    def _exchange(
        self, call: Call, answer: Answer | None, error: RemoteError | None, started_at: datetime, duration_ms: int
    ) -> Exchange:
        headers = answer.headers if answer else {}
        return Exchange(
            system=self.system,
            method=call.method,
            url=redacted_url(self._address(call)),
            sent=redacted_body(call.body or b"", call.content_type),
            status=answer.status if answer else None,
            answered=redacted_body(answer.body, headers.get("content-type", "")) if answer else "",
            error_code=error.code if error else "",
            started_at=started_at,
            duration_ms=duration_ms,
            request_id=storable_header(headers.get("x-requestid", "")),
            replayed=answer.replayed if answer else False,
            remote_date=storable_header(headers.get("date", "")),
        )


def _headers_of(response: httpx2.Response) -> dict[str, str]:
    return {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers.raw}
