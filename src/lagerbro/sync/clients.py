"""The lines to both systems: one shared client per host, one limiter per agreement and system.

Drains, pages and checks share them, so that whoever calls is counted in the same budget.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Final

import httpx2
from django.conf import settings

from lagerbro.agreements.credentials import credentials
from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.client import Economic, EconomicTokens, Hosts
from lagerbro.rackbeat.client import CALLS_AT_ONCE, CALLS_PER_SECOND, Rackbeat, RackbeatToken
from lagerbro.rackbeat.handshake import Handshake
from lagerbro.sync.runtime import Clients, RunAll, run_sequentially
from lagerbro.wire.clock import Clock, SystemClock
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BucketLimiter, SpacedLimiter
from lagerbro.wire.transport import http_client

Observe = Callable[[Exchange], None]
LimiterPair = tuple[SpacedLimiter, BucketLimiter]
HANDS = 4
UNBOUND_MAX: Final = 256
"""Pairs of tokens without an agreement that are remembered: installations under way, and what strangers try."""
HANDSHAKE_WAIT_MAX_S: Final = 2.0


def run_in_threads(jobs: Sequence[Callable[[], None]]) -> None:
    """Several calls at once, for a page that somebody waits for. The jobs touch no database."""
    with ThreadPoolExecutor(HANDS, thread_name_prefix="page") as pool:
        inherited = [partial(copy_context().run, job) for job in jobs]  # each is a part of the page (`wire.page_time`)
        list(pool.map(_call_in_thread, inherited))  # waits for all of them and raises the first fault


def _call_in_thread(job: Callable[[], None]) -> None:
    job()


@dataclass
class ClientFactory:
    """Makes the clients of an agreement. Safe to share between threads."""

    clock: Clock
    rackbeat_http: httpx2.Client
    economic_hosts: Hosts
    run_all: RunAll = run_sequentially
    """How a page makes several calls at once."""
    _limiters: dict[int, LimiterPair] = field(default_factory=dict)
    _unbound: OrderedDict[bytes, LimiterPair] = field(default_factory=OrderedDict)
    _handshake: SpacedLimiter | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def from_settings(cls, clock: Clock) -> ClientFactory:
        """To the addresses that the operator named."""
        rest = http_client(settings.LAGERBRO_ECONOMIC_REST_URL)
        api = http_client(settings.LAGERBRO_ECONOMIC_API_URL)
        return cls(clock, http_client(settings.LAGERBRO_RACKBEAT_URL), Hosts(rest, api), run_in_threads)

    def close(self) -> None:
        """Give the connections back; for whoever made lines of their own."""
        for http in (self.rackbeat_http, self.economic_hosts.rest, self.economic_hosts.api):
            http.close()

    def connect(self, agreement: Agreement, observe: Observe) -> Clients:
        """The clients with the agreement's own tokens; raises `Credentials.DoesNotExist` where none can be read."""
        with agreement_scope(agreement.pk):
            keys = credentials()
        return self.open(agreement.pk, keys.rackbeat_token.reveal(), keys.economic_grant_token.reveal(), observe)

    def handshake(self) -> Handshake:
        """Installing, before there is a token of anybody's: one limiter for all, which obeys no long order to wait, or
        one stranger's request would keep everybody from installing."""
        with self._lock:
            if self._handshake is None:
                self._handshake = SpacedLimiter(self.clock, CALLS_PER_SECOND, HANDSHAKE_WAIT_MAX_S, burst=CALLS_AT_ONCE)
        return Handshake(self.rackbeat_http, self.clock, self._handshake)

    def open_unbound(self, bearer: str, grant: str, observe: Observe) -> Clients:
        """The clients with tokens that belong to no agreement yet: what the two systems say to them is theirs alone."""
        name = sha256(f"{bearer}\0{grant}".encode()).digest()
        with self._lock:
            pair = self._unbound.pop(name, None) or self._limiter_pair()
            self._unbound[name] = pair  # as the latest
            while len(self._unbound) > UNBOUND_MAX:
                self._unbound.popitem(last=False)
        return self._clients(bearer, grant, observe, pair)

    def open(self, limited_by: int, bearer: str, grant: str, observe: Observe) -> Clients:
        """The clients with these tokens; `limited_by` says whose calls are counted together."""
        with self._lock:
            pair = self._limiters.get(limited_by) or self._limiter_pair()
            self._limiters[limited_by] = pair
        return self._clients(bearer, grant, observe, pair)

    def _limiter_pair(self) -> LimiterPair:
        return SpacedLimiter(self.clock, CALLS_PER_SECOND, burst=CALLS_AT_ONCE), BucketLimiter(self.clock)

    def _clients(self, bearer: str, grant: str, observe: Observe, pair: LimiterPair) -> Clients:
        tokens = EconomicTokens(settings.LAGERBRO_ECONOMIC_APP_SECRET, grant)
        return Clients(
            Rackbeat(self.rackbeat_http, RackbeatToken(bearer), self.clock, pair[0], observe),
            Economic(self.economic_hosts, tokens, self.clock, pair[1], observe),
        )


_present: ClientFactory | None = None
_making = threading.Lock()


def client_factory() -> ClientFactory:
    """This process's clients, made when first needed. A page opens an agreement with `client_factory().connect(…)`."""
    global _present  # noqa: PLW0603 - one per process, as the limits are
    with _making:
        if _present is None:
            _present = ClientFactory.from_settings(SystemClock())
        return _present


def set_client_factory(factory: ClientFactory | None) -> None:
    """Hand in other lines, as a test does; None has them made anew when next needed."""
    global _present  # noqa: PLW0603 - see above
    with _making:
        _present = factory


def unobserved(_exchange: Exchange) -> None:
    """Observes nothing: for calls that belong to no transfer."""
