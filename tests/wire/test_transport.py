"""One call: what is sent with it, what is told of it, and what every kind of failure means (economic-api 4 and 5)."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from lagerbro.wire.errors import (
    AnswerLostError,
    ConflictError,
    FailureKind,
    ForbiddenError,
    InvalidError,
    LimitedError,
    NotFoundError,
    RefusedError,
    RemoteError,
    ServerError,
    UnauthenticatedError,
    UnreachableError,
    UnreadableAnswerError,
)
from lagerbro.wire.limits import Bucket, SpacedLimiter, bucket_of
from lagerbro.wire.texts import is_clean
from lagerbro.wire.transport import REFUSAL_RETRY_WAIT_S, TOTAL_TIMEOUT_S, Call
from tests.sandboxes import TestClock
from tests.wire.lines import TOKENS, Played, answers

READ = Call("GET", "/things")
WRITE = Call("POST", "/things", b'{"access_token":"s3cret-body"}', key="key-1")


def fine(status: int = 200, headers: dict[str, str] | None = None) -> httpx2.Response:
    return httpx2.Response(status, headers=headers, json={"fine": True})


def test_what_goes_along() -> None:
    played = Played(answers(fine()))
    played.line.call(WRITE)
    headers = played.requests[0].headers
    assert headers["User-Agent"].startswith("Lagerbro/")
    assert headers["Idempotency-Key"] == "key-1"
    assert headers["Content-Type"] == "application/json"
    assert headers["X-AppSecretToken"] == TOKENS["X-AppSecretToken"]


@pytest.mark.parametrize(("header", "replayed"), [({"X-ResultFromCache": "true"}, True), ({}, False)])
def test_a_refusal_says_whether_it_was_remembered(header: dict[str, str], replayed: bool) -> None:
    played = Played(answers(fine(400, header)))
    with pytest.raises(InvalidError) as caught:
        played.line.call(WRITE)
    assert caught.value.replayed is replayed


def test_nothing_secret_is_observed_or_shown() -> None:
    refusal = httpx2.Response(400, json={"message": "no", "refresh_token": "s3cret-answer"})
    played = Played(answers(refusal))
    with pytest.raises(InvalidError) as caught:
        played.line.call(Call("POST", "/integration/accept/s3cret-path?token=s3cret-query", WRITE.body, key="k"))
    shown = f"{played.seen} {caught.value!r} {caught.value} {played.line!r}"
    assert "s3cret" not in shown
    assert played.seen[0].sent == '{"access_token":"…"}'


def test_no_cookies_and_no_redirects() -> None:
    away = httpx2.Response(302, headers={"Location": "http://elsewhere.test/", "Set-Cookie": "a=b"})
    played = Played(answers(away, fine()))
    with pytest.raises(UnreadableAnswerError):
        played.line.call(READ)
    played.line.call(READ)
    assert [request.url.host for request in played.requests] == ["remote.test", "remote.test"]
    assert "cookie" not in played.requests[1].headers


@pytest.mark.parametrize(
    ("status", "shape", "kind", "unknown_to_a_write"),
    [
        (400, InvalidError, FailureKind.REFUSED, False),
        (401, UnauthenticatedError, FailureKind.GONE, False),
        (403, ForbiddenError, FailureKind.CONFIG, False),
        (404, NotFoundError, FailureKind.REFUSED, False),
        (405, InvalidError, FailureKind.REFUSED, False),
        (409, ConflictError, FailureKind.TRANSIENT, False),
        (415, InvalidError, FailureKind.REFUSED, False),
        (429, LimitedError, FailureKind.LIMITED, False),
        (500, ServerError, FailureKind.TRANSIENT, True),
        (503, ServerError, FailureKind.TRANSIENT, True),
    ],
)
def test_every_status_has_its_error(
    status: int, shape: type[RemoteError], kind: FailureKind, unknown_to_a_write: bool
) -> None:
    for call, unknown in ((READ, False), (WRITE, unknown_to_a_write)):
        played = Played(answers(httpx2.Response(status, headers={"Retry-After": "7"}, content=b"not json")))
        with pytest.raises(shape) as caught:
            played.line.call(call)
        assert (type(caught.value), caught.value.kind, caught.value.outcome_unknown) == (shape, kind, unknown)
        assert (caught.value.status, caught.value.retry_after_s) == (status, 7)
        assert (played.seen[0].status, played.seen[0].error_code) == (status, caught.value.code)


@pytest.mark.parametrize(
    ("fault", "shape", "unknown"),
    [
        (httpx2.ConnectError("refused"), UnreachableError, False),
        (httpx2.ConnectTimeout("slow"), UnreachableError, False),
        (httpx2.ReadTimeout("slow"), AnswerLostError, True),
        (httpx2.RemoteProtocolError("short body"), AnswerLostError, True),
        (httpx2.WriteError("broken"), AnswerLostError, True),
    ],
)
def test_a_write_is_never_repeated_by_itself(fault: Exception, shape: type[RemoteError], unknown: bool) -> None:
    played = Played(answers(fault, fine()))
    with pytest.raises(shape) as caught:
        played.line.call(WRITE)
    assert (type(caught.value), caught.value.outcome_unknown, len(played.requests)) == (shape, unknown, 1)
    assert played.line.call(WRITE).status == 200


def test_a_read_is_tried_three_times() -> None:
    fault = httpx2.ReadTimeout("slow")
    played = Played(answers(fault, fault, fine(), fault, fault, fault))
    assert played.line.call(READ).status == 200
    with pytest.raises(AnswerLostError) as caught:
        played.line.call(READ)
    assert not caught.value.outcome_unknown
    assert len(played.seen) == 6


@pytest.mark.parametrize("status", [401, 403])
def test_a_single_no_to_a_read_is_not_believed(status: int) -> None:
    no = httpx2.Response(status)
    played = Played(answers(no, fine(), no, no, no))
    assert played.line.call(READ).status == 200
    assert played.clock.monotonic_s() == REFUSAL_RETRY_WAIT_S
    with pytest.raises(RefusedError):
        played.line.call(READ)
    assert len(played.requests) == 4
    with pytest.raises(RefusedError):
        played.line.call(WRITE)
    assert len(played.requests) == 5, "a write is never repeated by itself"


def test_a_short_pause_is_waited_for_as_told_by_a_read() -> None:
    slow = httpx2.Response(429, headers={"Retry-After": "2"})
    played = Played(answers(slow, fine(), slow, slow, slow))
    assert played.line.call(READ).status == 200
    assert played.clock.monotonic_s() == 2
    with pytest.raises(LimitedError):
        played.line.call(READ)
    assert (len(played.requests), played.clock.monotonic_s()) == (5, 6)


def test_without_a_word_it_waits_a_second_more_each_time() -> None:
    slow = httpx2.Response(429)
    played = Played(answers(slow, slow, fine()))
    assert played.line.call(READ).status == 200
    assert (len(played.requests), played.clock.monotonic_s()) == (3, 3)


@pytest.mark.parametrize("seconds", ["6", "86400", "99999999999999999999999"])
def test_a_long_pause_is_not_slept_through(seconds: str) -> None:
    played = Played(answers(httpx2.Response(429, headers={"Retry-After": seconds})))
    with pytest.raises(LimitedError) as caught:
        played.line.call(READ)
    assert (caught.value.retry_after_s, played.clock.monotonic_s()) == (min(float(seconds), 86_400), 0)


def test_the_total_deadline_ends_an_answer_that_drips() -> None:
    played = Played(lambda request: httpx2.Response(200, stream=Drip(played.clock)))
    with pytest.raises(AnswerLostError) as caught:
        played.line.call(WRITE)
    assert caught.value.outcome_unknown
    assert TOTAL_TIMEOUT_S < played.clock.monotonic_s() < TOTAL_TIMEOUT_S + 10


class Drip(httpx2.SyncByteStream):
    """A byte every nine seconds: each within the read timeout, all of them far beyond the deadline."""

    def __init__(self, clock: TestClock) -> None:
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(100):
            self._clock.sleep_s(9)
            yield b" "


def test_a_replayed_answer_is_known_as_one() -> None:
    played = Played(answers(fine(201, {"X-ResultFromCache": "true", "X-RequestId": "r1"})))
    assert played.line.call(WRITE).replayed
    assert (played.seen[0].replayed, played.seen[0].request_id) == (True, "r1")


def test_what_is_kept_of_an_answer_can_be_stored_and_shown() -> None:
    headers = [(b"X-RequestId", b"r\x1b\x85" * 99), (b"Date", b"\x9f" * 200), (b"Content-Type", b"text/plain\x85")]
    played = Played(answers(httpx2.Response(500, headers=headers, content=b"a\x00\xff\xe2\x80\xae<" * 9)))
    with pytest.raises(ServerError) as caught:
        played.line.call(Call("POST", "/things/%00", b'{"a":"\x00"}', key="k"))
    (seen,) = played.seen
    assert len(seen.request_id) == 128
    assert seen.answered == "a\ufffd\ufffd\ufffd<" * 9
    for text in (seen.url, seen.sent, seen.answered, seen.request_id, seen.remote_date, str(caught.value)):
        assert is_clean(text)


def test_the_remotes_bucket_slows_us_down_and_then_stops_us() -> None:
    header = "token-limit-10000-per-60-seconds: {}/10000"
    used = iter([100, 8500, 9900, 9900])
    played = Played(lambda request: fine(200, {"X-RateLimiting": header.format(next(used))}))
    played.line.call(READ)
    played.line.call(READ)
    assert played.clock.monotonic_s() == 0
    played.line.call(READ)
    assert 3 < played.clock.monotonic_s() < 5
    with pytest.raises(LimitedError) as caught:
        played.line.call(READ)
    assert caught.value.retry_after_s is not None
    assert len(played.requests) == 3
    played.clock.sleep_s(61)
    assert played.line.call(READ).status == 200


@pytest.mark.parametrize(
    ("header", "bucket"),
    [
        ("token-limit-10000-per-60-seconds: 147/10000", Bucket(147, 10_000)),
        ("token-limit-10-per-60-seconds: 3/0", None),
        ("", None),
        ("nonsense", None),
    ],
)
def test_the_buckets_header(header: str, bucket: Bucket | None) -> None:
    assert bucket_of(header) == bucket


def test_spaced_calls_keep_to_their_rate() -> None:
    clock = TestClock()
    limiter = SpacedLimiter(clock, 7)
    for _ in range(70):
        limiter.wait_for_turn()
    assert 8.9 < clock.monotonic_s() < 9.1  # a burst of seven, then seven a second
