"""A line to a remote that a test plays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx2

from lagerbro.economic.error_answers import error_answer_of
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BucketLimiter
from lagerbro.wire.transport import ApiClient, http_client
from tests.sandboxes import TestClock

TOKENS = {"X-AppSecretToken": "s3cret-app", "X-AgreementGrantToken": "s3cret-grant"}
Remote = Callable[[httpx2.Request], httpx2.Response]


class Played:
    """A line, the clock behind it, and what was observed."""

    def __init__(self, remote: Remote, tokens: Mapping[str, str] = TOKENS) -> None:
        self.clock = TestClock()
        self.seen: list[Exchange] = []
        self.requests: list[httpx2.Request] = []
        self._remote = remote
        http = http_client("http://remote.test", httpx2.MockTransport(self._play))
        self.line = ApiClient(
            "e-conomic", http, tokens, self.clock, BucketLimiter(self.clock), self.seen.append, error_answer_of
        )

    def _play(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return self._remote(request)


def answers(*responses: httpx2.Response | Exception) -> Remote:
    """A remote that answers these, one after the other."""
    rest = list(responses)

    def remote(_request: httpx2.Request) -> httpx2.Response:
        response = rest.pop(0)
        if isinstance(response, Exception):
            raise response
        return response

    return remote
