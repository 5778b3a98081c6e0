"""Both sandboxes in process, filled with the demo company, and hands to act in them as a person would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import httpx2

from lagerbro.economic.client import Economic, EconomicTokens, Hosts
from lagerbro.rackbeat.client import Rackbeat, RackbeatToken
from lagerbro.wire.exchange import Exchange
from lagerbro.wire.limits import BucketLimiter, SpacedLimiter
from lagerbro.wire.transport import http_client
from lagerbro_sandbox.company import Company
from lagerbro_sandbox.economic import load as economic_load
from lagerbro_sandbox.economic.core import EconomicSandbox
from lagerbro_sandbox.kernel.http import Core, Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.storage import MEMORY, transaction
from lagerbro_sandbox.nordlys import company
from lagerbro_sandbox.rackbeat import load as rackbeat_load
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.platform import tokens
from tests.carrying import CoreTransport

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
APP_SECRET, GRANT, BEARER = "app-secret-of-the-tests", "grant-of-the-tests", "bearer-of-the-tests"
Json = dict[str, Any]


class TestClock:
    """Time that moves when it is told to, or when somebody sleeps."""

    __test__ = False

    def __init__(self) -> None:
        self._now = START
        self.sleeper: Callable[[float], None] | None = None

    def go_to(self, moment: datetime, and_then_s: float = 0) -> None:
        """Forward to the moment, if it is still to come, and some seconds on."""
        self._now = max(self._now, moment) + timedelta(seconds=and_then_s)

    def now(self) -> datetime:
        return self._now

    def catch_up(self, now: datetime) -> None:
        """Go forward to `now`, if that is forward."""
        self._now = max(self._now, now + timedelta(seconds=1))

    def monotonic_s(self) -> float:
        return (self._now - START).total_seconds()

    def sleep_s(self, seconds: float) -> None:
        if self.sleeper is not None:
            self.sleeper(seconds)
        else:
            self._now += timedelta(seconds=seconds)


@cache
def nordlys() -> Company:
    return company()


def _fill(economic: EconomicSandbox, rackbeat: RackbeatSandbox) -> None:
    facts = nordlys()
    with transaction(economic.store.connection):
        economic_load.load(economic.store, facts)
        economic_load.permit(
            economic.store, facts.agreement_number, app_secret=APP_SECRET, public_token="public", grant=GRANT
        )
    with transaction(rackbeat.store.connection):
        rackbeat_load.load(rackbeat.store, facts)
        tokens.permit(rackbeat.store, facts.rackbeat_account_id, BEARER)


@cache
def _images() -> tuple[bytes, bytes]:
    """Both stores as they are when they have been filled: a copy is made in a tenth of the time."""
    economic, rackbeat = EconomicSandbox(MEMORY, TestClock()), RackbeatSandbox(MEMORY, TestClock())
    _fill(economic, rackbeat)
    images = economic.store.connection.serialize(), rackbeat.store.connection.serialize()
    economic.close()
    rackbeat.close()
    return images


@dataclass
class Sandboxes:
    """The two systems and the wires to them."""

    clock: TestClock
    economic: EconomicSandbox
    rackbeat: RackbeatSandbox
    to_economic: CoreTransport
    to_rackbeat: CoreTransport
    economic_http: httpx2.Client
    rackbeat_http: httpx2.Client

    @classmethod
    def made(cls, folder: Path | None = None, clock: TestClock | None = None) -> Sandboxes:
        clock = clock or TestClock()
        economic = EconomicSandbox(folder / "economic.sqlite3" if folder else MEMORY, clock)
        rackbeat = RackbeatSandbox(folder / "rackbeat.sqlite3" if folder else MEMORY, clock)
        if folder:
            _fill(economic, rackbeat)
        else:
            in_economic, in_rackbeat = _images()
            economic.store.connection.deserialize(in_economic)
            rackbeat.store.connection.deserialize(in_rackbeat)
        to_economic = CoreTransport(economic, economic.faults)
        to_rackbeat = CoreTransport(rackbeat, rackbeat.faults)
        return cls(
            clock,
            economic,
            rackbeat,
            to_economic,
            to_rackbeat,
            http_client("http://economic.test", to_economic),
            http_client("http://rackbeat.test", to_rackbeat),
        )

    def close(self) -> None:
        for thing in (self.economic_http, self.rackbeat_http, self.economic, self.rackbeat):
            thing.close()

    def clients(self, observe: Callable[[Exchange], None]) -> tuple[Rackbeat, Economic]:
        clock = self.clock
        hosts = Hosts(self.economic_http, self.economic_http)
        economic = Economic(hosts, EconomicTokens(APP_SECRET, GRANT), clock, BucketLimiter(clock), observe)
        return Rackbeat(self.rackbeat_http, RackbeatToken(BEARER), clock, SpacedLimiter(clock, 1000), observe), economic

    def in_rackbeat(self, method: str, path: str, body: Json | None = None) -> Any:
        """What a person or another program does in Rackbeat; answers what stands in the envelope."""
        answer = self._act(self.rackbeat, method, f"/api/{path}", body, {"authorization": f"Bearer {BEARER}"})
        return next(iter(answer.values())) if answer else None

    def in_economic(self, method: str, path: str, body: Json | None = None) -> Json:
        tokens = {"x-appsecrettoken": APP_SECRET, "x-agreementgranttoken": GRANT}
        return self._act(self.economic, method, path, body, tokens)

    def admin(self, system: str, act: str, **body: object) -> Json:
        core: Core = self.economic if system == "economic" else self.rackbeat
        return self._act(core, "POST", f"/_sandbox/{act}", dict(body), {})

    def invoice(self, *lines: Json, customer: int = 10001, book: bool = True, **more: object) -> int:
        """A customer invoice in Rackbeat, booked unless told otherwise; answers its number."""
        body = {"customer_id": customer, "lines": list(lines or ({"item_id": "NL-100", "quantity": 1},)), **more}
        number: int = self.in_rackbeat("POST", "customer-invoices", body)["number"]
        if book:
            self.in_rackbeat("POST", f"customer-invoices/{number}/book")
        return number

    def rewrite_invoice(self, number: int, **changes: object) -> None:
        """Have Rackbeat tell something else of the invoice, that nobody could write there."""
        account = nordlys().rackbeat_account_id
        record = self.rackbeat.store.get(account, "customer-invoices", number)
        assert record is not None
        self.rackbeat.store.put(account, "customer-invoices", number, {**record, **changes})

    def make_terms_unheard_of(self, number: int = 1) -> None:
        """Have Rackbeat's payment terms be of a kind that is never made in e-conomic."""
        account = nordlys().rackbeat_account_id
        record = self.rackbeat.store.get(account, "payment-terms", number)
        assert record is not None
        self.rackbeat.store.put(account, "payment-terms", number, {**record, "type": "konsignation"})

    def entries(self) -> list[tuple[int, Decimal]]:
        """(account, amount in base currency) of everything booked since the opening, in order."""
        found = self.economic.store.entries.between(nordlys().agreement_number, "2026-01-01", "2027-12-31")
        return [(entry.account, entry.base_amount) for entry in found]

    def drafts(self) -> list[Json]:
        return self.economic.store.all(nordlys().agreement_number, "drafts")

    def booked(self) -> list[Json]:
        return self.economic.store.all(nordlys().agreement_number, "booked")

    @staticmethod
    def _act(core: Core, method: str, path: str, body: Json | None, headers: Json) -> Json:
        bare, _, query = path.partition("?")
        content = to_json(body) if body is not None else b""
        headers = {**headers, "content-type": "application/json"}
        answer = core.handle(Request(method, bare, query, headers, content, "sandbox.test"))
        decoded = from_json(answer.body or b"{}")
        assert answer.status < 400, (answer.status, decoded)
        assert isinstance(decoded, dict)
        return decoded
