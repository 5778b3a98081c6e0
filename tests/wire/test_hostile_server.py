"""Whatever a server answers, the call ends with an answer or with an error of ours, and is observed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.economic.client import Economic, EconomicTokens, Hosts
from lagerbro.economic.surfaces import ForeignAddressError, Rest
from lagerbro.economic.types import Product
from lagerbro.rackbeat.client import Rackbeat, RackbeatToken
from lagerbro.wire.errors import (
    AnswerLostError,
    LimitedError,
    RemoteError,
    UnauthenticatedError,
    UnreadableAnswerError,
)
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BUCKET_WINDOW_S, RETRY_AFTER_MAX_S, BucketLimiter, SpacedLimiter, bucket_of
from lagerbro.wire.texts import is_clean
from lagerbro.wire.transport import Call, http_client
from tests.sandboxes import TestClock
from tests.wire.hostile import HostileServer, hostile_server
from tests.wire.lines import Played

READ, WRITE = Call("GET", "/things"), Call("POST", "/things", b"{}", key="k")
FAST = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with hostile_server() as made:
        yield made


STATUS_LINES = st.one_of(
    st.sampled_from([200, 201, 204, 206, 302, 304, 400, 401, 404, 429, 500, 599]).map(
        lambda status: b"HTTP/1.1 %d OK\r\n" % status
    ),
    st.sampled_from([b"HTTP/1.1 999\r\n", b"HTTP/1.0 200 OK\r\n", b"HTTP/9.9 200 OK\r\n", b"ICY 200 OK\r\n", b"\r\n"]),
    st.sampled_from(
        [b"HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\n", b"HTTP/1.1 101 S\r\nUpgrade: x\r\n", b"HTTP/1.1 20x\r\n"]
    ),
    st.binary(max_size=30),
)
ODD_VALUES = st.one_of(
    st.sampled_from([b"", b"-1", b"9" * 5000, b"\xb2", b"\xff", b"Wed, 25 Nov 2026 07:28:00 GMT", b"1e9", b"0"]),
    st.sampled_from([b"http://[", b"http://x:99999/", b"//elsewhere/", b"\\", b"gzip", b"br, gzip", b"chunked"]),
    st.sampled_from(
        [b"limit-1-per-1-seconds: 9/1", b"limit-9-per-9-seconds: " + b"9" * 5000 + b"/1", b"a=b; Max-Age=x"]
    ),
    st.binary(max_size=20).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"")),
)
NAMES = st.sampled_from(
    [
        "Retry-After",
        "X-RateLimiting",
        "X-RateLimit-Remaining",
        "Content-Length",
        "Content-Encoding",
        "Content-Type",
        "Transfer-Encoding",
        "Location",
        "Set-Cookie",
        "X-RequestId",
        "Date",
        "X-ResultFromCache",
        "Connection",
        "X",
    ]
).map(str.encode)
LINES = st.builds(lambda name, value: b"%b: %b\r\n" % (name, value), NAMES, ODD_VALUES)
HEADERS = st.lists(LINES, max_size=5).map(b"".join)
PACKED = gzip.compress(b"{}")
BODIES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"{}", b"[]", b"null", b"[" * 5000, b'{"message":' + b"[" * 900 + b"]" * 900 + b"}", b"9" * 9000]),
    st.sampled_from([PACKED, PACKED[:-3], b"2\r\n{}\r\n0\r\n\r\n", b"fffffffff\r\n", b"-1\r\n"]),
)


@FAST
@given(line=STATUS_LINES, headers=HEADERS, body=BODIES)
def test_any_bytes_end_in_an_answer_or_an_error_of_ours(
    server: HostileServer, line: bytes, headers: bytes, body: bytes
) -> None:
    server.script = lambda: [line + headers + b"\r\n" + body]
    client, seen = server.client(total_s=2.0)
    check(client.call, WRITE, seen)


def check(make: Callable[[Call], object], call: Call, seen: list[Exchange]) -> None:
    error = raised(lambda: make(call))
    assert error is None or error.retry_after_s is None or 0 <= error.retry_after_s <= RETRY_AFTER_MAX_S
    assert error is None or is_clean(str(error))
    assert seen
    for exchange in seen:
        assert all(map(is_clean, (exchange.url, exchange.answered, exchange.request_id, exchange.remote_date)))


def raised(make: Callable[[], object]) -> RemoteError | None:
    """The error of ours that it ended in, if it did; any other goes through."""
    try:
        make()
    except RemoteError as error:
        return error
    return None


class Failing(httpx2.SyncByteStream):
    def __init__(self, fault: Exception | None, pieces: list[bytes]) -> None:
        self._fault, self._pieces = fault, pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        if self._fault is not None:
            raise self._fault


FAULTS = st.sampled_from(
    [
        httpx2.ConnectError("x"),
        httpx2.ConnectTimeout("x"),
        httpx2.PoolTimeout("x"),
        httpx2.ReadTimeout("x"),
        httpx2.ReadError("x"),
        httpx2.WriteError("x"),
        httpx2.CloseError("x"),
        httpx2.LocalProtocolError("x"),
        httpx2.RemoteProtocolError("x"),
        httpx2.DecodingError("x"),
        httpx2.TooManyRedirects("x"),
        httpx2.UnsupportedProtocol("x"),
        httpx2.ProxyError("x"),
        httpx2.StreamClosed(),
    ]
)


@FAST
@given(
    status=st.integers(100, 999),
    headers=st.lists(st.tuples(NAMES, ODD_VALUES), max_size=5),
    pieces=st.lists(BODIES, max_size=3),
    fault=st.none() | FAULTS,
    begins=st.booleans(),
    call=st.sampled_from([READ, WRITE]),
)
def test_any_answer_of_a_transport_ends_in_an_answer_or_an_error_of_ours(
    status: int,
    headers: list[tuple[bytes, bytes]],
    pieces: list[bytes],
    fault: Exception | None,
    begins: bool,
    call: Call,
) -> None:
    def remote(_request: httpx2.Request) -> httpx2.Response:
        if fault is not None and not begins:
            raise fault
        return httpx2.Response(status, headers=headers, stream=Failing(fault, pieces))

    played = Played(remote)
    check(played.line.call, call, played.seen)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("-5", None),
        ("soon", None),
        ("²", None),
        ("٣", None),
        ("1.5", None),
        ("", None),
        ("Wed, 25 Nov 2026 07:28:00 GMT", None),
        (" 7 ", 7),
        ("9" * 5000, RETRY_AFTER_MAX_S),
    ],
)
def test_an_odd_order_to_wait_is_none(told: str, expected: float | None) -> None:
    headers = [(b"Retry-After", told.encode("utf-8"))]
    played = Played(lambda _request: httpx2.Response(429, headers=headers, content=b"{}"))
    with pytest.raises(LimitedError) as caught:
        played.line.call(WRITE)
    assert caught.value.retry_after_s == expected


def test_a_moment_to_wait_for_is_read_where_the_answer_says_what_time_it_is() -> None:
    headers = {"Retry-After": "Wed, 25 Nov 2026 07:28:00 GMT", "Date": "Wed, 25 Nov 2026 07:27:15 GMT"}
    played = Played(lambda _request: httpx2.Response(429, headers=headers, content=b"{}"))
    with pytest.raises(LimitedError) as caught:
        played.line.call(WRITE)
    assert caught.value.retry_after_s == 45


@pytest.mark.parametrize(
    "told", ["limit-1-per-1-seconds: " + "9" * 12 + "/1", "token-limit-10-per-60-seconds: 99999/10"]
)
def test_a_bucket_that_runs_over_holds_for_one_window(told: str) -> None:
    bucket = bucket_of(told)
    assert bucket is not None
    assert bucket.wait_s() == BUCKET_WINDOW_S


@pytest.mark.parametrize("used", ["9" * 5000 + "/1", "٣/٣", "1/" + "1" * 13, "-1/5", "1/0", "1"])
def test_a_bucket_that_is_none(used: str) -> None:
    assert bucket_of(f"token-limit-10-per-60-seconds: {used}") is None


@pytest.mark.parametrize("token", ["nøgle", "a\r\nX-Admin: 1", "a\0b", "\ufffd", "💥"])
def test_a_key_that_can_be_none_is_not_sent(token: str) -> None:
    played = Played(lambda _request: httpx2.Response(200, json={}), {"Authorization": token})
    for call in (READ, WRITE):
        with pytest.raises(UnauthenticatedError):
            played.line.call(call)
    assert played.requests == []


LINKS = [
    "http://[",
    "http://elsewhere.test/products",
    "//elsewhere.test/products",
    "https://remote.test/products",
    "http://remote.test:81/products",
    "http://remote.test:x/products",
    "http://remote.test\\@elsewhere.test/",
    "ftp://remote.test/",
    "javascript:alert(1)",
    "/products?skippages=1",
    "products",
    "http://remote.test/\u202e",
    "http://remote.test/?" + "a=1&" * 5000,
    "\0",
]


@pytest.mark.parametrize("link", LINKS, ids=range(len(LINKS)))
def test_a_next_page_that_is_elsewhere_or_nowhere_is_never_asked(link: str) -> None:
    body = {"collection": [{"productNumber": "1"}], "pagination": {"nextPage": link}}
    played = Played(lambda _request: httpx2.Response(200, json=body))
    with pytest.raises(ForeignAddressError):
        list(Rest(played.line).all("/products", Product))
    assert len(played.requests) == 1


def test_a_next_page_that_names_the_port_it_need_not_name_is_ours() -> None:
    link = "http://user@remote.test:80/products?skippages=1"
    pages = iter([{"nextPage": link}, {}])
    body = {"collection": [{"productNumber": "1"}]}
    played = Played(lambda _request: httpx2.Response(200, json={**body, "pagination": next(pages)}))
    assert len(list(Rest(played.line).all("/products", Product))) == 2
    assert str(played.requests[1].url) == "http://remote.test/products?skippages=1"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ENVELOPES = JSON | st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("collection", "pagination", "items", "cursor", "customer_invoice", "pages", "errors", "message", "nextPage"),
        JSON,
    ),
)


@FAST
@given(body=ENVELOPES, status=st.sampled_from([200, 206, 400, 422, 500]))
def test_no_json_makes_either_client_raise_anything_else(body: Any, status: int) -> None:
    content = json.dumps(body).encode()
    clock = TestClock()
    http = http_client(
        "http://remote.test", httpx2.MockTransport(lambda _request: httpx2.Response(status, content=content))
    )
    rackbeat = Rackbeat(http, RackbeatToken("t"), clock, SpacedLimiter(clock, 1000), lambda _seen: None)
    economic = Economic(Hosts(http, http), EconomicTokens("a", "g"), clock, BucketLimiter(clock), lambda _seen: None)
    for make in (
        rackbeat.myself,
        lambda: rackbeat.customer_invoice(1),
        lambda: rackbeat.customer("1"),
        lambda: rackbeat.product("1"),
        rackbeat.base_currency,
        rackbeat.last_invoice_number,
        lambda: rackbeat.products_like("x", 5),
        lambda: list(rackbeat.product_groups()),
        lambda: list(rackbeat.changed("products", "2026-01-01")),
        lambda: rackbeat.records.raw("customers", 1),
        lambda: rackbeat.notes.on("customer-invoices", 1),
        lambda: rackbeat.create_webhook("product.created", "https://x"),
        economic.registers.myself,
        lambda: economic.registers.customers.raw(1),
        lambda: economic.registers.product("1"),
        lambda: list(economic.small_registers.units()),
        lambda: list(economic.registers.accounts()),
        lambda: economic.invoices.draft(1),
        lambda: economic.invoices.marked("drafts", "RB-1"),
        economic.invoices.last_booked_number,
        lambda: economic.vouchers.drafted(1, "RB-1"),
        lambda: economic.vouchers.booked("2026", "RB-1"),
        lambda: list(economic.services.journals()),
        economic.services.account_count,
        economic.webhooks.all,
        economic.webhooks.offered,
    ):
        error = raised(make)
        assert error is None or is_clean(error.what)


def test_an_answer_that_broke_off_is_lost(server: HostileServer) -> None:
    server.script = lambda: [b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{}"]
    client, _ = server.client()
    with pytest.raises(AnswerLostError) as caught:
        client.call(WRITE)
    assert caught.value.outcome_unknown
    server.script = lambda: [b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Encoding: br\r\n\r\n{}"]
    with pytest.raises(UnreadableAnswerError):
        client.call(WRITE)
    server.script = lambda: [b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"]
    assert client.call(WRITE).status == 201
