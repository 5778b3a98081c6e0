"""One call: limits obeyed, deadlines kept, the exchange observed, the answer read or turned into an error.

The httpx2 client is shared by all agreements (one per host), so it holds no tokens and no cookies. Its transport is
where tests and simulations come in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final
from urllib.parse import quote, urlencode

import httpx2

from lagerbro import __version__
from lagerbro.wire.clock import Clock
from lagerbro.wire.errors import (
    Answered,
    AnswerLostError,
    RemoteError,
    UnauthenticatedError,
    UnreachableError,
    UnreadableAnswerError,
    error_of,
)
from lagerbro.wire.exchange import Exchange, shown_body, shown_header, shown_url
from lagerbro.wire.limits import Limiter

CONNECT_S: Final = 3.0
READ_S: Final = 10.0
TOTAL_S: Final = 30.0
"""No call takes longer than this and one read; a write that has taken longer is nowhere in flight."""

ANSWER_LIMIT_BYTES: Final = 32 * 1024 * 1024
USER_AGENT: Final = f"Lagerbro/{__version__} (+https://example.com/lagerbro)"
READABLE: Final = "$:,*()[]/'"
"""Left as they are in a query, so that a filter can be read where an attempt is shown."""
READ_TRIES: Final = 3
READ_RETRY_WAIT_S: Final = 0.2

Observe = Callable[[Exchange], None]
Explain = Callable[[int, bytes, Mapping[str, str]], Answered]


@dataclass(frozen=True, slots=True)
class Call:
    """A request without its tokens. `key` is the idempotency key of a write."""

    method: str
    path: str
    body: bytes | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    content_type: str = "application/json"

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


def http_client(base_url: str, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """The client of one host, to be shared: no redirects (they would carry tokens away), no retries, no cookies."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx2.Client(
        base_url=base_url,
        transport=transport or httpx2.HTTPTransport(retries=0),
        timeout=httpx2.Timeout(READ_S, connect=CONNECT_S),
        follow_redirects=False,
        cookies=no_cookies,
        headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
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
    explain: Explain

    def call(self, call: Call) -> Answer:
        """Make the call. Reads are tried again on transport faults; writes never are."""
        tries = 1 if call.is_write else READ_TRIES
        for left in range(tries - 1, -1, -1):
            self.limiter.before()
            try:
                return self._once(call)
            except UnreachableError:
                if not left:
                    raise
                self.clock.sleep_s(READ_RETRY_WAIT_S)
        raise AssertionError("unreachable")

    def _once(self, call: Call) -> Answer:
        started_at, started_s = self.clock.now(), self.clock.monotonic_s()
        answer: Answer | None = None
        error: RemoteError | None = None
        try:
            answer = self._carry(call, started_s)
            error = self._error(call, answer)
        except RemoteError as fault:
            error = fault
        duration_ms = int((self.clock.monotonic_s() - started_s) * 1000)
        self.observe(self._exchange(call, answer, error, started_at, duration_ms))
        if error is not None:
            raise error
        assert answer is not None
        return answer

    def _carry(self, call: Call, started_s: float) -> Answer:
        request = self.http.build_request(
            call.method, self._address(call), content=call.body, headers=self._headers(call)
        )
        try:
            response = self.http.send(request, stream=True)
            try:
                body = self._body(response, started_s)
            finally:
                response.close()
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as fault:
            raise UnreachableError(f"{self.system} could not be reached") from fault
        except (httpx2.TransportError, httpx2.StreamError) as fault:
            raise AnswerLostError(f"{self.system} did not answer", outcome_unknown=call.is_write) from fault
        headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers.raw}
        self.limiter.after(headers)
        return Answer(response.status_code, headers, body, headers.get("x-resultfromcache", "").lower() == "true")

    def _body(self, response: httpx2.Response, started_s: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > ANSWER_LIMIT_BYTES:
                raise UnreadableAnswerError(f"{self.system} answered more than we read", outcome_unknown=True)
            if self.clock.monotonic_s() - started_s > TOTAL_S:
                raise httpx2.ReadTimeout("the call's total deadline has passed")
            chunks.append(chunk)
        return b"".join(chunks)

    def _address(self, call: Call) -> str:
        """The whole address as text: the client library parses it once, where it would merge and parse it six times."""
        query = urlencode(call.query, safe=READABLE, quote_via=quote)
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
        answered = replace(self.explain(answer.status, answer.body, answer.headers), replayed=answer.replayed)
        return error_of(f"{self.system} answered {call.method} {shown_url(call.path)}", answered, write=call.is_write)

    def _exchange(
        self, call: Call, answer: Answer | None, error: RemoteError | None, started_at: datetime, duration_ms: int
    ) -> Exchange:
        headers = answer.headers if answer else {}
        return Exchange(
            system=self.system,
            method=call.method,
            url=shown_url(self._address(call)),
            sent=shown_body(call.body or b"", call.content_type),
            status=answer.status if answer else None,
            answered=shown_body(answer.body, headers.get("content-type", "")) if answer else "",
            error_code=error.code if error else "",
            started_at=started_at,
            duration_ms=duration_ms,
            request_id=shown_header(headers.get("x-requestid", "")),
            replayed=answer.replayed if answer else False,
            remote_date=shown_header(headers.get("date", "")),
        )
