"""The handshake of an installation: a request token is exchanged for a bearer, or given back (rackbeat-api 2.2)."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

import httpx2
import msgspec

from lagerbro.rackbeat.error_answers import error_answer_of
from lagerbro.wire.clock import Clock
from lagerbro.wire.errors import unreadable_answer
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import Limiter
from lagerbro.wire.numbers import UnreadableError, decode
from lagerbro.wire.transport import ApiClient, Call, Observe

SYSTEM: Final = "Rackbeat"
REDIRECT_CHARS_MAX: Final = 2000


class Accepted(msgspec.Struct):
    """`redirect_to` is where the person goes on in Rackbeat, if Rackbeat says."""

    access_token: Annotated[str, msgspec.Meta(pattern=r"[!-~]+")]
    app_slug: Annotated[str, msgspec.Meta(max_length=64)] = ""
    redirect_to: str | None = None

    @property
    def redirect_url(self) -> str:
        """Where the person goes on; one that is too long to be kept is none."""
        address = self.redirect_to or ""
        return address if len(address) <= REDIRECT_CHARS_MAX else ""


class Handshake:
    """Both calls are made without a token of ours: the request token in their path is the secret."""

    def __init__(self, http: httpx2.Client, clock: Clock, limiter: Limiter, observe: Observe | None = None) -> None:
        self._client = ApiClient(SYSTEM, http, {}, clock, limiter, observe or _unseen, error_answer_of)

    def accept(self, request_token: str) -> Accepted:
        """A second call for the same token is a `NotFoundError`."""
        answer = self._client.call(Call("POST", f"/integration/accept/{quote(request_token, safe='')}", b"{}"))
        try:
            return decode(answer.body, Accepted)
        except UnreadableError as fault:
            raise unreadable_answer(SYSTEM, fault, wrote=True) from fault

    def cancel(self, request_token: str) -> None:
        self._client.call(Call("POST", f"/integration/cancel/{quote(request_token, safe='')}", b"{}"))


def _unseen(_exchange: Exchange) -> None:
    """Nobody keeps these calls: there is no agreement yet."""
