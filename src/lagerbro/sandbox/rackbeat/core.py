"""The local Rackbeat without its socket: who is asking, and the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from lagerbro.sandbox.kernel.admin import PREFIX
from lagerbro.sandbox.kernel.clock import Clock, MovableClock
from lagerbro.sandbox.kernel.faults import FaultPlan
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import from_json, to_json
from lagerbro.sandbox.kernel.records import Record, record
from lagerbro.sandbox.kernel.storage import transaction
from lagerbro.sandbox.rackbeat import admin, apps, webhooks
from lagerbro.sandbox.rackbeat.choices import REQUESTS_PER_MINUTE, THROTTLED, UNAUTHENTICATED
from lagerbro.sandbox.rackbeat.faulty import ApiError, not_found
from lagerbro.sandbox.rackbeat.pages import surface
from lagerbro.sandbox.rackbeat.session import Session
from lagerbro.sandbox.rackbeat.store import Store
from lagerbro.sandbox.rackbeat.surface import routes
from lagerbro.sandbox.rackbeat.webhooks import Delivery

INTEGRATION: Final = "/integration/"
JSON: Final = {"Content-Type": "application/json"}


class RackbeatSandbox:
    """Several accounts, one store. `public_base` replaces the listening address in every link."""

    def __init__(self, path: Path, clock: Clock, *, public_base: str | None = None) -> None:
        self.store = Store(path)
        self.clock = MovableClock(clock)
        self.faults = FaultPlan()
        self.public_base = public_base
        self.per_minute = REQUESTS_PER_MINUTE
        self._router = routes()
        self._used: dict[str, tuple[int, int]] = {}

    def handle(self, request: Request) -> Response:
        """Answer completely; what was done is committed, what was refused left nothing behind."""
        if request.method == "GET":
            return self._answered(request)
        connection = self.store.connection
        with transaction(connection):
            connection.execute("SAVEPOINT one")
            response = self._answered(request)
            connection.execute("ROLLBACK TO one" if response.status >= 400 else "RELEASE one")
            return response

    def failing(self, request: Request, status: int) -> Response:  # noqa: ARG002 - all of Rackbeat fails alike
        return ApiError(status, THROTTLED if status == 429 else "Server Error").response()

    def close(self) -> None:
        self.store.close()

    def due_deliveries(self) -> list[Delivery]:
        """Webhook calls that somebody has to carry now."""
        return webhooks.due(self.store, self.clock.now())

    def settle_delivery(self, delivery: int, status: int | None) -> None:
        """Tell how a delivery went; None when nobody answered."""
        with transaction(self.store.connection):
            webhooks.settle(self.store, delivery, status, self.clock.now())

    def _answered(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except ApiError as error:
            return error.response()

    def _answer(self, request: Request) -> Response:
        base = self.public_base or f"http://{request.host}"
        if request.path.startswith(PREFIX):
            return admin.answer(self, request)
        if request.path.startswith(surface.PREFIX):
            return surface.answer(self, request, base)
        if request.path.startswith(INTEGRATION):
            return self._integration(request, base)
        session = self._session(request, base)
        headers = self._charge(session.token)
        body = _body(request)
        if _asks_for_silence(request, body):
            session = replace(session, quiet=True)
        response = self._router.answer(session, request, body)
        return Response(response.status, {**response.headers, **headers}, response.body)

    def _integration(self, request: Request, base: str) -> Response:
        verb, _, token = request.path.removeprefix(INTEGRATION).partition("/")
        if request.method != "POST" or verb not in ("accept", "cancel"):
            raise not_found()
        now = self.clock.now()
        content = apps.accept(self.store, token, now, base) if verb == "accept" else apps.cancel(self.store, token, now)
        return Response(200, JSON, to_json(content))

    def _session(self, request: Request, base: str) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        row = self.store.connection.execute("SELECT * FROM bearer WHERE token=?", (token,)).fetchone()
        if scheme.lower() != "bearer" or row is None:
            raise ApiError(401, UNAUTHENTICATED)
        account = self.store.connection.execute("SELECT body FROM account WHERE id=?", (row["account"],)).fetchone()
        return Session(self.store, self.clock, row["account"], row["app"], token, record(account["body"]), base)

    def _charge(self, token: str) -> dict[str, str]:
        minute = int(self.clock.now().timestamp()) // 60
        since, used = self._used.get(token, (minute, 0))
        used = 1 if since != minute else used + 1
        self._used[token] = (minute, used)
        if used > self.per_minute:
            raise ApiError(429, THROTTLED)
        return {"X-RateLimit-Limit": str(self.per_minute), "X-RateLimit-Remaining": str(self.per_minute - used)}


def _asks_for_silence(request: Request, body: Record) -> bool:
    if request.method == "GET":
        return False
    asked = dict(request.parameters()).get("suppress_webhooks", body.get("suppress_webhooks"))
    return str(asked).lower() in ("1", "true")


def _body(request: Request) -> Record:
    if not request.body:
        return {}
    try:
        content = from_json(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, ArithmeticError) as error:
        raise ApiError(400, "The body is not JSON.") from error
    if not isinstance(content, dict):
        raise ApiError(400, "The body must be an object.")
    return content
