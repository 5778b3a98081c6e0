"""The total deadline holds whatever part of a call is slow. Times lie far apart: a busy machine changes nothing."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import httpx2
import pytest

from lagerbro.sync.waiting import CALL_DEADLINE_MARGIN_S, CALL_DEADLINE_S, SEND_WITHIN
from lagerbro.wire.deadlines import DEADLINE_EXTENSION as TOTAL_EXTENSION
from lagerbro.wire.errors import AnswerLostError, LimitedError, UnreachableError
from lagerbro.wire.limits import LONGEST_WAIT_S
from lagerbro.wire.transport import TOTAL_TIMEOUT_S, Call
from tests.wire.hostile import HostileServer, Script, drip, hostile_server
from tests.wire.lines import Played

DEADLINE_EXTENSION = 0.6
LATE_S = 10.0
"""Without the deadline each of these would take minutes."""
READ = Call("GET", "/things")
WRITE = Call("POST", "/things", b"{}", key="k")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
FINE = HEAD + b"Content-Length: 2\r\n\r\n{}"

SLOW = {
    "a drip of headers": drip(HEAD + b"X: " + b"y" * 5_000, 0.1),
    "a drip of headers' lines": drip(HEAD + b"X: y\r\n" * 5_000, 0.05),
    "interim answers without end": drip(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1_000, 0.01),
    "a drip of a body": drip(HEAD + b"Content-Length: 5000\r\n\r\n" + b" " * 5_000, 0.05),
    "a drip of pieces": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 2_000, 0.02),
    "a drip of a piece's head": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 5_000, 0.05),
    "silence": drip(b"HT", 30),
}


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server() as made:
        yield made


@pytest.mark.parametrize("script", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
def test_no_call_outlives_its_deadline(server: HostileServer, script: Script, call: Call) -> None:
    server.script = script
    client, seen = server.client(DEADLINE_EXTENSION)
    began_s = time.monotonic()
    with pytest.raises(AnswerLostError) as caught:
        client.call(call)
    assert DEADLINE_EXTENSION - 0.1 < time.monotonic() - began_s < LATE_S
    assert caught.value.outcome_unknown == call.is_write
    assert len(seen) == 1
    server.script = lambda: [FINE]
    assert client.call(call).body == b"{}"


def test_what_is_not_taken_from_us_ends_too(server: HostileServer) -> None:
    """A server that reads nothing: the network takes some of a large body and then no more."""
    server.reads, server.script = False, SLOW["silence"]
    large = Call("POST", "/documents", b"x" * 64 * 1024 * 1024, key="k", content_type="application/pdf")
    client, _ = server.client(DEADLINE_EXTENSION)
    began_s = time.monotonic()
    with pytest.raises(AnswerLostError) as caught:
        client.call(large)
    assert time.monotonic() - began_s < LATE_S
    assert caught.value.outcome_unknown


def test_nothing_is_sent_when_finding_the_way_took_all_the_time(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.create_connection

    def slowly(*parts: object, **more: object) -> socket.socket:
        found = connect(*parts, **more)  # type: ignore[arg-type]  # whatever it is called with
        time.sleep(DEADLINE_EXTENSION + 0.2)
        return found

    monkeypatch.setattr("httpcore2._backends.sync.socket.create_connection", slowly)
    client, _ = server.client(DEADLINE_EXTENSION)
    with pytest.raises(AnswerLostError):
        client.call(WRITE)
    time.sleep(0.1)
    assert [request for request in server.requests if request.strip()] == []


def test_a_write_that_waited_for_its_turn_has_less_time_left() -> None:
    """Waits for the remote's limits count: nobody reckons with a write that was decided longer ago (H30)."""
    played = Played(lambda _request: httpx2.Response(429, headers={"Retry-After": "4"}))
    for _ in range(2):
        with pytest.raises(LimitedError):
            played.line.call(WRITE)
    assert [request.extensions[TOTAL_EXTENSION] for request in played.requests] == [
        TOTAL_TIMEOUT_S,
        TOTAL_TIMEOUT_S - 4,
    ]


def test_a_read_is_tried_again_only_while_there_is_time() -> None:
    def late(_request: httpx2.Request) -> httpx2.Response:
        played.clock.sleep_s(20)
        raise httpx2.ReadTimeout("late")

    played = Played(late)
    with pytest.raises(UnreachableError):
        played.line.call(READ)
    assert [round(request.extensions[TOTAL_EXTENSION]) for request in played.requests] == [30, 10]


def test_a_write_is_in_flight_no_longer_than_others_reckon_with() -> None:
    assert TOTAL_TIMEOUT_S == CALL_DEADLINE_S
    assert SEND_WITHIN.total_seconds() + TOTAL_TIMEOUT_S < CALL_DEADLINE_S + CALL_DEADLINE_MARGIN_S
    assert LONGEST_WAIT_S < TOTAL_TIMEOUT_S
