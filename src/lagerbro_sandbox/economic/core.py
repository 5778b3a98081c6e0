"""The local e-conomic without its socket: who is asking, whether it was asked before, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from lagerbro_sandbox.economic.pages import surface as pages
from lagerbro_sandbox.economic.platform import admin, callers, outbox
from lagerbro_sandbox.economic.platform import grant_page as grants
from lagerbro_sandbox.economic.platform import granted_apps_page as granted
from lagerbro_sandbox.economic.platform.callers import Caller
from lagerbro_sandbox.economic.platform.switches import Switches
from lagerbro_sandbox.economic.platform.webhook_events import TOLD, pair
from lagerbro_sandbox.economic.services import surface as services
from lagerbro_sandbox.economic.services.problems import INVALID, ServiceError
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.store import Store
from lagerbro_sandbox.economic.surface import routes
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.older_errors import older
from lagerbro_sandbox.kernel.admin import PREFIX
from lagerbro_sandbox.kernel.carrier import Delivery
from lagerbro_sandbox.kernel.clock import Clock, MovableClock
from lagerbro_sandbox.kernel.faults import FaultPlan
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.kept_clock import KeptClock
from lagerbro_sandbox.kernel.kept_faults import KeptFaults
from lagerbro_sandbox.kernel.storage import transaction

CALL_COST: Final = 3
WINDOW_S: Final = 60


class EconomicSandbox:
    """Several agreements, one store. `public_base` replaces the listening address in every link."""

    def __init__(self, path: Path, clock: Clock, *, public_base: str | None = None) -> None:
        self.store = Store(path)
        self.clock: MovableClock = KeptClock(clock, self.store.connection)
        self.faults: FaultPlan = KeptFaults(self.store.connection)
        self.public_base = public_base
        self.switches = Switches(self.store)
        self._router = routes()
        self._used: dict[int, tuple[int, int]] = {}
        self._asked = 0

    def handle(self, request: Request) -> Response:
        """Answer completely; what was done is committed."""
        self._asked += 1
        if request.path.startswith(PREFIX):
            with transaction(self.store.connection):
                self.store.changes.clear()
                answer = admin.answer(self, request)
                self._tell_changes()
                return answer
        if request.path == grants.PATH:
            with transaction(self.store.connection):
                return grants.answer(self, request)
        if request.path == granted.PATH:
            with transaction(self.store.connection):
                return granted.answer(self, request)
        if request.path.startswith(pages.PREFIX):
            return self._paged(request)
        on_rest = not services.is_here(request)
        try:
            caller = callers.known(self.store, request, on_rest=on_rest)
        except ApiError as error:
            headers, _ = self._charge(callers.NOBODY)
            return _with(self._refused(request, self._with_demo_link(request, error, on_rest=on_rest)), headers)
        headers, full = self._charge(caller.agreement)
        if full:
            too_many = ApiError(429, "Too many requests.", "Wait as the response headers say.", "TooManyRequests")
            return _with(self._refused(request, too_many), headers)
        return _with(self._admitted(caller, request, on_rest=on_rest), headers)

    def _admitted(self, caller: Caller, request: Request, *, on_rest: bool) -> Response:
        try:
            session = self.session(caller.agreement, request.host, caller.secret)
            callers.check(session, caller, request, on_rest=on_rest)
        except ApiError as error:
            return self._refused(request, error)
        if request.method == "GET":
            answer = self._answer(caller.agreement, caller.secret, request)
            return _carrying_demo(answer, session.base) if caller.in_address else answer
        with transaction(self.store.connection):
            return self._once(caller.agreement, caller.secret, request)

    def _with_demo_link(self, request: Request, error: ApiError, *, on_rest: bool) -> ApiError:
        """economic-api 1.1: who is turned away at REST is shown the same resource of the demo agreement."""
        if not on_rest:
            return error
        link = f"{self.public_base or f'http://{request.host}'}{request.path}?demo=true"
        hint = f"{error.hint} Look at the demo agreement: {link}".strip()
        return ApiError(error.status, error.message, hint, error.code)

    def failing(self, request: Request, status: int) -> Response:
        code = "E00500"
        if services.is_here(request):
            code = "TooManyRequests" if status == 429 else "InternalError"
        return self._refused(request, ApiError(status, "The request failed.", "A fault switch is set.", code))

    def close(self) -> None:
        self.store.close()

    def _charge(self, agreement: int) -> tuple[Mapping[str, str], bool]:
        window = int(self.clock.now().timestamp()) // WINDOW_S
        since, used = self._used.get(agreement, (window, 0))
        used = CALL_COST if since != window else used + CALL_COST
        self._used[agreement] = (window, used)
        size = self.switches.bucket
        headers = {
            "X-CallCost": str(CALL_COST),
            "X-RateLimiting": f"token-limit-{size}-per-{WINDOW_S}-seconds: {min(used, size)}/{size}",
            "X-RequestId": f"{self._asked:08x}",
        }
        return headers, used > size

    def _answer(self, agreement: int, secret: str, request: Request) -> Response:
        session = self.session(agreement, request.host, secret)
        try:
            return self.routed(session, request)
        except (ApiError, ServiceError) as error:
            return self._refused(request, error)

    def routed(self, session: Session, request: Request) -> Response:
        """What the API answers; ApiError and ServiceError where it refuses."""
        if services.is_here(request):
            return services.answer(session, request)
        return self._router.answer(session, request)

    def _paged(self, request: Request) -> Response:
        """What people look at and press."""
        base = self.public_base or f"http://{request.host}"
        if request.method in ("GET", "HEAD"):
            answer = pages.answer(self, replace(request, method="GET"), base)
            return replace(answer, body=b"") if request.method == "HEAD" else answer
        with transaction(self.store.connection):
            return self._undone_if_refused(lambda: pages.answer(self, request, base))

    def _refused(self, request: Request, error: ApiError | ServiceError) -> Response:
        """In the shape of the surface that was asked."""
        if isinstance(error, ApiError) and services.is_here(request):
            error = ServiceError(error.status, error.code or INVALID, error.message)
        if isinstance(error, ServiceError):
            return error.response(f"{self._asked:016x}-CPH", self.clock.now())
        if self.switches.older_errors:
            error = older(error)
        return error.response(f"{self._asked:016x}-CPH", self.clock.now().strftime("%Y-%m-%dT%H:%M:%S"))

    def session(self, agreement: int, host: str, app: str = "") -> Session:
        company = self.store.agreement(agreement)
        return Session(self.store, self.clock, agreement, company, self.public_base or f"http://{host}", app)

    def _once(self, agreement: int, secret: str, request: Request) -> Response:
        """The idempotency cache (economic-api 4.1): an hour, by agreement, app and key; errors are kept as well."""
        key = request.headers.get("idempotency-key", "")
        if not key or not self.switches.keys_are_kept:
            return self._undoable(agreement, secret, request)
        url = f"{request.method} {request.path}?{request.query}"
        kept = self._kept(agreement, secret, key)
        if kept is not None:
            if kept[0] != url:
                other = ApiError(400, "URLChanged: the key was used for another URL.", "Use a new key.", "URLChanged")
                return self._refused(request, other)
            return kept[1]
        response = self._undoable(agreement, secret, request)
        self.store.connection.execute(
            "INSERT OR REPLACE INTO replay VALUES (?,?,?,?,?,?,?,?)",
            (
                agreement,
                secret,
                key,
                url,
                response.status,
                to_json(dict(response.headers)).decode(),
                response.body,
                self.clock.now().isoformat(),
            ),
        )
        return response

    def _undoable(self, agreement: int, secret: str, request: Request) -> Response:
        return self._undone_if_refused(lambda: self._answer(agreement, secret, request))

    def _undone_if_refused(self, act: Callable[[], Response]) -> Response:
        """A refusal leaves nothing behind."""
        connection = self.store.connection
        connection.execute("SAVEPOINT one")
        self.store.changes.clear()
        response = act()
        if response.status < 400:
            self._tell_changes()
        connection.execute("ROLLBACK TO one" if response.status >= 400 else "RELEASE one")
        return response

    def _tell_changes(self) -> None:
        """One call for each record that changed, however many times it did (economic-api 11.3)."""
        for agreement, kind, old, new in dict.fromkeys(self.store.changes):
            outbox.announce(self.store.connection, agreement, TOLD[kind], pair(old, new), self.clock.now())
        self.store.changes.clear()

    def due_deliveries(self) -> list[Delivery]:
        """Webhook calls that somebody has to carry now."""
        return outbox.due(self.store.connection, self.clock.now())

    def settle_delivery(self, delivery: int, status: int | None) -> None:
        """Tell how a delivery went; None when nobody answered."""
        with transaction(self.store.connection):
            outbox.settle(self.store.connection, delivery, status, self.clock.now())

    def _kept(self, agreement: int, secret: str, key: str) -> tuple[str, Response] | None:
        row = self.store.connection.execute(
            "SELECT * FROM replay WHERE agreement=? AND app_secret=? AND key=?", (agreement, secret, key)
        ).fetchone()
        if row is None or self.clock.now() - datetime.fromisoformat(row["at"]) > self.switches.key_life:
            return None
        headers = from_json(row["headers"])
        assert isinstance(headers, dict)
        return row["url"], Response(row["status"], {**headers, "X-ResultFromCache": "true"}, row["body"])


def _with(response: Response, headers: Mapping[str, str]) -> Response:
    return Response(response.status, {**response.headers, **headers}, response.body)


def _carrying_demo(response: Response, base: str) -> Response:
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    body = to_json(callers.carrying_demo(from_json(response.body), base))
    return Response(response.status, response.headers, body)
