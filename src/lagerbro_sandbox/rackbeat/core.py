"""The local Rackbeat without its socket: who is asking, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from lagerbro_sandbox.kernel.admin import PREFIX
from lagerbro_sandbox.kernel.clock import Clock
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.kernel.pages import redirect
from lagerbro_sandbox.kernel.records import Record, record
from lagerbro_sandbox.kernel.storage import transaction
from lagerbro_sandbox.kernel.webhook_delivery import Delivery
from lagerbro_sandbox.rackbeat import admin
from lagerbro_sandbox.rackbeat.choices import THROTTLED, UNAUTHENTICATED
from lagerbro_sandbox.rackbeat.pages import surface
from lagerbro_sandbox.rackbeat.platform import accounts, apps
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.state import RackbeatState
from lagerbro_sandbox.rackbeat.storage import outbox
from lagerbro_sandbox.rackbeat.surface import routes
from lagerbro_sandbox.rackbeat.wire.errors import ApiError, not_found
from lagerbro_sandbox.rackbeat.wire.field_selection import pruned
from lagerbro_sandbox.rackbeat.wire.limits import RETRY_AFTER

INTEGRATION: Final = "/integration/"
STAFF: Final = "/_apps/"
"""P (2.2): where a program presses *Installér* for an account."""
Door = Callable[[Request, str], Response]
"""What answers without a token: the request and the address that links begin with."""
JSON: Final = {"Content-Type": "application/json"}


class RackbeatSandbox(RackbeatState):
    """Several accounts, one store, and every door to them."""

    def __init__(self, path: Path, clock: Clock, *, public_base: str | None = None) -> None:
        super().__init__(path, clock, public_base=public_base)
        self._doors: tuple[tuple[Callable[[str], bool], Door], ...] = (
            (lambda path: path.startswith(PREFIX), lambda request, _base: admin.answer(self, request)),
            (surface.takes, lambda request, base: surface.answer(self, request, base)),
            (lambda path: path.startswith(INTEGRATION), self._integration),
            (lambda path: path.startswith(STAFF), self._staff),
        )

    def handle(self, request: Request) -> Response:
        """Answer completely; what was done is committed, what was refused left nothing behind."""
        if request.method == "HEAD":
            return replace(self.handle(replace(request, method="GET")), body=b"")
        # Staff's door installs on a GET, since a browser follows it like a link: it writes all the same.
        if request.method == "GET" and not request.path.startswith(STAFF):
            return self._answer_or_refusal(request)
        connection = self.store.connection
        with transaction(connection):
            connection.execute("SAVEPOINT one")
            response = self._answer_or_refusal(request)
            connection.execute("ROLLBACK TO one" if response.status >= 400 else "RELEASE one")
            return response

    def failing(self, request: Request, status: int) -> Response:  # noqa: ARG002 - all of Rackbeat fails alike
        return ApiError(status, THROTTLED if status == 429 else "Server Error").response()

    def due_deliveries(self) -> list[Delivery]:
        """Webhook calls that are due now."""
        return outbox.due(self.store.connection, self.clock.now())

    def settle_delivery(self, delivery: int, status: int | None) -> None:
        """Tell how a delivery went; None when nobody answered."""
        with transaction(self.store.connection):
            outbox.settle(self.store.connection, delivery, status, self.clock.now())

    def _answer_or_refusal(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except ApiError as error:
            return error.response()

    def _answer(self, request: Request) -> Response:
        base = self.base(request.host)
        door = next((door for opens, door in self._doors if opens(request.path)), None)
        if door is not None:
            return door(request, base)
        session = self._caller(request, base)
        headers = self.limits.charge(session.token, self.clock.now().timestamp())
        if RETRY_AFTER in headers:
            return _with(ApiError(429, THROTTLED).response(), headers)
        try:
            return _with(self._routed(session, request), headers)
        except ApiError as error:
            return _with(error.response(), headers)

    def _routed(self, session: Session, request: Request) -> Response:
        body = _body(request)
        if _suppresses_webhooks(request, body):
            session = replace(session, quiet=True)
        response = routes().answer(session, request, body)
        if response.status == 200 and request.method == "GET" and "fields=" in request.query:
            return _pruned(response, dict(request.parameters()).get("fields", ""))
        return response

    def _integration(self, request: Request, base: str) -> Response:
        verb, _, token = request.path.removeprefix(INTEGRATION).partition("/")
        if request.method != "POST" or verb not in ("accept", "cancel"):
            raise not_found()
        now = self.clock.now()
        content = apps.accept(self.store, token, now, base) if verb == "accept" else apps.cancel(self.store, token, now)
        return Response(200, JSON, to_json(content))

    def _staff(self, request: Request, base: str) -> Response:
        slug, _, act = request.path.removeprefix(STAFF).partition("/")
        account = accounts.find(self.store, dict(request.parameters()).get("account", ""))
        if act != "install" or account is None:
            raise not_found()
        return redirect(apps.begin(self.session(account, base), slug), 302)

    def _caller(self, request: Request, base: str) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        row = self.store.connection.execute("SELECT * FROM bearer WHERE token=?", (token,)).fetchone()
        if scheme.lower() != "bearer" or row is None:
            raise ApiError(401, UNAUTHENTICATED)
        account = self.store.connection.execute("SELECT body FROM account WHERE id=?", (row["account"],)).fetchone()
        company = record(account["body"])
        return Session(
            self.store,
            self.clock,
            row["account"],
            row["app"],
            token,
            company,
            base,
            user_id=row["user"],
            gone=request.gone,
        )


def _with(response: Response, headers: Mapping[str, str]) -> Response:
    return Response(response.status, {**response.headers, **headers}, response.body)


def _pruned(response: Response, fields: str) -> Response:
    """`fields` of a single record, inside its envelope (L)."""
    if response.headers.get("Content-Type") != JSON["Content-Type"]:
        return response
    content = from_json(response.body)
    if not isinstance(content, dict) or len(content) != 1:
        return response
    ((key, inner),) = content.items()
    rows = [pruned(row, fields) for row in inner] if isinstance(inner, list) else pruned(inner, fields)
    return Response(200, response.headers, to_json({key: rows}))


def _suppresses_webhooks(request: Request, body: Record) -> bool:
    if request.method == "GET":
        return False
    asked = dict(request.parameters()).get("suppress_webhooks", body.get("suppress_webhooks"))
    return str(asked).lower() in ("1", "true")


def _body(request: Request) -> Record:
    """What was sent, as a PHP server takes it: an empty array is an object without fields, since clients in PHP write
    the one for the other, and so is the null that clients in JavaScript write for no body."""
    if not request.body:
        return {}
    try:
        content = from_json(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, ArithmeticError) as error:
        raise ApiError(400, "The body is not JSON.") from error
    if content is None or content == []:
        return {}
    if not isinstance(content, dict):
        raise ApiError(400, "The body must be an object.")
    return content
