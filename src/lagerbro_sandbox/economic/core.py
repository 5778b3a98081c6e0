"""The local e-conomic without its socket: who is asking, whether it was asked before, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from lagerbro_sandbox.economic import admin, api
from lagerbro_sandbox.economic.pages import surface as pages
from lagerbro_sandbox.economic.platform import callers, idempotency
from lagerbro_sandbox.economic.platform import grant_page as grants
from lagerbro_sandbox.economic.platform import granted_apps_page as granted
from lagerbro_sandbox.economic.platform import market_page as market
from lagerbro_sandbox.economic.platform.callers import Caller
from lagerbro_sandbox.economic.services import surface as services
from lagerbro_sandbox.economic.services.problems import INVALID, ServiceError
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.state import EconomicState
from lagerbro_sandbox.economic.storage import outbox
from lagerbro_sandbox.economic.wire.call_cost import TokenBuckets
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.older_errors import older
from lagerbro_sandbox.economic.wire.webhook_events import EVENT_OF_KIND, pair
from lagerbro_sandbox.kernel.admin import PREFIX
from lagerbro_sandbox.kernel.clock import Clock
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.kernel.webhook_delivery import Delivery


class EconomicSandbox(EconomicState):
    """Several agreements, one store, and every door to them."""

    def __init__(self, path: Path, clock: Clock, *, public_base: str | None = None) -> None:
        super().__init__(path, clock, public_base=public_base)
        self._buckets = TokenBuckets()
        self._asked = 0

    def handle(self, request: Request) -> Response:
        """Answer completely; what was done is committed."""
        self._asked += 1
        if request.path.startswith(PREFIX):
            with transaction(self.store.connection):
                self.store.changes.clear()
                answer = admin.answer(self, request)
                self._announce_changes()
                return answer
        if request.path == grants.PATH:
            with transaction(self.store.connection):
                return grants.answer(self.store, request)
        if request.path == granted.PATH:
            with transaction(self.store.connection):
                return granted.answer(self.store, request, self.base(request.host))
        if request.path == market.PATH:
            return market.answer(self.market_address)
        if request.path.startswith(pages.PREFIX):
            return self._paged(request)
        on_rest = not services.is_here(request)
        try:
            caller = callers.caller_of(self.store, request, on_rest=on_rest)
        except ApiError as error:
            headers, _ = self._charge(callers.NOBODY)
            return _with(self._refused(request, self._with_demo_link(request, error, on_rest=on_rest)), headers)
        headers, full = self._charge(caller.agreement)
        if full:
            too_many = ApiError(429, "Too many requests.", "Wait as the response headers say.", "TooManyRequests")
            return _with(self._refused(request, too_many), headers)
        return _with(self._admitted(caller, request, on_rest=on_rest), headers)

    def failing(self, request: Request, status: int) -> Response:
        code = "E00500"
        if services.is_here(request):
            code = "TooManyRequests" if status == 429 else "InternalError"
        return self._refused(request, ApiError(status, "The request failed.", "A fault switch is set.", code))

    def due_deliveries(self) -> list[Delivery]:
        """Webhook calls that are due now."""
        return outbox.due(self.store.connection, self.clock.now())

    def settle_delivery(self, delivery: int, status: int | None) -> None:
        """Tell how a delivery went; None when nobody answered."""
        with transaction(self.store.connection):
            outbox.settle(self.store.connection, delivery, status, self.clock.now())

    def _charge(self, agreement: int) -> tuple[Mapping[str, str], bool]:
        headers, full = self._buckets.charge(agreement, self.switches.bucket, self.clock.now())
        return {**headers, "X-RequestId": f"{self._asked:08x}"}, full

    def _admitted(self, caller: Caller, request: Request, *, on_rest: bool) -> Response:
        try:
            session = self.session(caller.agreement, request.host, caller.secret)
            callers.check(session, caller, request, on_rest=on_rest)
        except ApiError as error:
            return self._refused(request, error)
        if request.method == "GET":
            answer = self._answer(session, request)
            return _carrying_demo(answer, session.base) if caller.in_address else answer
        with transaction(self.store.connection):
            return self._once(session, request)

    def _once(self, session: Session, request: Request) -> Response:
        """Not again where the same call was answered before."""
        key = idempotency.key_of(session.agreement, session.app, request) if self.switches.keys_are_kept else None
        if key is None:
            return self._undoable(session, request)
        connection, now = self.store.connection, self.clock.now()
        try:
            before = idempotency.earlier(connection, key, now, self.switches.key_life)
        except ApiError as error:
            return self._refused(request, error)
        if before is not None:
            return before
        response = self._undoable(session, request)
        idempotency.store_answer(connection, key, response, self.clock.now())
        return response

    def _undoable(self, session: Session, request: Request) -> Response:
        return self._undone_if_refused(lambda: self._answer(session, request))

    def _answer(self, session: Session, request: Request) -> Response:
        try:
            return api.answer(session, request)
        except (ApiError, ServiceError) as error:
            return self._refused(request, error)

    def _paged(self, request: Request) -> Response:
        """What people look at and press."""
        base = self.base(request.host)
        if request.method in ("GET", "HEAD"):
            answer = pages.answer(self, replace(request, method="GET"), base)
            return replace(answer, body=b"") if request.method == "HEAD" else answer
        with transaction(self.store.connection):
            return self._undone_if_refused(lambda: pages.answer(self, request, base))

    def _undone_if_refused(self, act: Callable[[], Response]) -> Response:
        """A refusal leaves nothing behind."""
        connection = self.store.connection
        # a savepoint within the transaction: the remembered answer of a refusal is kept, what it wrote is not
        connection.execute("SAVEPOINT one")
        self.store.changes.clear()
        response = act()
        if response.status < 400:
            self._announce_changes()
        connection.execute("ROLLBACK TO one" if response.status >= 400 else "RELEASE one")
        return response

    def _announce_changes(self) -> None:
        """One call for each record that changed, however many times it did (economic-api 11.3)."""
        for change in dict.fromkeys(self.store.changes):
            event, values = EVENT_OF_KIND[change.kind], pair(change.old_key, change.new_key)
            outbox.announce(self.store.connection, change.agreement, event, values, self.clock.now())
        self.store.changes.clear()

    def _with_demo_link(self, request: Request, error: ApiError, *, on_rest: bool) -> ApiError:
        """economic-api 1.1: who is turned away at REST is shown the same resource of the demo agreement."""
        if not on_rest:
            return error
        link = f"{self.base(request.host)}{request.path}?demo=true"
        hint = f"{error.hint} Look at the demo agreement: {link}".strip()
        return ApiError(error.status, error.message, hint, error.code)

    def _refused(self, request: Request, error: ApiError | ServiceError) -> Response:
        """In the shape of the surface that was asked."""
        if isinstance(error, ApiError) and services.is_here(request):
            error = ServiceError(error.status, error.code or INVALID, error.message)
        if isinstance(error, ServiceError):
            return error.response(f"{self._asked:016x}-CPH", self.clock.now())
        if self.switches.has_older_errors:
            error = older(error)
        return error.response(f"{self._asked:016x}-CPH", self.clock.now().strftime("%Y-%m-%dT%H:%M:%S"))


def _with(response: Response, headers: Mapping[str, str]) -> Response:
    return Response(response.status, {**response.headers, **headers}, response.body)


def _carrying_demo(response: Response, base: str) -> Response:
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    body = to_json(callers.carrying_demo(from_json(response.body), base))
    return Response(response.status, response.headers, body)
